"""What can be run as a job: functions that parts have marked with `@job`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from jiangxin.foundation.jobs.context import JobContext

JobFunction = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class JobKind:
    """A function that workers may run. It can be called directly, as in tests."""

    key: str
    title: str | Promise
    function: JobFunction

    def __call__(self, context: "JobContext", **args: Any) -> dict[str, Any] | None:
        return self.function(context, **args)


class UnknownJob(LookupError):
    """No installed part declares a job of this key: a fault of code or deployment."""


_kinds: dict[str, JobKind] = {}


def job(key: str, *, title: str | Promise = "") -> Callable[[JobFunction], JobKind]:
    """Mark a function as a job. key: `part.verb_object`, stored, never renamed.

    The function takes a `JobContext` and, as keywords, what `start` was given, and
    returns what is to be kept: JSON, with the address of the result page as "url". It
    must be *idempotent*: when its worker dies it is run again from the start, so it
    writes in one transaction, or finds and skips what an earlier attempt has written.
    Its module is imported by the part's `programme.py`, or nobody would know it.
    """

    def mark(function: JobFunction) -> JobKind:
        kind = JobKind(key, title or key, function)
        other = _kinds.setdefault(key, kind)
        if _place(other.function) != _place(function):
            message = f"two jobs are called {key!r}"
            raise ValueError(message)
        return kind

    return mark


def job_kind(key: str) -> JobKind:
    """Return the job of this key. Raises UnknownJob."""
    try:
        return _kinds[key]
    except KeyError:
        message = f"no part declares the job {key!r}"
        raise UnknownJob(message) from None


def title_of(key: str) -> str | Promise:
    """Return what to call a job; its key when its part is no longer there."""
    known = _kinds.get(key)
    return known.title if known else key


def _place(function: JobFunction) -> tuple[str, str]:
    """Where a function is written; the same when its module is imported twice."""
    return function.__module__, function.__qualname__
