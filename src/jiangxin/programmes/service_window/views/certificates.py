"""The register of certificates at the desk: list, one of them, its copies, invitations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.actor import Actor, label_of
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, NotPermitted, Refused
from jiangxin.foundation.i18n import table_date
from jiangxin.foundation.ui.components import Act, Crumb, Empty, Fact
from jiangxin.foundation.web import Request, page
from jiangxin.foundation.web.listing import answers_personal_list, listing_page
from jiangxin.kernel.matters.permissions import FILE, HANDLE, VIEW, holds_office
from jiangxin.kernel.register.permissions import check_anywhere
from jiangxin.kernel.register.queries.visibility import organisations_visible_to
from jiangxin.kernel.register.views.acts import ActPage, act_page
from jiangxin.programmes.service_window.forms import FIELDS, CertificateForm, PrintForm
from jiangxin.programmes.service_window.models import UnionCertificate
from jiangxin.programmes.service_window.operations.copies import print_certificate
from jiangxin.programmes.service_window.operations.documents import issue_of
from jiangxin.programmes.service_window.operations.entering import (
    EnteredCertificate,
    enter_certificate,
)
from jiangxin.programmes.service_window.operations.inviting import invite
from jiangxin.programmes.service_window.operations.renewing import is_renewable
from jiangxin.programmes.service_window.permissions import can_look_after
from jiangxin.programmes.service_window.queries.certificates import (
    certificates_visible_to,
    get_certificate,
    history_of,
    to_invite,
)
from jiangxin.programmes.service_window.views.listing import CERTIFICATES, TONES

LIST = "service_window:certificate-list"
SAID = {
    "legal_representative": gettext_lazy("Legal representative"),
    "domicile": gettext_lazy("Domicile"),
    "authority": gettext_lazy("Registration authority"),
    "approval_number": gettext_lazy("Number of the approval"),
}


def check_register(actor: Actor) -> None:
    """Those who look after matters anywhere, and those who file for their union."""
    try:
        check_anywhere(actor, VIEW)
    except NotPermitted:
        check_anywhere(actor, FILE)


@login_required
@answers_personal_list
def certificate_list(request: Request) -> HttpResponseBase:
    check_register(request.actor)
    rows = certificates_visible_to(request.actor)
    enter = Act(_("Enter a certificate"), reverse("service_window:certificate-new"))
    return listing_page(
        request,
        CERTIFICATES,
        queryset=rows,
        title=_("Union certificates"),
        purpose=_("Who holds which certificate, until when, and whom to remind."),
        act=enter if holds_office(request.actor) else None,
        crumbs=[Crumb(_("Union certificates"))],
        empty=Empty(_("No certificate is on record here yet"), icon="certificate"),
        template="service_window/certificate_list.html",
        context={
            "to_invite": to_invite(rows, today(request.now)).count()
            if holds_office(request.actor)
            else 0
        },
    )


@login_required
@require_safe
def certificate_detail(request: Request, union_certificate_id: int) -> HttpResponse:
    check_register(request.actor)
    certificate = get_certificate(union_certificate_id, visible_to=request.actor)
    copies = certificate.prints.order_by("sequence")
    standing = certificate.standing_on(today(request.now))
    form = PrintForm(initial={"copies": len(copies)})
    form.fields["reason"].required = bool(copies)
    context = {
        "title": certificate.name,
        "crumbs": _crumbs(certificate),
        "certificate": certificate,
        "standing": standing,
        "tone": TONES[standing],
        "facts": facts_of(certificate),
        "history": history_of(certificate),
        "invitations": [
            (one, label_of(one.invited_by, one.invited_by_label))
            for one in certificate.invitations.order_by("-invited_at")
        ],
        "copies": copies,
        "form": form,
        "issue": issue_of(certificate),
        "may_renew": is_renewable(certificate),
        "may_look_after": can_look_after(request.actor, certificate.organisation),
    }
    return page(request, "service_window/certificate_detail.html", context)


def _crumbs(certificate: UnionCertificate) -> list[Crumb]:
    return [Crumb(_("Union certificates"), reverse(LIST)), Crumb(certificate.name)]


def facts_of(certificate: UnionCertificate) -> list[Fact]:
    """Return what the paper says, in its order."""
    said = [Fact(label, getattr(certificate, name)) for name, label in SAID.items()]
    days = f"{table_date(certificate.valid_from)} – {table_date(certificate.valid_to)}"
    return [
        Fact(_("Certificate number"), certificate.number),
        Fact(_("Unified social credit code"), certificate.credit_code),
        Fact(_("Name on the certificate"), certificate.name),
        *said,
        Fact(_("Term"), days),
        Fact(_("Issued on"), table_date(certificate.issued_on)),
    ]


@login_required
@require_POST
def certificate_copy(request: Request, union_certificate_id: int) -> HttpResponse:
    """Count a copy, then show what is printed."""
    form = PrintForm(request.POST)
    if not form.is_valid():
        raise NotFound
    try:
        print_certificate(
            certificate_id=union_certificate_id,
            copies=form.cleaned_data["copies"],
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=request.now,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("service_window:certificate-detail", union_certificate_id)
    return redirect("service_window:certificate-print", union_certificate_id)


@login_required
@require_safe
def certificate_print(request: Request, union_certificate_id: int) -> HttpResponse:
    """The sheet itself; there is none before a copy was counted."""
    check_register(request.actor)
    certificate = get_certificate(union_certificate_id, visible_to=request.actor)
    copy = certificate.prints.order_by("-sequence").first()
    if copy is None or not can_look_after(request.actor, certificate.organisation):
        raise NotFound
    issue = issue_of(certificate)
    context = {
        "title": certificate.name,
        "crumbs": _crumbs(certificate),
        "certificate": certificate,
        "copy": copy,
        "issue": issue,
        # Where there is a signed PDF, that is what is printed.
        "prints": issue is None,
        "facts": facts_of(certificate),
    }
    return page(request, "service_window/certificate_print.html", context)


@login_required
def certificate_new(request: Request) -> HttpResponse:
    check_anywhere(request.actor, HANDLE)
    form = CertificateForm(request.POST or None)
    form.fields["union"].organisations = organisations_visible_to(request.actor)  # type: ignore[attr-defined]  # an OrganisationField

    def act(given: dict[str, Any]) -> UnionCertificate:
        paper = EnteredCertificate(
            kind=given["kind"],
            numbers=form.facts(),
            **{name: given[name] for name in SAID},
        )
        return enter_certificate(
            union_id=given["union"].pk,
            paper=paper,
            actor=request.actor,
            now=request.now,
        )

    shown = ActPage(
        title=_("Enter a certificate"),
        purpose=_("One that the union holds already, as it stands on the paper."),
        submit=_("Enter it"),
        done=_("The certificate is on record."),
        back_url=reverse(LIST),
        crumbs=[Crumb(_("Union certificates"), reverse(LIST)), Crumb(_("Enter"))],
        fields=FIELDS,
    )
    return act_page(request, form, act, shown)


@login_required
@require_POST
def certificate_invite(request: Request) -> HttpResponse:
    """Invite all unions of the place that are due."""
    check_anywhere(request.actor, HANDLE)
    rows = to_invite(certificates_visible_to(request.actor), today(request.now))
    ids = list(rows.values_list("pk", flat=True))
    count = invite(certificate_ids=ids, actor=request.actor, now=request.now)
    messages.success(request, _("%(count)s unions invited.") % {"count": count})
    return redirect(LIST)
