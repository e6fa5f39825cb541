"""What became of a policy over time, in words."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.ui.components import Crumb, Tone
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.policy import permissions, registry
from jiangxin.kernel.policy.models import PolicyDraft
from jiangxin.kernel.policy.queries import drafts
from jiangxin.kernel.policy.registry.differing import Difference
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.views import draft_text
from jiangxin.kernel.policy.views.drafts import TONES


@dataclass(frozen=True)
class Version:
    draft: PolicyDraft
    tone: Tone
    differences: list[Difference] | None


@login_required
@require_safe
def policy_versions(request: Request, code: str) -> HttpResponse:
    """Also of a policy that was withdrawn: its history does not go with it."""
    permissions.check_view_policies(request.actor)
    records = list(drafts.versions_of(code))
    served = next((one for one in registry.policies() if one.code == code), None)
    if served is None and not records:
        raise NotFound
    on = today(request.now)
    title = say(served.title) if served else draft_text.title(records[0])
    context = {
        "title": title,
        "served": served,
        "versions": [
            Version(one, TONES[one.state], draft_text.differences_of(one, on))
            for one in records
        ],
        "texts": drafts.texts_of(code),
        "crumbs": [
            Crumb(_("Policies"), reverse("policy:policy-list")),
            *(
                [Crumb(title, reverse("policy:policy-detail", args=[code]))]
                if served
                else []
            ),
        ],
    }
    return page(request, "policy/policy_versions.html", context)
