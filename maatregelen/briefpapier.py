"""What all our mails share: from whom they come, their Message-ID, and the headers that keep automatic answers away."""

import datetime
import re
from collections.abc import Sequence

from django.conf import settings

from maatregelen.huisadres import huisnaam
from maatregelen.mailvorm import Brief


def kenmerk(soort: str, nummer: int | str, moment: datetime.datetime) -> str:
    """The Message-ID of something we send: a repeat after a crash carries the same one, another database never does.

    `nummer`: of the row it is about, or a word of chance where each try is a mail of its own.
    """
    huis = re.sub(r"[^A-Za-z0-9.]+", "-", huisnaam()).strip("-.")
    return f"<{soort}-{nummer}-{int(moment.timestamp() * 1_000_000):x}@{huis}>"


def op_een_regel(tekst: str) -> str:
    """Text on one line: what could start a header of its own becomes a space."""
    return " ".join(tekst.split())


def brief(
    aan: str,
    onderwerp: str,
    tekst: str,
    html: str,
    *,
    message_id: str,
    antwoord_aan: Sequence[str] = (),
    afmelden: str = "",
) -> Brief:
    """A mail of ours, not written yet. `antwoord_aan`: where answers go; `afmelden`: where one click stops these."""
    # Automatic replies (out of office) are not wanted by anybody.
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if afmelden:  # RFC 8058: one click, by the mail program itself
        headers["List-Unsubscribe"] = f"<{afmelden}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = Brief(
        subject=onderwerp,
        body=re.sub(r"\n{3,}", "\n\n", tekst).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[aan],
        reply_to=list(antwoord_aan),
        headers=headers,
    )
    mail.attach_alternative(html, "text/html")
    return mail
