"""Finding the organisation somebody means, and knowing a whole number when typed."""

from django.db.models import Q, QuerySet

from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.typing_habits import plain
from jiangxin.kernel.register.models import Employment, Organisation, Person

ID_NUMBER_LENGTH = 18
MOST_FOUND = 20


def is_whole_number(text: str) -> bool:
    """Return whether a typed text is a whole ID number or phone.

    Such a text names one person to whoever reads it, so no address should keep it.
    """
    typed = plain(text)
    if len(typed) == ID_NUMBER_LENGTH and typed[:-1].isdecimal():
        return True
    try:
        check_phone(typed)
    except IdProblem:
        return False
    return True


def people_working_at(people: QuerySet[Person], employer: str) -> QuerySet[Person]:
    """Narrow people to those who work at an employer of this name, code or part of it."""
    named = organisations_matching(Organisation.objects.all(), employer)
    jobs = Employment.objects.filter(
        valid_to__isnull=True, organisation__in=named.values("pk")
    )
    return people.filter(pk__in=jobs.values("person"))


def organisations_matching(
    organisations: QuerySet[Organisation], text: str
) -> QuerySet[Organisation]:
    """Narrow organisations to those that a typed text may mean."""
    typed = text.strip()
    return organisations.filter(
        Q(name__contains=typed) | Q(code__iexact=typed) | Q(credit_code=plain(typed))
    )


def find_organisations(
    text: str, *, among: QuerySet[Organisation]
) -> list[Organisation]:
    """Return the organisations that a typed text means: a code, or the whole name.

    Only when none is called exactly that, those whose name contains it.
    """
    typed = text.strip()
    exact = among.filter(
        Q(name=typed) | Q(code__iexact=typed) | Q(credit_code=plain(typed))
    )
    found = list(exact[:MOST_FOUND])
    return found or list(
        among.filter(name__contains=typed).order_by("name")[:MOST_FOUND]
    )
