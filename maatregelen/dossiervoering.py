"""Keeping the dossier: making and changing agendas, sections and measures, and what owners report.

Every change takes the version the person looked at; a field is only written when it really changes, so that history,
version and `gewijzigd_op` tell of content and of nothing else. Status is not changed here: see statuswissel; nor are
milestones: see mijlpaalvoering.
"""

import datetime
import re
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.betrokkenheid import erf_bij_begin, raak, zet_pijlerverantwoordelijken
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    BetrokkenheidRol,
    Herkomst,
    Maatregel,
    Mijlpaal,
    Opvolging,
    Organisatie,
    Persoon,
    Pijler,
    Status,
    Statuswijziging,
    Volger,
    Voortgang,
    Wetstraject,
)
from maatregelen.models.grondslag import Dossierstuk
from maatregelen.versiebewaking import om_de_beurt, vergrendel

LENGTE_CODE = 40

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
    """A new agenda, kept by `houder` (None: by the secretariaat). Raises ValidationError when its address is taken."""
    moment = moment or timezone.now()
    with transaction.atomic():
        om_de_beurt(f"agenda {velden['slug']}")
        if Agenda.objects.filter(slug=velden["slug"]).exists():
            raise ValidationError({"slug": "Er is al een agenda met deze adresnaam."})
        return Agenda.objects.create(**velden, houder=houder, aangemaakt_op=moment, gewijzigd_op=moment)


def _controleer_bovenliggend(stuk: Pijler | Maatregel | None, bovenliggend: Pijler | Maatregel | None) -> None:
    """Raise ValidationError when this would be part of itself, or of a part of itself.

    The caller holds the lock of the agenda, so that nobody else moves a part meanwhile.
    """
    if stuk is None or bovenliggend is None:
        return
    hoger: int | None = bovenliggend.pk
    gezien: set[int] = set()
    while hoger is not None and hoger not in gezien:
        if hoger == stuk.pk:
            raise ValidationError({"bovenliggend": "Dit valt zelf al onder dit onderdeel; kies een ander."})
        gezien.add(hoger)
        hoger = type(stuk)._default_manager.filter(pk=hoger).values_list("bovenliggend_id", flat=True).first()


def maak_pijler(
    agenda: Agenda,
    velden: dict[str, Any],
    *,
    verantwoordelijken: list[Organisatie] | None = None,
    door: Persoon | None = None,
    moment: datetime.datetime | None = None,
) -> Pijler:
    """A new section, last in its agenda, with its responsible organisations (set by `door`).

    An empty number becomes the next whole one. Raises ValidationError: the number is taken, the same title is there
    already, the section above it belongs to another agenda, or an organisation cannot be responsible.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel(Agenda.objects.all(), agenda.pk, None)
        bestaand = list(rij.pijlers.all())
        nummer = velden.get("nummer") or str(
            1 + max((int(p.nummer) for p in bestaand if p.nummer.isdecimal()), default=0)
        )
        if any(p.nummer.lower() == nummer.lower() for p in bestaand):
            raise ValidationError({"nummer": f"Nummer {nummer} bestaat al in deze agenda."})
        boven = velden.get("bovenliggend")
        if boven is not None and boven.agenda_id != rij.pk:
            raise ValidationError({"bovenliggend": "Kies een pijler van dezelfde agenda."})
        if any(p.titel == velden["titel"] and p.bovenliggend_id == (boven.pk if boven else None) for p in bestaand):
            raise ValidationError({"titel": "Er is hier al een pijler met deze titel."})
        pijler = Pijler.objects.create(
            **{**velden, "nummer": nummer},
            agenda=rij,
            volgorde=1 + max((p.volgorde for p in bestaand), default=-1),
            aangemaakt_op=moment,
            gewijzigd_op=moment,
        )
        if verantwoordelijken and door is not None:
            zet_pijlerverantwoordelijken(pijler, verantwoordelijken, door=door, moment=moment)
    return pijler


def wijzig_pijler(
    pijler: Pijler,
    velden: dict[str, Any],
    *,
    verantwoordelijken: list[Organisatie],
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> bool:
    """Change a section and who is responsible for it; answers whether anything changed.

    Raises Verouderd, or ValidationError: a section above it that is part of it, or an organisation that cannot be
    responsible.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        vergrendel(Agenda.objects.all(), pijler.agenda_id, None)
        _controleer_bovenliggend(pijler, velden.get("bovenliggend"))
        anders = wijzig(pijler, velden, versie=versie, moment=moment)
        return zet_pijlerverantwoordelijken(pijler, verantwoordelijken, door=door, moment=moment) or bool(anders)


def _volgende_code(pijler: Pijler) -> str:
    """The code after the highest ever used in the section; a code is never used twice.

    Raises ValidationError when it would not fit.
    """
    stam = f"{pijler.agenda.slug}-{re.sub(r'[^0-9a-z]+', '-', pijler.nummer.lower()).strip('-')}-"
    # Two sections may share a stem ("1.1" and "1-1"), so the stem is what people take turns for, not the section.
    om_de_beurt(f"code {stam}")
    nummers = [
        int(code.removeprefix(stam))
        for code in Maatregel.objects.filter(code__startswith=stam).values_list("code", flat=True)
        if code.removeprefix(stam).isdecimal()
    ]
    code = f"{stam}{1 + max(nummers, default=0):02d}"
    if len(code) > LENGTE_CODE:
        raise ValidationError(f"De code {code} wordt te lang. De adresnaam van de agenda is te lang voor nieuwe codes.")
    return code


def maak_maatregel(
    pijler: Pijler,
    velden: dict[str, Any],
    *,
    door: Persoon,
    trekker: Organisatie | None = None,
    moment: datetime.datetime | None = None,
) -> Maatregel:
    """A new measure, last in its section, with its first row of history and what it inherits from the heading.

    It holds since `geldt_vanaf`, by default the day of its agenda, never a day to come. Raises ValidationError per
    field: a day in the future, a measure above it in another agenda, or a title that the section has already.
    """
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    with transaction.atomic():
        # Locking the section gives each measure its own place in it.
        rij = vergrendel(Pijler.objects.select_related("agenda"), pijler.pk, None)
        velden = {**velden, "geldt_vanaf": velden.get("geldt_vanaf") or min(rij.agenda.geldt_vanaf, vandaag)}
        boven = velden.get("bovenliggend")
        if velden["geldt_vanaf"] > vandaag:
            raise ValidationError({"geldt_vanaf": "Kies vandaag of een eerdere dag."})
        if boven is not None and boven.pijler.agenda_id != rij.agenda_id:
            raise ValidationError({"bovenliggend": "Kies een maatregel van dezelfde agenda."})
        if zelfde := rij.maatregelen.filter(titel=velden["titel"], bovenliggend=boven).first():
            raise ValidationError({"titel": f"Deze pijler heeft al een maatregel met deze titel: {zelfde.code}."})
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
        erf_bij_begin(maatregel, door=door, moment=moment)
        if trekker is not None and not Betrokkenheid.objects.trekkers().filter(
            maatregel=maatregel, organisatie=trekker
        ):
            Betrokkenheid.objects.create(
                maatregel=maatregel,
                organisatie=trekker,
                rol=BetrokkenheidRol.VERANTWOORDELIJK,
                herkomst=Herkomst.TOEGEWEZEN,
                volgorde=maatregel.betrokkenheden.count(),
                vanaf=maatregel.geldt_vanaf,
                reden="Ingevoerd door deze organisatie.",
                door=door,
            )
    return maatregel


def wijzig_maatregel(
    maatregel: Maatregel, velden: dict[str, Any], *, versie: int | None, moment: datetime.datetime | None = None
) -> list[str]:
    """Change what a measure says and answer which fields changed.

    Code, section, status and the day since which it holds stay: they carry its address and its history. Raises
    Verouderd, or ValidationError for a measure above it that is of another agenda or part of it.
    """
    with transaction.atomic():
        vergrendel(Agenda.objects.all(), maatregel.pijler.agenda_id, None)
        boven = velden.get("bovenliggend")
        if boven is not None and boven.pijler.agenda_id != maatregel.pijler.agenda_id:
            raise ValidationError({"bovenliggend": "Kies een maatregel van dezelfde agenda."})
        _controleer_bovenliggend(maatregel, boven)
        return wijzig(maatregel, velden, versie=versie, moment=moment)


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


def volg(maatregel: Maatregel, persoon: Persoon) -> None:
    """Begin to follow; following twice is following."""
    Volger.objects.get_or_create(maatregel=maatregel, persoon=persoon)


def ontvolg(maatregel: Maatregel, persoon: Persoon) -> None:
    """Stop following."""
    Volger.objects.filter(maatregel=maatregel, persoon=persoon).delete()


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
        raise ValidationError({"ander": "Een maatregel kan zichzelf niet opvolgen."})
    if naar.geldt_vanaf < van.geldt_vanaf:
        raise ValidationError(
            {"ander": f"{naar.code} is ouder dan {van.code}: een maatregel leeft voort in een latere, niet andersom."}
        )
    with transaction.atomic():
        # Always in the same order, so that two people at once wait for each other instead of for ever.
        for sleutel in sorted((van.pk, naar.pk)):
            vergrendel(Maatregel.objects.all(), sleutel, None)
        if Opvolging.objects.filter(van=van, naar=naar).exists():
            raise ValidationError({"ander": "Deze opvolging is al vastgelegd."})
        if Opvolging.objects.filter(van=naar, naar=van).exists():
            raise ValidationError({"ander": "Het omgekeerde is al vastgelegd."})
        opvolging = Opvolging.objects.create(
            van=van, naar=naar, soort=soort, toelichting=toelichting.strip(), door=door, vastgelegd_op=moment
        )
        raak(van, moment)
        raak(naar, moment)
    return opvolging


def neem_opvolging_terug(opvolging: Opvolging, *, moment: datetime.datetime | None = None) -> None:
    """Take back that one measure lives on in another; history keeps that it was said."""
    moment = moment or timezone.now()
    with transaction.atomic():
        for maatregel in (opvolging.van, opvolging.naar):
            raak(maatregel, moment)
        Opvolging.objects.filter(pk=opvolging.pk).delete()
