from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_OPEN_XML = "application/vnd.openxmlformats-officedocument"


class FileFormat(TextChoices):
    """What a file can be. The value is its media type."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    OFD = "application/ofd", "OFD"
    DOCX = f"{_OPEN_XML}.wordprocessingml.document", "Word"
    XLSX = f"{_OPEN_XML}.spreadsheetml.sheet", "Excel"


class UploadState(TextChoices):
    RECEIVING = "receiving", pgettext_lazy("upload", "Not yet complete")
    KEPT = "kept", pgettext_lazy("upload", "Received")
    REFUSED = "refused", pgettext_lazy("upload", "Not taken")


class ScanResult(TextChoices):
    """What the scanner for malicious content said."""

    NOT_SCANNED = "not_scanned", _("Not scanned")
    CLEAN = "clean", _("Scanned: nothing found")
    REFUSED = "refused", _("Scanned: malicious content")
