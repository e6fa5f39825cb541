"""At the desk: answering questions, and publishing what many ask."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxin.foundation.ui.components import Crumb, Empty
from jiangxin.foundation.web import Request
from jiangxin.foundation.web.listing import answers_personal_list, listing_page
from jiangxin.kernel.counter import permissions
from jiangxin.kernel.counter.forms import AnswerQuestion, PublishQuestion
from jiangxin.kernel.counter.models import Question
from jiangxin.kernel.counter.operations.questions import (
    answer_question,
    publish_question,
    withdraw_question,
)
from jiangxin.kernel.counter.queries.questions import (
    get_question,
    questions_visible_to,
)
from jiangxin.kernel.counter.views.listing import QUESTIONS
from jiangxin.kernel.counter.views.showing import service_title
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.views.acts import ActPage, act_page


def _crumb() -> Crumb:
    return Crumb(_("Questions"), reverse("counter:question-list"))


@login_required
@answers_personal_list
def question_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.ANSWER)
    rows = questions_visible_to(request.actor)
    if "answered" not in request.GET:
        rows = rows.filter(answered_at__isnull=True)
    return listing_page(
        request,
        QUESTIONS,
        queryset=rows,
        title=_("Questions"),
        purpose=_("What people ask about services. Without a filter: those to answer."),
        crumbs=[_crumb()],
        empty=Empty(_("No question waits for an answer"), icon="circle-check"),
    )


@login_required
def question_detail(request: Request, question_id: int) -> HttpResponse:
    """Answer it; once it is answered, publish it."""
    found = get_question(question_id, visible_to=request.actor)
    given: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if found.answered_at is None:
        form: AnswerQuestion | PublishQuestion = AnswerQuestion(request.POST or None)
        does: Callable[..., Question] = answer_question
    else:
        form = PublishQuestion(
            request.POST or None,
            initial={
                "question": found.public_question or found.text,
                "answer": found.public_answer or found.answer,
            },
        )
        does = publish_question

    def act(values: dict[str, Any]) -> Question:
        return does(question_id=found.pk, **values, **given)

    return act_page(
        request,
        form,
        act,
        _page_for(found),
        template="counter/question_detail.html",
        extra={"question": found, "service": service_title(found.service)},
    )


def _page_for(found: Question) -> ActPage:
    answered = found.answered_at is not None
    return ActPage(
        title=_("Question") if not answered else _("Publish question and answer"),
        purpose=_("Answer by %(day)s.") % {"day": found.due_on}
        if not answered
        else _("For everybody to read, in words that name nobody."),
        submit=_("Answer") if not answered else _("Publish"),
        done=_("The answer is given.") if not answered else _("It is published."),
        back_url=reverse("counter:question-list"),
        crumbs=[_crumb(), Crumb(str(found))],
    )


@login_required
@require_POST
def question_withdraw(request: Request, question_id: int) -> HttpResponse:
    found = get_question(question_id, visible_to=request.actor)
    withdraw_question(question_id=found.pk, actor=request.actor, now=request.now)
    messages.success(request, _("It is published no longer."))
    return redirect("counter:question-list")
