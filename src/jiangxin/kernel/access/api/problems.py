"""How the API says no: RFC 9457 problem documents with our refusal codes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from jiangxin.foundation.errors import NotFound, NotPermitted, Refused

MEDIA_TYPE = "application/problem+json"
URN = "urn:jiangxin:refusal:"


class NotAdmitted(Refused):
    """A refusal with a status of its own and headers that say how to go on."""

    status = 403

    def headers(self) -> dict[str, str]:
        return {}


class NoToken(NotAdmitted):
    status = 401
    code = "access.no_token"
    text = _("Send a token in the header “Authorization: Bearer …”.")

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="jiangxin"'}


class BadToken(NoToken):
    code = "access.bad_token"
    text = _("This token is unknown, revoked or past its last day. Use another.")

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="jiangxin", error="invalid_token"'}


class ScopeMissing(NotAdmitted):
    code = "access.scope_missing"
    text = _("This needs the scope %(scope)s. Make a token that has it.")

    def headers(self) -> dict[str, str]:
        return {
            "WWW-Authenticate": 'Bearer realm="jiangxin", error="insufficient_scope", '
            f'scope="{self.values["scope"]}"'
        }


class TooManyCalls(NotAdmitted):
    status = 429
    code = "access.too_many_calls"
    text = _(
        "A token makes at most %(calls)s calls a minute. Go on in %(seconds)s seconds."
    )

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.values["seconds"])}


class NothingHere(Refused):
    code = "access.not_found"
    text = _("There is nothing here, or nothing that this token may see.")


class NotAllowed(Refused):
    code = "access.not_permitted"
    text = _("The roles of the token's account do not hold %(permission)s.")


class NotValid(Refused):
    code = "access.not_valid"
    text = _("What was sent does not have the form that the description asks for.")


class FaultOut(Schema):
    """One thing that is wrong with what was sent."""

    where: str = Field(description="The way to it, such as body.limit.")
    problem: str = Field(description="What is wrong, in English.")


class ProblemOut(Schema):
    """RFC 9457. `code` is stable; `detail` is in the language that was asked for."""

    type: str = Field(description="The code as a URN.")
    title: str
    status: int
    detail: str
    code: str
    errors: list[FaultOut] = Field(default=[], description="With status 422 only.")


PROBLEM_STATUSES = frozenset({400, 401, 403, 404, 409, 422, 429})

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    422: "Unprocessable Content",
    429: "Too Many Requests",
}


def answer(
    refusal: Refused,
    status: int,
    *,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, str]] = (),
) -> HttpResponse:
    content = {
        "type": f"{URN}{refusal.code}",
        "title": TITLES[status],
        "status": status,
        "detail": refusal.message,
        "code": refusal.code,
        "errors": errors,
    }
    return HttpResponse(
        json.dumps(content, ensure_ascii=False),
        status=status,
        content_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )


def handle_problems(api: NinjaAPI) -> None:
    """Let what operations raise become problem documents."""
    for kind, handler in {
        NotAdmitted: _not_admitted,
        NotFound: _not_found,
        NotPermitted: _not_permitted,
        Refused: _refused,
        ValidationError: _not_valid,
        AuthenticationError: _no_token,
        HttpError: _unreadable,
    }.items():
        api.add_exception_handler(kind, handler)


def _not_admitted(_request: HttpRequest, refusal: Any) -> HttpResponse:
    return answer(refusal, refusal.status, headers=refusal.headers())


def _no_token(_request: HttpRequest, _error: Any) -> HttpResponse:
    refusal = NoToken()
    return answer(refusal, refusal.status, headers=refusal.headers())


def _not_found(_request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(NothingHere(), 404)


def _not_permitted(_request: HttpRequest, error: Any) -> HttpResponse:
    return answer(NotAllowed(permission=error.permission), 403)


def _refused(_request: HttpRequest, refusal: Any) -> HttpResponse:
    return answer(refusal, 409)


def _unreadable(_request: HttpRequest, _error: Any) -> HttpResponse:
    """A body that is no JSON."""
    return answer(NotValid(), 400)


def _not_valid(_request: HttpRequest, error: Any) -> HttpResponse:
    """Never what was sent: it may be personal data, and answers are logged."""
    errors = [
        {"where": ".".join(map(str, each["loc"])), "problem": str(each["msg"])}
        for each in error.errors
    ]
    return answer(NotValid(), 422, errors=errors)
