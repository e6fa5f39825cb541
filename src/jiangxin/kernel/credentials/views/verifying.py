"""The page that a QR code leads to: is it good, and of whom is it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.parts import Text
from jiangxin.foundation.ui.components import Fact, Tone
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.credentials.forms import CodeLookUp, NameCheck
from jiangxin.kernel.credentials.queries import (
    PublicAnswer,
    authority_certificate,
    public_answer,
)
from jiangxin.kernel.credentials.rules import same_name
from jiangxin.kernel.credentials.views.limits import public_look_up


@dataclass(frozen=True)
class Verdict:
    """What a visitor reads first."""

    title: Text
    text: Text
    tone: Tone
    icon: str


VERDICTS = {
    "valid": Verdict(
        gettext_lazy("Genuine and valid"),
        gettext_lazy("It was issued here, is on record, and counts today."),
        "ok",
        "circle-check",
    ),
    "suspended": Verdict(
        gettext_lazy("Suspended"),
        gettext_lazy(
            "It was issued here but does not count at present. Ask its issuer before"
            " you rely on it."
        ),
        "warn",
        "clock",
    ),
    "revoked": Verdict(
        gettext_lazy("Revoked"),
        gettext_lazy("It was issued here and taken back. It does not count."),
        "bad",
        "circle-x",
    ),
    "superseded": Verdict(
        gettext_lazy("Replaced"),
        gettext_lazy("A later certificate was issued in the place of this one."),
        "warn",
        "refresh",
    ),
    "expired": Verdict(
        gettext_lazy("Expired"),
        gettext_lazy("It was genuine, and its term is over."),
        "warn",
        "calendar",
    ),
    "not_yet": Verdict(
        gettext_lazy("Not yet valid"),
        gettext_lazy("It was issued here, and its term has not begun."),
        "warn",
        "calendar",
    ),
    "doubtful": Verdict(
        gettext_lazy("Cannot be relied on"),
        gettext_lazy(
            "The key that it was signed with fell into other hands. Ask its issuer for"
            " a new one."
        ),
        "bad",
        "alert-triangle",
    ),
}
UNKNOWN = Verdict(
    gettext_lazy("Not known here"),
    gettext_lazy(
        "No certificate was issued here under this code. Compare the code sign by sign,"
        " or scan it again. If it is right, the certificate is not genuine."
    ),
    "bad",
    "circle-x",
)


@public_look_up
@require_safe
def verify_code(request: Request) -> HttpResponse:
    """Lead from a code typed by hand to its page."""
    form = CodeLookUp(request.GET or None)
    if form.is_valid():
        return redirect("credentials:verify", form.cleaned_data["code"])
    context = {"title": _("Look a certificate up"), "form": form}
    return page(request, "credentials/verify_code.html", context)


@public_look_up
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: Request, public_id: str) -> HttpResponse:
    """Answer what the code says; with the holder's name, hand out the signed file."""
    try:
        answer = public_answer(public_id, request.now)
    except NotFound:
        unknown = {"title": UNKNOWN.title, "verdict": UNKNOWN}
        return page(request, "credentials/verify.html", unknown, status=404)
    form = NameCheck(request.POST or None)
    is_same: bool | None = None
    if request.method == "POST" and form.is_valid():
        is_same = same_name(form.cleaned_data["name"], answer.said.holder)
        if is_same and "download" in request.POST:
            return _file(answer)
    context = {
        "title": VERDICTS[answer.standing].title,
        "verdict": VERDICTS[answer.standing],
        "answer": answer,
        "facts": _facts(answer),
        "asked_on": today(request.now),
        "form": form,
        "is_same": is_same,
    }
    return page(request, "credentials/verify.html", context)


@require_safe
def authority(request: Request) -> HttpResponse:  # noqa: ARG001 -- a view
    """The certificate to trust, for programs that check signatures on PDF."""
    certificate = authority_certificate()
    if not certificate:
        raise NotFound
    return HttpResponse(
        certificate,
        content_type="application/x-pem-file",
        headers={"Content-Disposition": 'attachment; filename="authority.pem"'},
    )


def _facts(answer: PublicAnswer) -> list[Fact]:
    said = answer.said
    rows = [
        Fact(_("Holder"), answer.holder),
        Fact(_("Kind"), answer.issue.credential.get_kind_display()),
        Fact(_("Title"), said.title),
        Fact(_("Grade"), said.grade),
        Fact(_("Occupation"), said.occupation),
        Fact(_("Number"), answer.number),
        Fact(_("Awarded by"), said.awarded_by),
        Fact(_("Awarded on"), said.awarded_on),
        Fact(_("Valid to"), said.valid_to),
        Fact(_("Issued by"), said.federation),
        Fact(_("Issued at"), answer.issue.issued_at),
        Fact(_("In this state since"), answer.since),
    ]
    return [row for row in rows if row.value]


def _file(answer: PublicAnswer) -> HttpResponse:
    name = f"credential-{answer.issue.public_id}.json"
    return HttpResponse(
        answer.issue.document,
        content_type="application/vc+json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
