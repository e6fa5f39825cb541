"""Why a file is not taken, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import Refused


class FileEmpty(Refused):
    code = "uploads.file_empty"
    text = _(
        "The file is empty. Look whether it is the right one, and choose it again."
    )


class FileTooLarge(Refused):
    code = "uploads.file_too_large"
    text = _(
        "The file is larger than %(most)s MB. Take the picture with fewer pixels, or "
        "hand the paper in as several files."
    )


class FormatNotWanted(Refused):
    code = "uploads.format_not_wanted"
    text = _("By its content the file is none of %(formats)s. Save it as one of these.")


class FileUnreadable(Refused):
    code = "uploads.file_unreadable"
    text = _("The file is damaged or cut off. Save it or take the picture again.")


class FileLocked(Refused):
    code = "uploads.file_locked"
    text = _("The file asks for a password. Save it without one and choose it again.")


class FileCarriesPrograms(Refused):
    code = "uploads.file_carries_programs"
    text = _("The file carries programs. Print it to a PDF file and hand that in.")


class PictureTooLarge(Refused):
    code = "uploads.picture_too_large"
    text = _("The picture has too many pixels. Take it again with fewer.")


class FileUnpacksTooLarge(Refused):
    code = "uploads.file_unpacks_too_large"
    text = _("The file unpacks to far more than it seems. Print it to a PDF file.")


class FileMalicious(Refused):
    code = "uploads.file_malicious"
    text = _(
        "The scanner found malicious content in the file. Clean your device, and hand in "
        "another copy."
    )


class ScannerAway(Refused):
    code = "uploads.scanner_away"
    text = _(
        "The scanner for malicious content does not answer. The file is kept: try again "
        "in a few minutes."
    )


class QuotaFull(Refused):
    code = "uploads.quota_full"
    text = _(
        "Files of yours that are not handed in yet take up %(most)s MB. Hand them in or "
        "remove some of them."
    )


class PieceAstray(Refused):
    code = "uploads.piece_astray"
    text = _("The upload goes on at another place. Choose the file again.")


class UploadIncomplete(Refused):
    code = "uploads.upload_incomplete"
    text = _("The file is not here as a whole yet. Choose it again to go on.")


class UploadTaken(Refused):
    code = "uploads.upload_taken"
    text = _("The file was handed in already. Open what it belongs to.")


# What a settled upload may have been refused for.
OF_CONTENT: dict[str, type[Refused]] = {
    each.code: each
    for each in (
        FormatNotWanted,
        FileUnreadable,
        FileLocked,
        FileCarriesPrograms,
        PictureTooLarge,
        FileUnpacksTooLarge,
        FileMalicious,
    )
}
