"""Mail of the demo: one RFC 5322 file per recipient, so that nothing ever leaves the machine."""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class BestandenBackend(BaseEmailBackend):
    """Writes each message as `<Message-ID>-<recipient>.eml` under EMAIL_FILE_PATH; a repeat overwrites itself."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of messages of which every file is on disk; raises OSError when one cannot be written."""
        map_ = Path(settings.EMAIL_FILE_PATH)
        map_.mkdir(parents=True, exist_ok=True)
        for bericht in email_messages:
            inhoud = bericht.message()
            kenmerk = re.sub(r"[^\w.-]+", "_", inhoud["Message-ID"].strip("<>").split("@")[0])
            for ontvanger in bericht.recipients():
                naam = f"{kenmerk}-{re.sub(r'[^A-Za-z0-9@._-]+', '_', ontvanger)}.eml"
                self._schrijf(map_ / naam, inhoud.as_bytes(linesep="\r\n"))
        return len(email_messages)

    def _schrijf(self, pad: Path, inhoud: bytes) -> None:
        """The whole file or none of it: written beside, flushed to disk, then renamed."""
        nummer, tijdelijk = tempfile.mkstemp(dir=pad.parent, prefix=".nieuw-")
        try:
            with os.fdopen(nummer, "wb") as bestand:
                bestand.write(inhoud)
                bestand.flush()
                os.fsync(bestand.fileno())
            os.replace(tijdelijk, pad)
        except BaseException:
            os.unlink(tijdelijk)
            raise
