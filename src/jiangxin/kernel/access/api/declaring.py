"""What every operation of the API says of itself, said once."""

from typing import Any

from jiangxin.kernel.access.api.bearer import Bearer
from jiangxin.kernel.access.api.problems import PROBLEM_STATUSES, ProblemOut

# Read by `describing`, and by whoever looks at the OpenAPI document.
SCOPE = "x-scope"


def operation(scope: str, answers: Any) -> dict[str, Any]:
    """Return the arguments of a router's decorator. answers: the schema of success."""
    return {
        "auth": Bearer(scope),
        "response": {200: answers, PROBLEM_STATUSES: ProblemOut},
        "openapi_extra": {SCOPE: scope},
        "exclude_none": False,
    }
