"""Credentials at the desk: the list, one credential, record, replace, change status."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jiangxin.foundation.actor import holds
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Act, Crumb, Empty, Fact, Moment
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import answers_personal_list, listing_page
from jiangxin.kernel.credentials import operations, permissions
from jiangxin.kernel.credentials.enums import (
    CREDENTIAL_MOVES,
    CredentialStatus,
)
from jiangxin.kernel.credentials.forms import CredentialRecord, StatusChange
from jiangxin.kernel.credentials.models import Credential
from jiangxin.kernel.credentials.queries import credentials_visible_to, get_credential
from jiangxin.kernel.credentials.views.batches import batch_url
from jiangxin.kernel.credentials.views.issued import issues_shown
from jiangxin.kernel.credentials.views.listing import (
    CREDENTIALS,
    credential_url,
    holder_of,
)
from jiangxin.kernel.register.classifications import occupation_name
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.queries.visibility import get_organisation, get_person
from jiangxin.kernel.register.views.acts import ActPage, act_page

LONGEST_NUMBER = 15

FIELDS = {
    "credentials.grade_not_on_ladder": "grade",
    "credentials.grade_without_ladder": "grade",
    "credentials.quantity_missing": "quantity",
    "credentials.quantity_without_unit": "quantity",
    "credentials.number_wrong": "number",
    "credentials.number_taken": "number",
    "credentials.ends_before_it_begins": "valid_to",
    "credentials.holder_differs": "kind",
    "register.day_in_future": "valid_from",
    "register.day_too_early": "valid_from",
}

MOVES: dict[str, tuple[CredentialStatus, Callable[..., Credential], Text, str]] = {
    "suspend": (
        CredentialStatus.SUSPENDED,
        operations.suspend_credential,
        gettext_lazy("Suspend"),
        "clock",
    ),
    "restore": (
        CredentialStatus.VALID,
        operations.restore_credential,
        gettext_lazy("Restore"),
        "refresh",
    ),
    "revoke": (
        CredentialStatus.REVOKED,
        operations.revoke_credential,
        gettext_lazy("Revoke"),
        "circle-x",
    ),
}


def _crumb() -> Crumb:
    return Crumb(_("Credentials"), reverse("credentials:credential-list"))


@login_required
@answers_personal_list
def credential_list(request: Request) -> HttpResponseBase:
    check_anywhere(request.actor, permissions.VIEW)
    return listing_page(
        request,
        CREDENTIALS,
        queryset=credentials_visible_to(request.actor).select_related(
            "person", "organisation"
        ),
        title=_("Credentials"),
        purpose=_(
            "Skill grades, titles, honours and certificates, with their issuers."
        ),
        act=Act(_("Issue many"), batch_url(request), "certificate")
        if holds(request.actor, permissions.ISSUE)
        else None,
        empty=Empty(
            _("No credentials yet"),
            _("They come with rosters, or are recorded on the page of their holder."),
            icon="certificate",
        ),
    )


@login_required
@require_safe
def credential_detail(request: Request, credential_id: int) -> HttpResponse:
    credential = get_credential(credential_id, visible_to=request.actor)
    past = credential.past_statuses.order_by("-valid_to", "-pk")
    context = {
        "credential": credential,
        "holder": holder_of(credential),
        "facts": _facts(credential),
        "history": [
            Moment(
                at=each.valid_to,
                title=_("No longer “%(status)s”")
                % {"status": each.get_status_display()},
                tone="off",
            )
            for each in past
        ],
        "acts": _acts(credential, request),
        "issues": issues_shown(credential, request.actor, request.now),
        "crumbs": [_crumb(), Crumb(str(credential))],
    }
    return page(request, "credentials/credential_detail.html", context)


def _facts(credential: Credential) -> list[Fact]:
    occupation = credential.occupation
    return [
        Fact(_("Holder"), holder_of(credential), url=_holder_url(credential)),
        Fact(_("Kind"), credential.get_kind_display()),
        Fact(_("Title"), credential.title),
        Fact(_("Grade"), credential.grade_label),
        Fact(_("Quantity"), credential.quantity_label),
        Fact(_("Occupation"), occupation_name(occupation) if occupation else ""),
        Fact(_("Number"), credential.number),
        Fact(_("Issuer"), credential.issuer),
        Fact(_("Issued on"), credential.issued_on),
        Fact(_("Valid from"), credential.valid_from),
        Fact(_("Valid to"), credential.valid_to),
        Fact(_("Evidence"), credential.evidence),
        Fact(_("Recorded at"), credential.recorded_at),
    ]


def _holder_url(credential: Credential) -> str:
    if credential.person_id:
        return reverse("register:person-detail", args=[credential.person_id])
    return reverse("register:organisation-detail", args=[credential.organisation_id])


def _acts(credential: Credential, request: Request) -> list[Act]:
    allowed = CREDENTIAL_MOVES[CredentialStatus(credential.status)]
    acts = []
    if CredentialStatus.SUPERSEDED in allowed and (
        permissions.can_replace_credential(request.actor, credential)
    ):
        url = reverse("credentials:credential-replace", args=[credential.pk])
        acts.append(Act(_("Replace"), url, "refresh"))
    if permissions.can_revoke_credential(request.actor, credential):
        acts += [
            Act(
                label,
                reverse("credentials:credential-move", args=[credential.pk, move]),
                icon,
            )
            for move, (status, _operation, label, icon) in MOVES.items()
            if status in allowed
        ]
    return acts


@login_required
def credential_new(request: Request) -> HttpResponse:
    """Record for the person or the organisation that the address names."""
    check_anywhere(request.actor, permissions.RECORD)
    person_id = _number(request, "person")
    organisation_id = None if person_id else _number(request, "organisation")
    if person_id:
        holder: object = get_person(person_id, visible_to=request.actor)
        back = reverse("register:person-detail", args=[person_id])
    elif organisation_id:
        holder = get_organisation(organisation_id, visible_to=request.actor)
        back = reverse("register:organisation-detail", args=[organisation_id])
    else:
        raise NotFound
    form = CredentialRecord(
        request.POST or None, initial={"valid_from": today(request.now)}
    )

    def act(given: dict[str, Any]) -> Credential:
        return operations.record_credential(
            facts=form.facts(),
            person_id=person_id,
            organisation_id=organisation_id,
            valid_from=given["valid_from"],
            actor=request.actor,
            now=request.now,
        )

    shown = _shown(_("Record a credential"), str(holder), back)
    return act_page(request, form, act, shown, url_after=credential_url)


@login_required
def credential_replace(request: Request, credential_id: int) -> HttpResponse:
    earlier = get_credential(credential_id, visible_to=request.actor)
    permissions.check_replace_credential(request.actor, earlier)
    copied = ("kind", "title", "quantity", "occupation", "issuer")
    form = CredentialRecord(
        request.POST or None,
        initial={
            **{name: getattr(earlier, name) for name in copied},
            "valid_from": today(request.now),
        },
    )

    def act(given: dict[str, Any]) -> Credential:
        return operations.supersede_credential(
            credential_id=earlier.pk,
            facts=form.facts(),
            valid_from=given["valid_from"],
            actor=request.actor,
            now=request.now,
        )

    shown = _shown(
        _("Replace a credential"), holder_of(earlier), credential_url(earlier)
    )
    return act_page(request, form, act, shown, url_after=credential_url)


@login_required
def credential_move(request: Request, credential_id: int, move: str) -> HttpResponse:
    """Suspend, restore or revoke."""
    if move not in MOVES:
        raise NotFound
    _status, operation, label, _icon = MOVES[move]
    credential = get_credential(credential_id, visible_to=request.actor)
    permissions.check_revoke_credential(request.actor, credential)
    form = StatusChange(request.POST or None, initial={"on": today(request.now)})

    def act(given: dict[str, Any]) -> Credential:
        return operation(
            credential_id=credential.pk,
            on=given["on"],
            reason=given["reason"],
            actor=request.actor,
            now=request.now,
        )

    return act_page(request, form, act, _shown_for_move(credential, label))


def _shown(title: str, holder: str, back: str) -> ActPage:
    return ActPage(
        title=title,
        purpose=holder,
        submit=_("Record"),
        done=_("The credential is recorded."),
        back_url=back,
        crumbs=[_crumb(), Crumb(title)],
        fields=FIELDS,
    )


def _number(request: Request, name: str) -> int | None:
    given = request.GET.get(name, "")
    is_number = given.isascii() and given.isdecimal()
    return int(given[:LONGEST_NUMBER]) if is_number else None


def _shown_for_move(credential: Credential, label: Text) -> ActPage:
    return ActPage(
        title=label,
        purpose=f"{credential} · {holder_of(credential)}",
        submit=label,
        done=_("The change is recorded."),
        back_url=credential_url(credential),
        crumbs=[
            _crumb(),
            Crumb(str(credential), credential_url(credential)),
            Crumb(label),
        ],
        fields={"register.day_in_future": "on", "register.day_too_early": "on"},
    )
