"""Pages for what went wrong: what happened, and how to go on."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from jiangxin.foundation.errors import NotPermitted, Refused
from jiangxin.foundation.parts import Permission, Text, brought
from jiangxin.foundation.web.pages import page

FRAMES = {"/desk/": "ui/desk.html", "/portal/": "ui/portal.html"}

# Never shown back to whoever sits at the screen, however the form was lost.
SECRET_FIELDS = {"csrfmiddlewaretoken", "password", "old_password", "code"}


def page_not_found(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 -- Django hands it over
) -> HttpResponse:
    return _framed(
        request,
        404,
        _("This page does not exist"),
        _(
            "The address is mistyped, what it showed was removed, or it belongs to "
            "others. Check the address or begin at the home page."
        ),
    )


def permission_denied(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    text = _("Ask your administrator for the role that allows it.")
    if isinstance(exception, NotPermitted) and (label := _label(exception.permission)):
        text = _(
            "It needs the permission “%(permission)s”. Ask your administrator for a "
            "role that has it."
        ) % {"permission": label}
    return _framed(request, 403, _("Your role does not allow this"), text)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal that no form of the view could show."""
    return _framed(request, 409, _("This cannot be done now"), refusal.message)


def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _bare(
            request,
            413,
            _("What you sent is too large"),
            _(
                "Nothing was saved. Go back with your browser, what you typed is still "
                "there; shorten the text, or split the file and hand in the parts."
            ),
        )
    return _bare(
        request,
        400,
        _("Your browser sent something we cannot read"),
        _("Nothing was saved. Go back with your browser, reload the page, try again."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _bare(
        request,
        500,
        _("Something went wrong on our side"),
        _(
            "The fault has been noted. Go back with your browser, what you typed is "
            "still there, and try again in a minute. If it happens again, tell your "
            "administrator the time and what you were doing."
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django hands it over
    """The form was open too long, or somebody else signed in meanwhile.

    Sending the same form again by itself would undo the protection, so what was typed
    is shown for copying instead.
    """
    return page(
        request,
        "ui/failures/csrf.html",
        {
            "frame_template": _frame_of(request),
            "typed": _typed(request),
            "form_url": request.get_full_path(),
        },
        status=403,
    )


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        posted = request.POST
    except (RequestDataTooBig, UnreadablePostError):
        return []
    return [
        (name, str(value))
        for name, values in posted.lists()
        for value in values
        if str(value).strip() and name not in SECRET_FIELDS and "password" not in name
    ]


def _label(permission: str) -> Text:
    labels = {known.key: known.label for known in brought(Permission)}
    return labels.get(permission, "")


def _frame_of(request: HttpRequest) -> str:
    for prefix, frame in FRAMES.items():
        if request.path.startswith(prefix):
            return frame
    return "ui/public.html"


def _framed(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """A failure inside the frame of its door: menu and way home are at hand."""
    return page(
        request,
        "ui/failures/framed.html",
        {
            "frame_template": _frame_of(request),
            "status": status,
            "title": title,
            "text": text,
            "back_url": _back_url(request),
        },
        status=status,
    )


def _back_url(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if referer != request.build_absolute_uri() and url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    ):
        return referer
    return ""


def _bare(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """A failure that may have struck before, or in, what a frame needs."""
    html = render_to_string(
        "ui/failures/bare.html",
        {
            "status": status,
            "title": title,
            "text": text,
            "home_url": "/desk/" if request.path.startswith("/desk/") else "/",
        },
    )
    return HttpResponse(html, status=status)
