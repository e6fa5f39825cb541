"""The sign-in log as it is shipped out and, when it is old, deleted."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from jiangxin.foundation.logs.registry import Log
from jiangxin.kernel.access.models import SignInFailure, SignInRecord


def failures_before(moment: datetime) -> QuerySet[SignInFailure]:
    """Return wrong passwords of before a moment, for deleting them."""
    return SignInFailure.objects.filter(at__lt=moment)


def sign_ins_before(moment: datetime) -> QuerySet[SignInRecord]:
    """Return lines of the sign-in log of before a moment, for deleting them."""
    return SignInRecord.objects.filter(at__lt=moment)


def _sign_in_line(record: SignInRecord) -> Mapping[str, object]:
    return {
        "act": record.act,
        "account_id": record.account_id,
        "address": record.address,
        "device": record.device,
    }


SIGN_IN_LOG = Log("sign_in", SignInRecord, SignInRecord.objects.all, _sign_in_line)
