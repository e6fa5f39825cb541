"""Finding whom or what somebody means by what they typed."""

from django.db.models import Q, QuerySet

from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.typing_habits import plain
from jiangxin.foundation.sealing import blind_index
from jiangxin.kernel.register.models import Employment, Organisation, Person
from jiangxin.kernel.register.models.person import ID_NUMBER_PURPOSE, PHONE_PURPOSE

ID_NUMBER_LENGTH = 18
PERSON_NUMBER_LENGTH = 12
MOST_FOUND = 20


def people_matching(people: QuerySet[Person], word: str) -> QuerySet[Person]:
    """Narrow people to those whom one typed word may mean.

    A whole ID number, phone or person number finds exactly; Latin letters are read as
    pinyin from its beginning, or as initials; anything else as part of the name.
    """
    return people.filter(_meant_by(word))


def is_whole_number(text: str) -> bool:
    """Return whether a typed text is a whole ID number or phone.

    Such a text names one person to whoever reads it, so no address should keep it.
    """
    typed = plain(text)
    if _may_be_id_number(typed):
        return True
    try:
        check_phone(typed)
    except IdProblem:
        return False
    return True


def _may_be_id_number(text: str) -> bool:
    return len(text) == ID_NUMBER_LENGTH and text[:-1].isdecimal()


def _meant_by(word: str) -> Q:
    text = plain(word)
    if _may_be_id_number(text):
        return Q(id_index=blind_index(text, purpose=ID_NUMBER_PURPOSE))
    if text.isascii() and text.isdecimal():
        return _by_digits(text)
    if not text.isascii() or not text:
        return Q(name__contains=word)
    letters = text.lower()
    # A range, which reads the index of the list's own order on both databases.
    after = letters[:-1] + chr(ord(letters[-1]) + 1)
    return (
        Q(name_pinyin__gte=letters, name_pinyin__lt=after)
        | Q(name_initials=letters)
        | Q(name__icontains=word)
    )


def _by_digits(text: str) -> Q:
    try:
        phone = check_phone(text).number
    except IdProblem:
        return Q(pk=int(text)) if len(text) <= PERSON_NUMBER_LENGTH else Q(pk__in=[])
    return Q(phone_index=blind_index(phone, purpose=PHONE_PURPOSE))


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
