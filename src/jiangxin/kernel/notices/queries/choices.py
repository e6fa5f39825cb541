"""What people do not want to be told."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Text
from jiangxin.kernel.notices.models import NoticeChoice
from jiangxin.kernel.notices.registry import NoticeKind, kinds

REFUSED = _("You asked to hear no more of this. Tick it to be told again.")


def standing() -> QuerySet[NoticeChoice]:
    """Return the newest choice of each person about each thing."""
    later = NoticeChoice.objects.filter(
        person=OuterRef("person"),
        kind=OuterRef("kind"),
        subject=OuterRef("subject"),
        pk__gt=OuterRef("pk"),
    )
    return NoticeChoice.objects.exclude(Exists(later))


def refusals(kind: str, subject: str) -> QuerySet[NoticeChoice]:
    """Return the choices not to be told of a subject, or of anything of the kind."""
    return standing().filter(kind=kind, subject__in={"", subject}, is_wanted=False)


def refusing(kind: str, subject: str, among: Collection[int] | None = None) -> set[int]:
    """Return the numbers of the people who refuse. among: None for everybody."""
    found = refusals(kind, subject)
    if among is not None:
        found = found.filter(person__in=among)
    return set(found.values_list("person_id", flat=True))


@dataclass(frozen=True)
class Option:
    """Something a person may choose to be told. subject: "" for the whole kind."""

    kind: str
    subject: str
    label: Text
    description: Text
    is_wanted: bool

    @property
    def name(self) -> str:
        """What names it in a form."""
        return f"{self.kind}|{self.subject}"


def options_of(person_id: int) -> list[Option]:
    """Return what a person may choose: each optional kind, and what they refused of it."""
    chosen = {
        (one.kind, one.subject): one.is_wanted
        for one in standing().filter(person=person_id).order_by("pk")
    }
    found = []
    for kind in kinds().values():
        if not kind.is_optional:
            continue
        wanted = chosen.get((kind.key, ""), True)
        found.append(Option(kind.key, "", kind.label, kind.description, wanted))
        found += [
            Option(key, subject, _named(kind, subject), REFUSED, is_wanted=False)
            for (key, subject), is_wanted in chosen.items()
            if key == kind.key and subject and not is_wanted
        ]
    return found


def _named(kind: NoticeKind, subject: str) -> Text:
    return kind.about(subject) if kind.about else subject
