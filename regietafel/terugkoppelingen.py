"""What becomes of decisions: carried out, reported back, accepted. Done is not closed.

A decision is closed for a measure by the meeting that accepted what came of it, or that withdrew it; that meeting has
been held, and is a later one than the meeting that decided.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.models import Persoon
from maatregelen.statuswissel import OngeldigeOvergang
from maatregelen.versiebewaking import vergrendel
from regietafel.models import GESLOTEN, Terugkoppeling, Terugkoppelstand, Vergadering


class Terugkoppelfout(OngeldigeOvergang):
    """The decision is in a stand in which this cannot be done; nothing was changed."""


def dag_van(vergadering: Vergadering) -> datetime.date | None:
    """The day of a meeting, or the last of its estimate, or its first; None when nothing is known."""
    return vergadering.datum or vergadering.schatting_tot or vergadering.schatting_van


def _vergrendeld(terugkoppeling: Terugkoppeling, versie: int | None) -> Terugkoppeling:
    rijen = Terugkoppeling.objects.select_related("besluit__agendapunt__vergadering")
    return vergrendel(rijen, terugkoppeling.pk, versie)


def _bewaar(
    terugkoppeling: Terugkoppeling, rij: Terugkoppeling, velden: dict[str, Any], moment: datetime.datetime | None
) -> None:
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.versie += 1
    rij.gewijzigd_op = moment or timezone.now()
    namen = [*velden, "versie", "gewijzigd_op"]
    rij.save(update_fields=namen)
    for naam in namen:
        setattr(terugkoppeling, naam, getattr(rij, naam))


def _tekst(tekst: str, veld: str, zin: str) -> str:
    if not tekst.strip():
        raise ValidationError({veld: zin})
    return tekst.strip()


def _eis_niet_gesloten(rij: Terugkoppeling) -> None:
    if rij.stand in GESLOTEN:
        raise Terugkoppelfout(f"Dit is al gesloten: {rij.get_stand_display()}. Zet het eerst weer open.")


def kan_sluiten(besloten_in: Vergadering, vergadering: Vergadering) -> str:
    """Why this meeting cannot accept or withdraw what the other decided, in a sentence; empty when it can."""
    if not vergadering.is_geweest:
        return "Deze vergadering is nog niet gehouden."
    toen, later = dag_van(besloten_in), dag_van(vergadering)
    if vergadering.pk == besloten_in.pk or later is None or toen is None or later <= toen:
        return "Kies een vergadering na die waarin dit is besloten."
    return ""


def _eis_latere(rij: Terugkoppeling, vergadering: Vergadering) -> None:
    if zin := kan_sluiten(rij.besluit.agendapunt.vergadering, vergadering):
        raise ValidationError({"vergadering": zin})


def meld_uitgevoerd(
    terugkoppeling: Terugkoppeling,
    *,
    op: datetime.date,
    uitkomst: str,
    door: Persoon,
    vandaag: datetime.date,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """It was carried out on a day, with what came of it; also to correct that, until a meeting has accepted it.

    Raises ValidationError (no words, a day to come or before the decision), Terugkoppelfout (closed) or Verouderd.
    """
    woorden = _tekst(uitkomst, "uitkomst", "Schrijf in een zin of twee wat ervan is gekomen.")
    if op > vandaag:
        raise ValidationError({"op": "Deze dag kan niet in de toekomst liggen."})
    with transaction.atomic():
        rij = _vergrendeld(terugkoppeling, versie)
        _eis_niet_gesloten(rij)
        besloten = rij.besluit.agendapunt.vergadering.datum
        if besloten is not None and op < besloten:
            raise ValidationError({"op": f"Het besluit is van {besloten:%d-%m-%Y}; kies die dag of een latere."})
        velden = {
            "stand": Terugkoppelstand.UITGEVOERD,
            "uitgevoerd_op": op,
            "uitkomst": woorden,
            "gemeld_door": door,
        }
        _bewaar(terugkoppeling, rij, velden, moment)


def aanvaard(
    terugkoppeling: Terugkoppeling,
    vergadering: Vergadering,
    *,
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """A later meeting heard what came of it and accepted that: now it is closed. Who recorded it, history keeps.

    Raises ValidationError (not held, not later, or before it was done), Terugkoppelfout or Verouderd.
    """
    with transaction.atomic():
        rij = _vergrendeld(terugkoppeling, versie)
        _eis_niet_gesloten(rij)
        if rij.stand != Terugkoppelstand.UITGEVOERD:
            raise Terugkoppelfout("Meld eerst dat het is uitgevoerd, en wat ervan is gekomen.")
        _eis_latere(rij, vergadering)
        dag = dag_van(vergadering)
        if rij.uitgevoerd_op is not None and dag is not None and rij.uitgevoerd_op > dag:
            zin = f"Dit is uitgevoerd op {rij.uitgevoerd_op:%d-%m-%Y}, na deze vergadering."
            raise ValidationError({"vergadering": zin})
        velden = {"stand": Terugkoppelstand.TERUGGEKOPPELD, "aanvaard_in": vergadering}
        _bewaar(terugkoppeling, rij, velden, moment)


def trek_in(
    terugkoppeling: Terugkoppeling,
    vergadering: Vergadering,
    *,
    reden: str,
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """A later meeting withdrew the decision for this measure; the reason stands where the outcome would.

    Raises ValidationError, Terugkoppelfout or Verouderd.
    """
    woorden = _tekst(reden, "reden", "Schrijf in een zin waarom.")
    with transaction.atomic():
        rij = _vergrendeld(terugkoppeling, versie)
        _eis_niet_gesloten(rij)
        _eis_latere(rij, vergadering)
        velden = {
            "stand": Terugkoppelstand.INGETROKKEN,
            "uitkomst": woorden,
            "uitgevoerd_op": None,
            "gemeld_door": door,
            "aanvaard_in": vergadering,
        }
        _bewaar(terugkoppeling, rij, velden, moment)


def zie_af(
    terugkoppeling: Terugkoppeling,
    *,
    reden: str,
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """Nothing has to be reported back, as of a decision that is done by taking it.

    Raises ValidationError, Terugkoppelfout or Verouderd.
    """
    woorden = _tekst(reden, "reden", "Schrijf in een zin waarom.")
    with transaction.atomic():
        rij = _vergrendeld(terugkoppeling, versie)
        _eis_niet_gesloten(rij)
        velden = {
            "stand": Terugkoppelstand.NIET_NODIG,
            "uitkomst": woorden,
            "uitgevoerd_op": None,
            "gemeld_door": door,
        }
        _bewaar(terugkoppeling, rij, velden, moment)


def heropen(
    terugkoppeling: Terugkoppeling,
    *,
    reden: str,
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """It is to be carried out or reported back after all; history keeps what was said of it.

    Raises ValidationError, Terugkoppelfout (it is open) or Verouderd.
    """
    woorden = _tekst(reden, "reden", "Schrijf in een zin waarom.")
    with transaction.atomic():
        rij = _vergrendeld(terugkoppeling, versie)
        if rij.stand == Terugkoppelstand.OPEN:
            raise Terugkoppelfout("Dit staat al open.")
        velden = {
            "stand": Terugkoppelstand.OPEN,
            "uitkomst": woorden,
            "uitgevoerd_op": None,
            "gemeld_door": door,
            "aanvaard_in": None,
        }
        _bewaar(terugkoppeling, rij, velden, moment)
