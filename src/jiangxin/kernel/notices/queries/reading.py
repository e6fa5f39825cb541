"""What a notice says, written when it is read."""

from django.utils.translation import gettext as _

from jiangxin.kernel.notices.models import Notice
from jiangxin.kernel.notices.registry import NoticeText, Told, kinds


def text_of(notice: Notice) -> NoticeText:
    """Return the text, in the active language.

    Of a kind that is gone, or that is written from other facts by now, it says so.
    """
    kind = kinds().get(notice.kind)
    if kind is None or not kind.facts <= set(notice.facts):
        return NoticeText(
            _("A notice that is not sent any more"),
            _("What it was about is no longer part of the platform."),
        )
    told = Told(notice.subject, notice.key, notice.facts, notice.made_at)
    return kind.write(told)


def kind_label(notice: Notice) -> str:
    kind = kinds().get(notice.kind)
    return str(kind.label) if kind else ""


def may_refuse(notice: Notice) -> bool:
    """Return whether a person may refuse to be told of this notice's subject alone."""
    kind = kinds().get(notice.kind)
    return bool(kind and kind.is_optional and kind.about)
