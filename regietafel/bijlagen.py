"""Annexes: files that are kept beside the database, in a folder that no web server serves.

A file is written whole or not at all, under a name that nobody can guess and that says nothing; the row tells its name,
kind, size and sha256. Who may open it is asked of `zichtbaarheid`, each time.
"""

import contextlib
import datetime
import os
import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.models import Persoon
from maatregelen.versiebewaking import Verouderd
from regietafel.agendering import vergrendel_punt
from regietafel.bestandscontrole import Gecontroleerd, controleer_bestand
from regietafel.models import Agendapunt, Bijlage
from regietafel.vergadercyclus import vergrendel_open, verhoog

LEEG = {"bestand": "", "bestandsnaam": "", "inhoudstype": "", "grootte": None, "controlegetal": ""}


class Opslagfout(Exception):  # noqa: N818  it names what happened, as the user reads it
    """The file could not be written: the disk is full or away. Nothing was kept."""

    def __init__(self) -> None:
        super().__init__(
            "Het bestand kon niet worden bewaard: de opslag is vol of niet bereikbaar. Er is niets opgeslagen. "
            "Probeer het later opnieuw of meld het bij de beheerder."
        )


def hoogstens() -> int:
    """How large an annex may be, in bytes."""
    return int(settings.BIJLAGE_HOOGSTENS)


def _map() -> Path:
    return Path(settings.BIJLAGENMAP)


def plaats(bijlage: Bijlage) -> Path:
    """Where the file of an annex lies. Raises ValueError for a name that leads out of the folder."""
    pad = (_map() / bijlage.bestand).resolve()
    if not bijlage.bestand or not pad.is_relative_to(_map().resolve()):
        raise ValueError(bijlage.bestand)
    return pad


def _schrijf(bestand: BinaryIO) -> str:
    """Write the file whole, under a new name, and answer that name. Raises Opslagfout; then nothing is left of it."""
    naam = secrets.token_hex(20)
    plek = f"{naam[:2]}/{naam}"
    doel = _map() / plek
    deel = doel.with_name(f".{naam}.deel")
    try:
        doel.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(deel, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as uit:
            bestand.seek(0)
            shutil.copyfileobj(bestand, uit)
            uit.flush()
            os.fsync(uit.fileno())
        deel.replace(doel)
        # The name itself must survive a power cut as well.
        map_ = os.open(doel.parent, os.O_RDONLY)
        try:
            os.fsync(map_)
        finally:
            os.close(map_)
    except OSError as fout:
        for pad in (deel, doel):
            with contextlib.suppress(OSError):
                pad.unlink(missing_ok=True)
        raise Opslagfout from fout
    return plek


def _wis(plek: str) -> None:
    """Take a file away that no row names any more; one that is away already is fine."""
    with contextlib.suppress(OSError):
        (_map() / plek).unlink(missing_ok=True)


def _zet_bestand(bijlage: Bijlage, gecontroleerd: Gecontroleerd, plek: str, door: Persoon | None) -> None:
    bijlage.bestand = plek
    bijlage.bestandsnaam = gecontroleerd.naam
    bijlage.inhoudstype = gecontroleerd.inhoudstype
    bijlage.grootte = gecontroleerd.grootte
    bijlage.controlegetal = gecontroleerd.controlegetal
    bijlage.bijgevoegd_door = door


def voeg_bijlage_toe(
    punt: Agendapunt,
    *,
    naam: str,
    bestandsnaam: str = "",
    bestand: BinaryIO | None = None,
    door: Persoon | None,
    moment: datetime.datetime | None = None,
) -> Bijlage:
    """An annex of a point: with its file, or only its name while nobody has the file yet.

    Without a name of its own it is called as its file. Raises ValidationError (the file is refused), Opslagfout,
    Gesloten or Verouderd (the point is gone); then nothing was kept.
    """
    moment = moment or timezone.now()
    gecontroleerd = controleer_bestand(bestandsnaam, bestand, hoogstens=hoogstens()) if bestand else None
    titel = naam.strip() or (gecontroleerd.naam.rpartition(".")[0] if gecontroleerd else "")
    if not titel:
        raise ValidationError({"naam": "Kies een bestand, of schrijf hoe de bijlage heet die nog komt."})
    plek = ""
    try:
        with transaction.atomic():
            rij = vergrendel_punt(punt, None)
            laatste = rij.bijlagen.order_by("-volgorde").first()
            bijlage = Bijlage(
                agendapunt=rij,
                naam=titel[:200],
                volgorde=laatste.volgorde + 1 if laatste else 0,
                aangemaakt_op=moment,
                gewijzigd_op=moment,
            )
            if gecontroleerd is not None and bestand is not None:
                plek = _schrijf(bestand)
                _zet_bestand(bijlage, gecontroleerd, plek, door)
                bijlage.bijgevoegd_op = moment
            bijlage.save()
    except BaseException:
        if plek:
            _wis(plek)
        raise
    return bijlage


def _vergrendel(bijlage: Bijlage, versie: int | None) -> Bijlage:
    vergrendel_open(bijlage.agendapunt.vergadering_id)
    rij = Bijlage.objects.select_for_update(of=("self",)).filter(pk=bijlage.pk).first()
    if rij is None or (versie is not None and rij.versie != versie):
        raise Verouderd(rij.versie if rij else 0)
    return rij


def wijzig_bijlage(
    bijlage: Bijlage,
    *,
    naam: str,
    bestandsnaam: str = "",
    bestand: BinaryIO | None = None,
    versie: int | None,
    door: Persoon | None,
    moment: datetime.datetime | None = None,
) -> bool:
    """Another name, or another file in its place; answers whether anything changed. The former file is taken away.

    Raises as voeg_bijlage_toe, and Verouderd when somebody was first.
    """
    moment = moment or timezone.now()
    gecontroleerd = controleer_bestand(bestandsnaam, bestand, hoogstens=hoogstens()) if bestand else None
    if not naam.strip():
        raise ValidationError({"naam": "Schrijf hoe de bijlage heet."})
    plek = ""
    try:
        with transaction.atomic():
            rij = _vergrendel(bijlage, versie)
            vorige = rij.bestand
            ander_bestand = gecontroleerd is not None and gecontroleerd.controlegetal != rij.controlegetal
            if rij.naam == naam.strip() and not ander_bestand:
                return False
            rij.naam = naam.strip()[:200]
            velden = ["naam"]
            if ander_bestand and gecontroleerd is not None and bestand is not None:
                plek = _schrijf(bestand)
                _zet_bestand(rij, gecontroleerd, plek, door)
                rij.bijgevoegd_op = moment
                velden += [*LEEG, "bijgevoegd_door", "bijgevoegd_op"]
                if vorige:
                    transaction.on_commit(lambda: _wis(vorige))
            verhoog(rij, moment, *velden)
    except BaseException:
        if plek:
            _wis(plek)
        raise
    return True


def verwijder_bijlage(bijlage: Bijlage, *, versie: int | None) -> None:
    """Take an annex away, with its file; history keeps that it was there. Raises Verouderd or Gesloten."""
    with transaction.atomic():
        rij = _vergrendel(bijlage, versie)
        plek = rij.bestand
        rij.delete()
        if plek:
            transaction.on_commit(lambda: _wis(plek))
