"""Uploads that are never written to a disk in the clear."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile


class InMemoryOnly(MemoryFileUploadHandler):
    """Keep uploaded files in memory; refuse a request too large to be kept there.

    Django itself would hand a larger one to a handler that writes it to the system's
    folder of temporary files, and without one the form would call the file missing.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self.activated:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def upload_complete(self) -> None:
        # Only now: a browser that is cut off while it sends shows no answer.
        if not self.activated:
            raise RequestDataTooBig
