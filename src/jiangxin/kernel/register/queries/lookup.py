"""Finding whom or what somebody means by what they typed."""

from django.db.models import Q, QuerySet

from jiangxin.foundation.ids.problems import IdProblem
from jiangxin.foundation.ids.typing_habits import plain
from jiangxin.foundation.ids.phone import check_phone
from jiangxin.foundation.sealing import blind_index
from jiangxin.kernel.register.enums import UNIONS
from jiangxin.kernel.register.models import Employment, Organisation, Person
from jiangxin.kernel.register.models.person import ID_NUMBER_PURPOSE, PHONE_PURPOSE

ID_NUMBER_LENGTH = 18
MOST_FOUND = 20


def people_matching(people: QuerySet[Person], word: str) -> QuerySet[Person]:
    """Narrow people to those whom one typed word may mean.

    A whole ID number, phone or person number finds exactly; Latin letters are read as
    pinyin from its beginning, or as initials; anything else as part of the name.
    """
    return people.filter(_meant_by(word))


def _meant_by(word: str) -> Q:
    text = plain(word)
    if len(text) == ID_NUMBER_LENGTH and text[:-1].isdecimal():
        return Q(id_index=blind_index(text, purpose=ID_NUMBER_PURPOSE))
    if text.isascii() and text.isdecimal():
        return _by_digits(text)
    if text.isascii():
        letters = text.lower()
        after = letters[:-1] + chr(ord(letters[-1]) + 1) if letters else ""
        # Ranges use the index of the list's own order on both databases.
        return (
            Q(name_pinyin__gte=letters, name_pinyin__lt=after)
            | Q(name_initials=letters)
            | Q(name__icontains=word)
        )
    return Q(name__contains=word)
