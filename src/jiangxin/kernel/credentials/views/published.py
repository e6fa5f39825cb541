"""What other verifiers fetch: our keys and our status lists. For everybody."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiangxin.foundation.web import Request
from jiangxin.kernel.credentials.federation import federation
from jiangxin.kernel.credentials.operations.publishing import sign_status_list
from jiangxin.kernel.credentials.proofs.publishing import did_document, key_set
from jiangxin.kernel.credentials.queries import published_keys

SECONDS_KEPT = 300


@require_safe
@cache_control(public=True, max_age=SECONDS_KEPT)
def did(request: Request) -> HttpResponse:  # noqa: ARG001 -- a view
    parts = [key.public_part for key in published_keys()]
    return _for_everybody(did_document(federation().did, parts), "application/did+json")


@require_safe
@cache_control(public=True, max_age=SECONDS_KEPT)
def keys(request: Request) -> HttpResponse:  # noqa: ARG001 -- a view
    parts = [key.public_part for key in published_keys()]
    return _for_everybody(key_set(federation().did, parts), "application/jwk-set+json")


@require_safe
@cache_control(public=True, max_age=SECONDS_KEPT)
def status_list(request: Request, number: str, purpose: str) -> HttpResponse:
    signed = sign_status_list(number, purpose, now=request.now)
    return _for_everybody(dict(signed), "application/vc")


def _for_everybody(content: dict[str, object], kind: str) -> JsonResponse:
    response = JsonResponse(content, content_type=kind)
    # Verifiers that run in a browser come from anywhere; there is nothing secret here.
    response["Access-Control-Allow-Origin"] = "*"
    return response
