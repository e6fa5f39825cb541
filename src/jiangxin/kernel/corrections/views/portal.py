"""What workers ask to be corrected in their own record, and where they are paid."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.errors import Refused
from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.sealing import mask_bank_account
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.corrections.enums import CorrectionState
from jiangxin.kernel.corrections.forms import CorrectionAsk, OwnAccount
from jiangxin.kernel.corrections.models import Correction
from jiangxin.kernel.corrections.operations.asking import (
    ask_correction,
    withdraw_correction,
)
from jiangxin.kernel.corrections.operations.own_account import (
    declare_own_account,
    remove_own_account,
)
from jiangxin.kernel.corrections.queries.corrections import corrections_of
from jiangxin.kernel.corrections.queries.present import present_values
from jiangxin.kernel.corrections.views.showing import TONES, in_words, line_of
from jiangxin.kernel.register.operations.bank_accounts import open_account
from jiangxin.kernel.register.queries.visibility import get_own_person

FIELDS = {
    "register.phone_wrong": "phone",
    "register.bank_account_wrong": "bank_account",
    "corrections.no_job_to_correct": "occupation",
    "corrections.too_many_papers": "papers",
    "corrections.paper_too_large": "papers",
    "corrections.paper_unreadable": "papers",
}


def _crumbs(*more: Crumb) -> list[Crumb]:
    record = Crumb(_("My record"), reverse("register:portal-record"))
    return [
        record,
        Crumb(_("My corrections"), reverse("corrections:own-list")),
        *more,
    ]


@login_required
@require_safe
def own_list(request: Request) -> HttpResponse:
    person = get_own_person(request.actor)
    present = present_values(person)
    context = {
        "corrections": [
            {
                "correction": each,
                "title": _("Asked on %(day)s")
                % {"day": table_date(timezone.localdate(each.asked_at))},
                "tone": TONES[each.state],
                "lines": [line_of(value, present) for value in each.values.all()],
                "is_waiting": each.state == CorrectionState.WAITING,
            }
            for each in corrections_of(person.pk)
        ],
        "crumbs": _crumbs(),
    }
    return page(request, "corrections/own_list.html", context)


@login_required
def correction_new(request: Request) -> HttpResponse:
    person = get_own_person(request.actor)
    form = CorrectionAsk(request.POST or None, request.FILES or None)
    for name, known in present_values(person).items():
        if known.value:
            form.fields[name].help_text = _("On record: %(value)s") % {
                "value": in_words(name, known.value)
            }
    if request.method == "POST" and form.is_valid() and _ask(request, form):
        messages.success(request, _("Your request waits for an answer."))
        return redirect("corrections:own-list")
    crumbs = _crumbs(Crumb(_("Ask to correct")))
    return page(
        request, "corrections/correction_new.html", {"form": form, "crumbs": crumbs}
    )


def _ask(request: Request, form: CorrectionAsk) -> Correction | None:
    try:
        return ask_correction(form.asked(), actor=request.actor, now=request.now)
    except Refused as refusal:
        form.add_error(FIELDS.get(refusal.code), refusal.message)
        return None


@login_required
@require_POST
def correction_withdraw(request: Request, correction_id: int) -> HttpResponse:
    try:
        withdraw_correction(
            correction_id=correction_id, actor=request.actor, now=request.now
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("corrections:own-list")


@login_required
def own_account(request: Request) -> HttpResponse:
    person = get_own_person(request.actor)
    form = OwnAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recorded = declare_own_account(
                number=form.cleaned_data["number"],
                actor=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            form.add_error("number", refusal.message)
        else:
            messages.success(request, _("Your bank account is on record."))
            if recorded.warning:
                messages.warning(request, recorded.warning.message)
            return redirect("corrections:own-account")
    known = open_account(person.pk)
    context = {
        "form": form,
        "known": mask_bank_account(known.number) if known else "",
        "crumbs": _crumbs(Crumb(_("My bank account"))),
    }
    return page(request, "corrections/own_account.html", context)


@login_required
@require_POST
def own_account_remove(request: Request) -> HttpResponse:
    remove_own_account(actor=request.actor, now=request.now)
    messages.success(request, _("Your bank account is used no more."))
    return redirect("corrections:own-account")
