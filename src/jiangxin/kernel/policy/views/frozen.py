"""An answer as it was kept: drawn from what is stored, whatever the policy says now."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.foundation.ui.components import Condition, Crumb, Fact
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.policy.enums import Finding, Verdict, WhyNotApplicable
from jiangxin.kernel.policy.models import FrozenAnswer
from jiangxin.kernel.policy.queries import frozen
from jiangxin.kernel.policy.registry.wording import money
from jiangxin.kernel.policy.rules.tree import Sentence
from jiangxin.kernel.policy.views.answers import TONES, WORDS


@login_required
@require_safe
def frozen_answer(request: Request, frozen_id: int) -> HttpResponse:
    kept = frozen.get_frozen_answer(frozen_id, visible_to=request.actor)
    content = kept.content
    why = content["why_not_applicable"]
    context = {
        "kept": kept,
        "title": _said(content["title"]),
        "verdict": Verdict(kept.verdict),
        "tone": TONES[Verdict(kept.verdict)],
        "why": WhyNotApplicable(why).label if why else "",
        "facts": _facts(kept),
        "rows": [_row(one) for one in content["conditions"]],
        "crumbs": [
            Crumb(_("Policies"), reverse("policy:policy-list")),
            Crumb(_("Decisions by policies"), reverse("policy:decision-list")),
        ],
    }
    return page(request, "policy/frozen_answer.html", context)


def _said(said: Mapping[str, str]) -> str:
    sentence = Sentence(said["zh-hans"], said["en"])
    return sentence.in_language(get_language() or "zh-hans")


def _row(one: Mapping[str, Any]) -> Condition:
    return Condition(
        name=_said(one["says"]),
        value=_said(one["value"]),
        limit=_said(one["limit"]),
        verdict=WORDS[Finding(one["finding"])],
        clause=one["clause"],
    )


def _facts(kept: FrozenAnswer) -> list[Fact]:
    content = kept.content
    facts = [
        Fact(_("Document"), content["document"], note=content["clause"]),
        Fact(_("Policy version"), kept.text.version),
        Fact(_("Digest"), kept.digest),
    ]
    if kept.person is not None:
        url = reverse("policy:policy-person", args=[kept.text.code, kept.person_id])
        facts.insert(0, Fact(_("Person number"), str(kept.person_id), url=url))
        facts.insert(0, Fact(_("Name"), kept.person.name, url=url))
    if kept.organisation is not None:
        facts.insert(0, Fact(_("Organisation"), kept.organisation.name))
    grant = content["grant"]
    if grant:
        says = _said(grant["says"]) if grant["says"] else ""
        amount = "" if grant["fen"] is None else money(grant["fen"])
        given = _("; ").join(text for text in (says, amount) if text)
        facts.insert(0, Fact(_("What is given"), given, note=grant["clause"]))
    return facts
