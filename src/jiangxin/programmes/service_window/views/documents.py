"""The electronic certificate: issued by the window, fetched by window and union."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.web import Request
from jiangxin.kernel.credentials.views.issuing import pdf
from jiangxin.programmes.service_window.operations.documents import (
    NothingIssued,
    certificate_pdf,
    issue_document,
    issue_of,
)
from jiangxin.programmes.service_window.queries.certificates import get_certificate
from jiangxin.programmes.service_window.views.certificates import check_register

ONE = "service_window:certificate-detail"


@login_required
@require_POST
def certificate_issue(request: Request, union_certificate_id: int) -> HttpResponse:
    """Issue the electronic form of a certificate that has none."""
    try:
        issue_document(
            certificate_id=union_certificate_id, actor=request.actor, now=request.now
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The electronic certificate is issued."))
    return redirect(ONE, union_certificate_id)


@login_required
@require_safe
def certificate_file(request: Request, union_certificate_id: int) -> HttpResponse:
    """The signed PDF; its union fetches it too, as often as it likes."""
    check_register(request.actor)
    certificate = get_certificate(union_certificate_id, visible_to=request.actor)
    try:
        content = certificate_pdf(certificate, actor=request.actor, now=request.now)
    except NothingIssued as missing:
        raise NotFound from missing
    return pdf(content, f"certificate-{certificate.pk}.pdf")


@login_required
@require_safe
def certificate_credential(request: Request, union_certificate_id: int) -> HttpResponse:
    """The signed credential (Open Badges 3.0) for a wallet or another verifier."""
    check_register(request.actor)
    certificate = get_certificate(union_certificate_id, visible_to=request.actor)
    issue = issue_of(certificate)
    if issue is None:
        raise NotFound
    name = f"certificate-{certificate.pk}.json"
    return HttpResponse(
        issue.document,
        content_type="application/vc+json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
