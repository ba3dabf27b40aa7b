"""What a mail says: the words, by tense and with today's days, as text and as HTML. Who gets it is not decided here."""

import datetime
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string

from maatregelen.models import Herinnering, Maatregel, Mijlpaal, Persoon, Stap, Statuswijziging

# The key by which the ledger knows a mail: person, milestone, status change, step, version of the date.
Sleutel = tuple[int, int | None, int | None, str, datetime.date | None]


@dataclass(frozen=True)
class Melding:
    """One mail that is due: to whom, about what, and why to this person."""

    persoon: Persoon
    maatregel: Maatregel
    stap: Stap
    reden: str
    mijlpaal: Mijlpaal | None = None
    sleuteldag: datetime.date | None = None
    statuswijziging: Statuswijziging | None = None
    verantwoordelijk: str = ""

    @property
    def sleutel(self) -> Sleutel:
        """Its unique key in the ledger."""
        return (
            self.persoon.pk,
            self.mijlpaal.pk if self.mijlpaal else None,
            self.statuswijziging.pk if self.statuswijziging else None,
            self.stap,
            self.sleuteldag,
        )


def kenmerk(rij: Herinnering) -> str:
    """The Message-ID of a ledger row: a repeat after a crash carries the same one, another database never does."""
    huis = re.sub(r"[^A-Za-z0-9.]+", "-", urlsplit(settings.SITE_URL).hostname or "regiemonitor").strip("-.")
    return f"<herinnering-{rij.pk}-{int(rij.gepland_op.timestamp() * 1_000_000):x}@{huis}>"


def onderwerp(melding: Melding, *, vandaag: datetime.date) -> str:
    """The subject, on one line whatever a title contains."""
    return _regel(render_to_string(f"mail/{_soort(melding)}_onderwerp.txt", _inhoud(melding, vandaag)))


def bericht(melding: Melding, *, vandaag: datetime.date, message_id: str) -> EmailMultiAlternatives:
    """The mail, worded as seen on `vandaag`; asks the database only whether the state was ever reported."""
    soort, inhoud = _soort(melding), _inhoud(melding, vandaag)
    inhoud["onderwerp"] = _regel(render_to_string(f"mail/{soort}_onderwerp.txt", inhoud))
    inhoud["zin"] = _regel(render_to_string(f"mail/{soort}_zin.txt", inhoud))
    mail = EmailMultiAlternatives(
        subject=inhoud["onderwerp"],
        body=re.sub(r"\n{3,}", "\n\n", render_to_string(f"mail/{soort}.txt", inhoud)).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[melding.persoon.email],
        # Automatic replies (out of office) are not wanted by anybody.
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    mail.attach_alternative(render_to_string(f"mail/{soort}.html", inhoud), "text/html")
    return mail


def _soort(melding: Melding) -> str:
    return "status" if melding.stap == Stap.STATUS else "termijn"


def _regel(tekst: str) -> str:
    """Text on one line: what could start a header of its own becomes a space."""
    return " ".join(tekst.split())


def _inhoud(melding: Melding, vandaag: datetime.date) -> dict[str, Any]:
    inhoud: dict[str, Any] = {
        "melding": melding,
        "maatregel": melding.maatregel,
        "agenda": melding.maatregel.pijler.agenda,
        "mijlpaal": melding.mijlpaal,
        "wijziging": melding.statuswijziging,
        "vandaag": vandaag,
        "adres": settings.SITE_URL.rstrip("/") + melding.maatregel.get_absolute_url(),
        "is_voorbij": melding.stap == Stap.VOORBIJ,
    }
    if melding.sleuteldag:
        inhoud["dagen"] = abs((melding.sleuteldag - vandaag).days)
    if melding.stap == Stap.VOORBIJ:
        gemeld = Maatregel.objects.met_stand_gemeld().filter(Q(stand_gemeld=True), pk=melding.maatregel.pk)
        inhoud["stand_gemeld"] = gemeld.exists()
    return inhoud
