"""What of the account itself was kept long enough."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import erasure_of_rows
from jiangxin.kernel.privacy.models import (
    DataRequest,
    PersonalDataExport,
    PersonalDataView,
)

ACCOUNT = "personal_data_account"


def _views(before: datetime) -> QuerySet[PersonalDataView]:
    return PersonalDataView.objects.filter(seen_at__lt=before)


def _exports(before: datetime) -> QuerySet[PersonalDataExport]:
    return PersonalDataExport.objects.filter(exported_at__lt=before)


def _requests(before: datetime) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(answered_at__lt=before)


ERASURES = (
    erasure_of_rows("privacy.views", ACCOUNT, _("Viewings of personal data"), _views),
    erasure_of_rows("privacy.exports", ACCOUNT, _("Exports of lists"), _exports),
    erasure_of_rows("privacy.requests", ACCOUNT, _("Answered requests"), _requests),
)
