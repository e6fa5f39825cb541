"""What the uploads bring."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.parts import Erasure, Part
from jiangxin.foundation.sealing.files import SealedFiles
from jiangxin.foundation.uploads.events import MaliciousFileRefused
from jiangxin.foundation.uploads.operations import delete_abandoned
from jiangxin.foundation.uploads.pieces import sealed_files
from jiangxin.foundation.uploads.queries import abandoned_before

PART = Part(
    key="uploads",
    title=_("Uploads"),
    purpose=_(
        "Files handed in, from their first piece until what they belong to ends."
    ),
    urls="jiangxin.foundation.uploads.urls",
    brings=(
        MaliciousFileRefused,
        SealedFiles(sealed_files),
        Erasure(
            "uploads",
            "uploads",
            _("Files that nobody handed in"),
            count=lambda before: abandoned_before(before).count(),
            erase=delete_abandoned,
        ),
    ),
)
