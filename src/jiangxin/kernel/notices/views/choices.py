"""What a person wants to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangxin.foundation.parts import brought
from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.notices.forms import Choices
from jiangxin.kernel.notices.operations.choosing import choose, refuse_subject
from jiangxin.kernel.notices.queries.choices import options_of
from jiangxin.kernel.notices.registry import Channel, kinds
from jiangxin.kernel.register.queries.visibility import get_own_person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choice_list(request: Request) -> HttpResponse:
    person = get_own_person(request.actor)
    options = options_of(person.pk)
    form = Choices(request.POST or None, options=options)
    if request.method == "POST" and form.is_valid():
        choose(wanted=form.cleaned_data, actor=request.actor, now=request.now)
        messages.success(request, _("Your choice holds from now on."))
        return redirect("notices:choice-list")
    always = [
        one for one in kinds().values() if one.to == "person" and not one.is_optional
    ]
    context = {
        "form": form,
        "options": options,
        "always": always,
        "channels": brought(Channel),
        "crumbs": [
            Crumb(_("Notices"), reverse("notices:portal-list")),
            Crumb(_("What I want to be told")),
        ],
    }
    return page(request, "notices/choice_list.html", context)


@login_required
@require_POST
def refuse(request: Request, notice_id: int) -> HttpResponse:
    refuse_subject(notice_id=notice_id, actor=request.actor, now=request.now)
    messages.success(
        request,
        _(
            "You are told no more about this. You can change that at any time under"
            " “What I want to be told”."
        ),
    )
    return redirect("notices:portal-list")
