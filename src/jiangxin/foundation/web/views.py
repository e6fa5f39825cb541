"""The two addresses of the web layer itself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from jiangxin.foundation.ui.preferences import COOKIE_AGE, PREFERENCES
from jiangxin.foundation.web import samples
from jiangxin.foundation.web.pages import page


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep how this browser wants its pages: language, appearance, size of print.

    Cookies, not account fields: a shared window computer and one's own phone differ,
    and visitors who never sign in want them too.
    """
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    for preference in PREFERENCES:
        value = request.POST.get(preference.name)
        if value in preference.choices:
            _keep(response, preference.cookie, value)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def _keep(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie,
        value,
        max_age=COOKIE_AGE,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build and look at screens."""
    if not (settings.DEBUG or settings.DEMONSTRATION):
        raise Http404
    return page(request, "ui/styleguide.html", samples.context(request))
