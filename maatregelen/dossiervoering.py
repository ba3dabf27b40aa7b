"""Keeping the dossier: making and changing agendas, sections, measures and milestones, and what owners report.

Every change takes the version the person looked at; a field is only written when it really changes, so that history,
version and `gewijzigd_op` tell of content and of nothing else. Status is not changed here: see statuswissel.
"""

import datetime
import re
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.betrokkenheid import erf, raak
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    BetrokkenheidRol,
    Doelwaarde,
    Herkomst,
    Indicator,
    Maatregel,
    Meting,
    Mijlpaal,
    Opvolging,
    Organisatie,
    Persoon,
    Pijler,
    Status,
    Statuswijziging,
    Volger,
    Voortgang,
    Wetsstap,
    Wetstraject,
)
from maatregelen.models.grondslag import Dossierstuk
from maatregelen.versiebewaking import vergrendel

Stuk = TypeVar("Stuk", bound=Dossierstuk)


def wijzig(
    stuk: Stuk, velden: dict[str, Any], *, versie: int | None, moment: datetime.datetime | None = None
) -> list[str]:
    """Write the fields that differ and answer their names.

    `versie` is the version the person looked at. Raises Verouderd when somebody was first; then nothing has changed.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel(type(stuk)._default_manager.all(), stuk.pk, versie)
        anders = [naam for naam, waarde in velden.items() if getattr(rij, naam) != waarde]
        if not anders:
            return []
        for naam in anders:
            setattr(rij, naam, velden[naam])
        rij.versie += 1
        rij.gewijzigd_op = moment
        rij.save(update_fields=[*anders, "versie", "gewijzigd_op"])
        if isinstance(rij, (Mijlpaal, Wetstraject)):
            raak(rij.maatregel, moment)
    for naam in [*anders, "versie", "gewijzigd_op"]:
        setattr(stuk, naam, getattr(rij, naam))
    return anders


def maak_agenda(
    velden: dict[str, Any], *, houder: Organisatie | None, moment: datetime.datetime | None = None
) -> Agenda:
    """A new agenda, kept by `houder` (None: by the secretariaat)."""
    moment = moment or timezone.now()
    return Agenda.objects.create(**velden, houder=houder, aangemaakt_op=moment, gewijzigd_op=moment)


def maak_pijler(agenda: Agenda, velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Pijler:
    """A new section, last in its agenda."""
    moment = moment or timezone.now()
    with transaction.atomic():
        vergrendel(Agenda.objects.all(), agenda.pk, None)
        volgorde = 1 + max(agenda.pijlers.values_list("volgorde", flat=True), default=-1)
        return Pijler.objects.create(
            agenda=agenda, volgorde=volgorde, aangemaakt_op=moment, gewijzigd_op=moment, **velden
        )


def _volgende_code(pijler: Pijler) -> str:
    """The code after the highest ever used in the section; a code is never used twice."""
    stam = f"{pijler.agenda.slug}-{re.sub(r'[^0-9a-z]+', '-', pijler.nummer.lower()).strip('-')}-"
    nummers = [
        int(code.removeprefix(stam))
        for code in Maatregel.objects.filter(code__startswith=stam).values_list("code", flat=True)
        if code.removeprefix(stam).isdigit()
    ]
    return f"{stam}{1 + max(nummers, default=0):02d}"


def maak_maatregel(
    pijler: Pijler,
    velden: dict[str, Any],
    *,
    door: Persoon,
    trekker: Organisatie | None = None,
    moment: datetime.datetime | None = None,
) -> Maatregel:
    """A new measure, last in its section, with its first row of history and what it inherits from the heading."""
    moment = moment or timezone.now()
    with transaction.atomic():
        # Locking the section keeps two people from getting the same code.
        rij = vergrendel(Pijler.objects.select_related("agenda"), pijler.pk, None)
        maatregel = Maatregel.objects.create(
            **velden,
            code=_volgende_code(rij),
            pijler=rij,
            volgorde=1 + max(rij.maatregelen.values_list("volgorde", flat=True), default=-1),
            aangemaakt_op=moment,
            gewijzigd_op=moment,
        )
        Statuswijziging.objects.create(
            maatregel=maatregel,
            van=None,
            naar=Status.AANGEKONDIGD,
            per=maatregel.geldt_vanaf,
            toelichting="Ingevoerd in Regiemonitor.",
            door=door,
            vastgelegd_op=moment,
        )
        erf(maatregel, door=door, moment=moment)
        if trekker is not None and not Betrokkenheid.objects.trekkers().filter(
            maatregel=maatregel, organisatie=trekker
        ):
            Betrokkenheid.objects.create(
                maatregel=maatregel,
                organisatie=trekker,
                rol=BetrokkenheidRol.VERANTWOORDELIJK,
                herkomst=Herkomst.TOEGEWEZEN,
                vanaf=maatregel.geldt_vanaf,
                reden="Ingevoerd door deze organisatie.",
                door=door,
            )
    return maatregel


def maak_mijlpaal(maatregel: Maatregel, velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Mijlpaal:
    """A new milestone of a measure."""
    moment = moment or timezone.now()
    with transaction.atomic():
        mijlpaal = Mijlpaal.objects.create(maatregel=maatregel, aangemaakt_op=moment, gewijzigd_op=moment, **velden)
        raak(maatregel, moment)
    return mijlpaal


def meld_voortgang(
    maatregel: Maatregel,
    voortgang: str,
    *,
    toelichting: str,
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """Note how the owner says it goes, with today's date and a sentence. Raises ValidationError or Verouderd."""
    moment = moment or timezone.now()
    zin = toelichting.strip()
    if voortgang not in (Voortgang.OP_SCHEMA, Voortgang.AANDACHT, Voortgang.VERTRAAGD):
        raise ValidationError({"voortgang": "Kies op schema, vraagt aandacht of vertraagd."})
    if not zin:
        raise ValidationError({"toelichting": "Schrijf in een zin hoe het gaat."})
    velden = {
        "voortgang": Voortgang(voortgang),
        "voortgang_op": timezone.localdate(moment),
        "voortgang_toelichting": zin,
        "voortgang_door": door,
    }
    wijzig(maatregel, velden, versie=versie, moment=moment)


def markeer_behaald(
    mijlpaal: Mijlpaal,
    *,
    op: datetime.date,
    bewijs: str,
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> None:
    """Mark a milestone as reached on a day, with what shows it. Raises ValidationError or Verouderd."""
    moment = moment or timezone.now()
    fouten: dict[str, str] = {}
    if not bewijs.strip():
        fouten["bewijs"] = "Noem het besluit, de brief of de link waaruit blijkt dat dit klaar is."
    if op > timezone.localdate(moment):
        fouten["op"] = "De dag waarop het klaar was kan niet in de toekomst liggen."
    if fouten:
        raise ValidationError(fouten)
    wijzig(
        mijlpaal,
        {"behaald_op": op, "behaald_bewijs": bewijs.strip(), "behaald_door": door},
        versie=versie,
        moment=moment,
    )


def heropen_mijlpaal(mijlpaal: Mijlpaal, *, versie: int | None, moment: datetime.datetime | None = None) -> None:
    """Take back that a milestone was reached; history keeps that it was said."""
    wijzig(mijlpaal, {"behaald_op": None, "behaald_bewijs": "", "behaald_door": None}, versie=versie, moment=moment)


def volg(maatregel: Maatregel, persoon: Persoon) -> None:
    """Begin to follow; following twice is following."""
    Volger.objects.get_or_create(maatregel=maatregel, persoon=persoon)


def ontvolg(maatregel: Maatregel, persoon: Persoon) -> None:
    """Stop following."""
    Volger.objects.filter(maatregel=maatregel, persoon=persoon).delete()


def zet_wetstraject(
    maatregel: Maatregel, velden: dict[str, Any], *, versie: int | None, moment: datetime.datetime | None = None
) -> Wetstraject:
    """Make or change the legal track of a measure. Raises Verouderd when somebody was first."""
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel(Maatregel.objects.all(), maatregel.pk, None)
        traject, nieuw = Wetstraject.objects.get_or_create(
            maatregel=rij, defaults={**velden, "aangemaakt_op": moment, "gewijzigd_op": moment}
        )
        if nieuw:
            raak(rij, moment)
        else:
            wijzig(traject, velden, versie=versie, moment=moment)
    return traject


def voeg_wetsstap_toe(
    traject: Wetstraject,
    *,
    fase: str,
    bereikt_op: datetime.date,
    bron: str,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> Wetsstap:
    """Note that a stage was reached. Raises ValidationError for a future day or one that is already there."""
    moment = moment or timezone.now()
    if bereikt_op > timezone.localdate(moment):
        raise ValidationError({"bereikt_op": "Deze dag ligt in de toekomst; leg een fase vast als zij is bereikt."})
    with transaction.atomic():
        vergrendel(Wetstraject.objects.all(), traject.pk, None)
        if traject.stappen.filter(fase=fase, bereikt_op=bereikt_op).exists():
            raise ValidationError({"fase": "Deze fase is op deze dag al vastgelegd."})
        stap = Wetsstap.objects.create(
            wetstraject=traject, fase=fase, bereikt_op=bereikt_op, bron=bron.strip(), door=door
        )
        raak(traject.maatregel, moment)
    return stap


def leg_opvolging_vast(
    van: Maatregel,
    naar: Maatregel,
    soort: str,
    *,
    toelichting: str,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> Opvolging:
    """Say how a measure lives on in a later one. Raises ValidationError when that cannot be."""
    moment = moment or timezone.now()
    if van.pk == naar.pk:
        raise ValidationError({"naar": "Een maatregel kan zichzelf niet opvolgen."})
    if naar.geldt_vanaf < van.geldt_vanaf:
        raise ValidationError({"naar": "De opvolger is ouder dan deze maatregel."})
    with transaction.atomic():
        vergrendel(Maatregel.objects.all(), van.pk, None)
        if Opvolging.objects.filter(van=van, naar=naar).exists():
            raise ValidationError({"naar": "Deze opvolging is al vastgelegd."})
        opvolging = Opvolging.objects.create(
            van=van, naar=naar, soort=soort, toelichting=toelichting.strip(), door=door, vastgelegd_op=moment
        )
        raak(van, moment)
        raak(naar, moment)
    return opvolging


def maak_indicator(velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Indicator:
    """A new thing to measure."""
    moment = moment or timezone.now()
    return Indicator.objects.create(**velden, aangemaakt_op=moment, gewijzigd_op=moment)


def voeg_meting_toe(indicator: Indicator, velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Meting:
    """A figure with its source and day. Raises ValidationError when that source already gave one for that day."""
    moment = moment or timezone.now()
    with transaction.atomic():
        vergrendel(Indicator.objects.all(), indicator.pk, None)
        if indicator.metingen.filter(peildatum=velden["peildatum"], bron=velden["bron"]).exists():
            raise ValidationError({"bron": "Van deze bron is er al een cijfer op deze dag."})
        return Meting.objects.create(indicator=indicator, aangemaakt_op=moment, gewijzigd_op=moment, **velden)


def stel_doelwaarde(indicator: Indicator, velden: dict[str, Any], *, door: Persoon) -> Doelwaarde:
    """A new target: a decision with a reason; the former one stays."""
    return Doelwaarde.objects.create(indicator=indicator, door=door, **velden)
