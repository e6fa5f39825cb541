"""The operations of the API, for those who write another system."""

from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from jiangxin.foundation.web import Request, page
from jiangxin.kernel.access.api import describing


@require_safe
def api_reference(request: Request) -> HttpResponse:
    """The descriptions are in English, like the document they are read from."""
    with translation.override("en"):
        operations = describing.operations()
    return page(request, "access/api_reference.html", {"operations": operations})
