"""Organisations by pages, as `pages` gives people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.actor import Actor
from jiangxin.foundation.errors import Refused
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.models import OrganisationMatch
from jiangxin.kernel.policy.permissions import VIEW
from jiangxin.kernel.policy.queries.organisations import organisations_served
from jiangxin.kernel.policy.queries.profiles import attributes_of, profiles
from jiangxin.kernel.policy.rules.explaining import Explanation, explain
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.register.models import Organisation
from jiangxin.kernel.register.queries.visibility import organisations_visible_to


class NotAboutOrganisations(Refused):
    code = "policy.not_about_organisations"
    text = _("This policy is about people: it cannot be asked about organisations.")


@dataclass(frozen=True)
class ServedOrganisations:
    """next: the number to go on after; None on the last page."""

    matches: list[OrganisationMatch]
    next: int | None


@dataclass(frozen=True)
class AskedOrganisations:
    """answers: by organisation number, in its order. next: as above."""

    answers: dict[int, Explanation]
    next: int | None


def served_organisations(
    actor: Actor, policy: Policy, *, after: int, limit: int
) -> ServedOrganisations:
    """Return whom a policy serves, of those the actor may see, in order of number.

    Raises NotAboutOrganisations.
    """
    _check(policy)
    found = organisations_served(actor, policy.code).filter(organisation_id__gt=after)
    matches = list(found.order_by("organisation_id")[: limit + 1])
    page = matches[:limit]
    is_last = len(matches) <= limit
    return ServedOrganisations(page, None if is_last else page[-1].organisation_id)


def asked_organisations(
    actor: Actor, policy: Policy, *, on: date, after: int, limit: int
) -> AskedOrganisations:
    """Ask a policy about every organisation the actor may see, in order of number.

    Raises NotAboutOrganisations.
    """
    visible = organisations_visible_to(actor, VIEW).filter(pk__gt=after)
    ids = list(visible.order_by("pk").values_list("pk", flat=True)[: limit + 1])
    page = ids[:limit]
    is_last = len(ids) <= limit
    return AskedOrganisations(_answers(page, policy, on), None if is_last else page[-1])


def asked_of_organisations(
    actor: Actor, policy: Policy, organisation_ids: Sequence[int], *, on: date
) -> AskedOrganisations:
    """Ask a policy about these organisations, as far as the actor may see them.

    Raises NotAboutOrganisations.
    """
    visible = organisations_visible_to(actor, VIEW).filter(pk__in=organisation_ids)
    ids = list(visible.values_list("pk", flat=True))
    return AskedOrganisations(_answers(ids, policy, on), None)


def _answers(
    organisation_ids: Sequence[int], policy: Policy, on: date
) -> dict[int, Explanation]:
    _check(policy)
    read = attributes_of([policy])
    asked = Organisation.objects.filter(pk__in=organisation_ids)
    rows = {number: values for number, *values in profiles(asked, read, on)}
    keys = [one.key for one in read]
    return {
        number: explain(policy, dict(zip(keys, rows[number], strict=True)), on)
        for number in sorted(rows)
    }


def _check(policy: Policy) -> None:
    if policy.subject is not Subject.ORGANISATION:
        raise NotAboutOrganisations
