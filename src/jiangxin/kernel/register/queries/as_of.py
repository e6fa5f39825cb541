"""How things stood on a day. Nothing is overwritten, so every past day has an answer."""

from datetime import date

from django.db.models import Min, Q, QuerySet

from jiangxin.kernel.register.models import (
    BankAccount,
    Employment,
    Membership,
    Organisation,
    OrganisationDetails,
    OrganisationPast,
    Person,
    PersonDetails,
    PersonPast,
    Site,
)


def on_day(day: date) -> Q:
    """Return the condition that a tie, site or version holds on `day`."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def person_as_of(person: Person, on: date) -> PersonDetails | None:
    """Return a person's details as recorded for a day, None before the first."""
    if person.valid_from <= on:
        return person
    past = PersonPast.objects.filter(person=person, valid_from__lte=on, valid_to__gt=on)
    # Of two changes of one day, the version between them held on no day.
    return past.order_by("valid_from", "pk").last()


def organisation_as_of(
    organisation: Organisation, on: date
) -> OrganisationDetails | None:
    """Return an organisation's details as recorded for a day, None before the first.

    It may have been closed by then: `closed_on` says so.
    """
    if organisation.valid_from <= on:
        return organisation
    past = OrganisationPast.objects.select_related(
        "region", "upper", "employer"
    ).filter(organisation=organisation, valid_from__lte=on, valid_to__gt=on)
    return past.order_by("valid_from", "pk").last()


def registered_since(organisation: Organisation) -> date:
    """Return the first day on which an organisation has details, of any version."""
    first = organisation.past_versions.aggregate(first=Min("valid_from"))["first"]
    return min(first or organisation.valid_from, organisation.valid_from)


def employment_on(person_id: int, on: date) -> Employment | None:
    """Return where a person worked on a day, if anywhere."""
    jobs = Employment.objects.filter(on_day(on), person=person_id)
    return (
        jobs.select_related("organisation__region").order_by("valid_from", "pk").last()
    )


def membership_on(person_id: int, on: date) -> Membership | None:
    """Return which union a person belonged to on a day, if any."""
    memberships = Membership.objects.filter(on_day(on), person=person_id)
    return memberships.select_related("union").order_by("valid_from", "pk").last()


def bank_account_on(person_id: int, on: date) -> BankAccount | None:
    """Return the account a person was paid to at the end of a day, if one was known."""
    accounts = BankAccount.objects.filter(person=person_id, recorded_at__date__lte=on)
    stands = Q(ended_at__isnull=True) | Q(ended_at__date__gt=on)
    return accounts.filter(stands).order_by("recorded_at", "pk").last()


def sites_on(organisation_id: int, on: date) -> QuerySet[Site]:
    """Return the sites that an organisation kept on a day."""
    sites = Site.objects.filter(on_day(on), organisation=organisation_id)
    return sites.select_related("region").order_by("kind", "name", "pk")


def versions_of_person(person: Person) -> list[PersonDetails]:
    """Return every version of a person's details, also those of one day, newest first."""
    past = person.past_versions.order_by("-valid_to", "-pk")
    return [person, *past]


def versions_of_organisation(organisation: Organisation) -> list[OrganisationDetails]:
    """Return every version of an organisation's details, newest first."""
    past = organisation.past_versions.select_related("region").order_by(
        "-valid_to", "-pk"
    )
    return [organisation, *past]
