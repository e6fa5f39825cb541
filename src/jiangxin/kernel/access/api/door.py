"""The API itself, put together from the operations that parts bring."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from jiangxin.foundation.parts import brought
from jiangxin.kernel.access.api import problems
from jiangxin.kernel.access.registry import ApiRoutes

ROOT = "/api/v1/"
NAMESPACE = "api"


class Readable(JSONRenderer):
    """JSON with its Chinese written as Chinese."""

    media_type = "application/json"
    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Any) -> str:
        """Name operations for themselves, not for where they stand in our tree."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **_options: Any) -> Any:
        """Say that refusals are problem documents; the library knows one media type.

        Nor would it find its own address, which is inside that of the part.
        """
        schema = super().get_openapi_schema(path_prefix=ROOT)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "content" in response:  # noqa: PLR2004 -- HTTP
                        content = response["content"].pop("application/json")
                        response["content"][problems.MEDIA_TYPE] = content
        return schema


@cache
def api() -> Api:
    """Return the API, made when the addresses are first asked for."""
    made = Api(
        title="Jiangxin",
        version="1",
        description="Policies, whom they serve and why.",
        urls_namespace=NAMESPACE,
        docs_url=None,  # the library's page loads scripts from other hosts
        renderer=Readable(),
    )
    problems.handle_problems(made)
    for routes in brought(ApiRoutes):
        made.add_router("", import_string(routes.router))
    return made


def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    found: dict[str, Any] = api().get_openapi_schema()
    return found


@csrf_exempt
def not_found(_request: HttpRequest) -> HttpResponse:
    """Machines are told in their own words too."""
    return problems.answer(problems.NothingHere(), 404)
