from django import template

from jiangxin.foundation.clock.wording import provisional_notice
from jiangxin.foundation.clock.working_days import Deadline
from jiangxin.foundation.i18n import prose_date

register = template.Library()


@register.inclusion_tag("clock/_deadline.html", name="deadline")
def show_deadline(deadline: Deadline) -> dict[str, object]:
    """Show a computed day, with a notice where a holiday notice was missing."""
    return {"deadline": deadline, "notice": provisional_notice(deadline.unknown_years)}


@register.filter
def deadline_text(deadline: Deadline) -> str:
    """Return the day, and the notice in brackets, for places without markup."""
    notice = provisional_notice(deadline.unknown_years)
    day = prose_date(deadline.on)
    return f"{day} ({notice})" if notice else day
