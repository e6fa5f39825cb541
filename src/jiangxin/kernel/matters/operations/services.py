"""Keeping what a service said, once for all matters that were submitted under it."""

from jiangxin.foundation.db import needs_transaction
from jiangxin.kernel.matters.models import ServiceVersion
from jiangxin.kernel.matters.rules.service import Service


@needs_transaction
def keep_service(wanted: Service) -> str:
    """Keep the service as it is offered now; return its version."""
    ServiceVersion.objects.get_or_create(
        code=wanted.code, version=wanted.version, defaults={"text": wanted.text}
    )
    return wanted.version
