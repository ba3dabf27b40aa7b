"""What the mails of the table have in common: their Message-ID, their headers, and both parts from one content."""

import datetime
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import get_template

from maatregelen.mailvorm import Brief


def kenmerk(soort: str, nummer: int, gepland_op: datetime.datetime) -> str:
    """The Message-ID of a ledger row: a repeat after a crash carries the same one, another database never does."""
    huis = re.sub(r"[^A-Za-z0-9.]+", "-", urlsplit(settings.SITE_URL).hostname or "regiemonitor").strip("-.")
    return f"<{soort}-{nummer}-{int(gepland_op.timestamp() * 1_000_000):x}@{huis}>"


def adres(pad: str) -> str:
    """The whole address of a page."""
    return str(settings.SITE_URL).rstrip("/") + pad


def regel(naam: str, inhoud: dict[str, Any]) -> str:
    """A template as text on one line: what could start a header of its own becomes a space."""
    return " ".join(get_template(naam).render(inhoud).split())


def brief(aan: str, naam: str, inhoud: dict[str, Any], *, message_id: str, antwoord_aan: Sequence[str]) -> Brief:
    """The mail of the templates `mail/<naam>`: subject, text and HTML. `antwoord_aan`: where an answer to it goes."""
    inhoud = {**inhoud, "voorkeuren": adres("/mijn/berichten/"), "antwoord_aan": list(antwoord_aan)}
    inhoud["onderwerp"] = regel(f"mail/{naam}_onderwerp.txt", inhoud)
    mail = Brief(
        subject=inhoud["onderwerp"],
        body=re.sub(r"\n{3,}", "\n\n", get_template(f"mail/{naam}.txt").render(inhoud)).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[aan],
        reply_to=list(antwoord_aan),
        # Automatic replies (out of office) are not wanted by anybody.
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    mail.attach_alternative(get_template(f"mail/{naam}.html").render(inhoud), "text/html")
    return mail.schrijf()
