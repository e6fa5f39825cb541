"""What am I entitled to, and why not the rest."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.policy.enums import Verdict
from jiangxin.kernel.policy.queries import explanations, quotas
from jiangxin.kernel.policy.views import answers, terms


@login_required
@require_safe
def entitlement_list(request: Request) -> HttpResponse:
    on = today(request.now)
    own = explanations.own_explanations(request.actor, on=on)
    turns = explanations.own_turns(request.actor, on=on)
    settled = explanations.settled(own, on=on)
    served = [one.policy for one in own if one.verdict is Verdict.ELIGIBLE]
    left = quotas.remaining_of(served, on)
    shown = [
        answers.answer(
            one,
            turn=turns.get(one.policy.code),
            settled=settled.get(one.policy.code),
            quota=terms.left_of(one.policy, left),
        )
        for one in own
    ]
    context = {
        "answers": sorted(
            (one for one in shown if not one.is_folded), key=answers.nearness
        ),
        "folded": [one for one in shown if one.is_folded],
        "eligible": sum(one.verdict is Verdict.ELIGIBLE for one in shown),
        "on": on,
    }
    return page(request, "policy/entitlement_list.html", context)
