"""Anyone asks how a union's certificate stands; a name is shown in part."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.wall.visits import for_the_platform
from jiangxin.foundation.web import Request, page
from jiangxin.programmes.service_window.forms import CheckForm
from jiangxin.programmes.service_window.queries.certificates import with_number
from jiangxin.programmes.service_window.rules import masked_name
from jiangxin.programmes.service_window.views.listing import TONES


@require_safe
def certificate_check(request: Request) -> HttpResponse:
    form = CheckForm(request.GET or None)
    context: dict[str, object] = {"form": form, "is_asked": form.is_valid()}
    if form.is_valid():
        with for_the_platform():
            found = with_number(form.cleaned_data["number"])
        if found is not None:
            standing = found.standing_on(today(request.now))
            context |= {
                "found": found,
                "standing": standing,
                "tone": TONES[standing],
                "chair": masked_name(found.legal_representative),
            }
    return page(request, "service_window/certificate_check.html", context)
