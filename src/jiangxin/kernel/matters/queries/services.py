"""A service as it was when a matter was submitted: see ADR 33."""

from functools import lru_cache

from jiangxin.foundation.errors import NotFound
from jiangxin.kernel.matters.models import Matter, ServiceVersion
from jiangxin.kernel.matters.registry import service
from jiangxin.kernel.matters.rules.reading import read_service
from jiangxin.kernel.matters.rules.service import Service


def service_of(matter: Matter) -> Service:
    """Return what the matter is handled by: the version it was submitted with.

    A draft's is the one that is offered now. No query as long as the two are the same.
    Raises NotFound for a draft whose service is no longer offered.
    """
    try:
        offered = service(matter.service)
    except NotFound:
        offered = None
    if offered is not None and offered.version == matter.service_version:
        return offered
    if matter.submitted_at is None:
        return service(matter.service)
    try:
        return _kept(matter.service, matter.service_version)
    except NotFound:
        if offered is None:
            raise
        return offered


# What a version says never changes, so it is read once.
@lru_cache(maxsize=256)
def _kept(code: str, version: str) -> Service:
    kept = ServiceVersion.objects.filter(code=code, version=version).first()
    if kept is None:
        raise NotFound
    part = code.partition(".")[0]
    return read_service(kept.text, file=f"{code}@{version}", part=part)
