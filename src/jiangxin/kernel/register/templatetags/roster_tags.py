"""How a roster's state looks."""

from django import template

from jiangxin.kernel.register.jobs import APPLY_STAGES, CHECK_STAGES
from jiangxin.kernel.register.views.roster_listing import TONES

register = template.Library()


@register.filter
def roster_tone(state: str) -> str:
    return {str(key): tone for key, tone in TONES.items()}[state]


@register.filter
def roster_stage(stage: str) -> str:
    """The stage of a roster's job in words."""
    return str({**CHECK_STAGES, **APPLY_STAGES}.get(stage, stage))
