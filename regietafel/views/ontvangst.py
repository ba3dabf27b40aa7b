"""Receiving a file: what is too large is let go while it comes in, so that nobody fills memory or disk with it."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from regietafel.bijlagen import hoogstens

_MERK = "_bestand_te_groot"


class Begrensd(FileUploadHandler):
    """The first of the upload handlers: it passes on what comes in until that is more than a file may be."""

    gelezen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Each file is counted by itself."""
        super().new_file(*args, **kwargs)
        self.gelezen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass it on, or let go of the rest of this file; the page is told."""
        self.gelezen += len(raw_data)
        if self.gelezen > hoogstens():
            setattr(self.request, _MERK, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handlers make the file."""


def was_te_groot(request: HttpRequest) -> bool:
    """Whether a file of this request was let go because it was too large."""
    return getattr(request, _MERK, False)
