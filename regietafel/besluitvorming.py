"""Lines of minutes: what was said, decided, promised and shown at a point; making, correcting and removing them.

Each line carries a key chosen by who typed it: sent twice, also when the first answer was lost, it makes one line. Each
correction carries the version that was looked at. Only while the minutes are open: see notulen.
"""

import datetime
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from maatregelen.models import Maatregel, Organisatie, Persoon
from maatregelen.statuswissel import wijzig_status
from maatregelen.termijninvoer import velden_van
from maatregelen.versiebewaking import Verouderd, om_de_beurt, vergrendel
from regietafel.models import (
    DOOR_DE_TAFEL,
    Actiepunt,
    Actiesoort,
    Actiestand,
    Agendapunt,
    Besluit,
    Besluitsoort,
    Inbreng,
    Inbrengsoort,
    Terugkoppeling,
    Terugkoppelstand,
    Trend,
    Vergadercijfer,
    Vergadering,
)
from regietafel.notulen import (
    Regel,
    VerslagGesloten,
    Verwijderd,
    houd_open,
    houd_vast,
    is_verwijderd,
    volgende_plaats,
)

R = TypeVar("R", Inbreng, Besluit, Actiepunt, Vergadercijfer, Trend)

# What somebody was asked, offered to do, or is expected to do is not agreed on.
NIET_AFGESPROKEN = (Actiesoort.VERZOEK, Actiesoort.AANBOD, Actiesoort.VERWACHTING)
TERMIJNVELDEN = (
    "termijn_tekst", "peildatum", "begin", "einde", "precisie", "relatie", "herhaling", "duur", "gebeurtenis",
)  # fmt: skip
# Nothing has happened to it yet, so that removing it loses nothing.
ONAANGEROERD = (Terugkoppelstand.OPEN, Terugkoppelstand.NIET_NODIG)
LENGTE_STAM = 50
LANGSTE_ZIN = 300

ANDER_VERSLAG = "Deze regel hoort bij een andere vergadering. Laad de pagina opnieuw."
AL_VERDER = "Hierop is al voortgebouwd ({waardoor}). Er is niets {gedaan}."
ACTIE_LOOPT = "Deze actie is al gemeld, overgedragen of verzet. Wijzig haar op haar eigen pagina."


@dataclass(frozen=True)
class Statuszet:
    """The status that a decision gives a measure; `per` is the day it takes effect (default: that of the meeting)."""

    maatregel: Maatregel
    naar: str
    toelichting: str = ""
    per: datetime.date | None = None


def _controleer(**teksten: str) -> dict[str, str]:
    """The texts, trimmed; raises ValidationError for each that is empty."""
    schoon = {naam: tekst.strip() for naam, tekst in teksten.items()}
    if leeg := {naam: "Vul dit in." for naam, tekst in schoon.items() if not tekst}:
        raise ValidationError(leeg)
    return schoon


def _begin(model: type[R], agendapunt: Agendapunt, sleutel: uuid.UUID) -> tuple[Vergadering, R | None]:
    """The meeting, held, and the line that was made with this key before; that is also answered of closed minutes.

    Raises VerslagGesloten, Verwijderd, or ValidationError: the line is another meeting's.
    """
    vergadering = houd_vast(agendapunt.vergadering_id)
    regel = model._default_manager.select_related("agendapunt").filter(sleutel=sleutel).first()
    if regel is None:
        if vergadering.is_gesloten:
            raise VerslagGesloten
        if is_verwijderd(model, sleutel):
            raise Verwijderd
    elif regel.agendapunt.vergadering_id != vergadering.pk:
        raise ValidationError(ANDER_VERSLAG)
    return vergadering, regel


def _leg_vast(
    model: type[R], agendapunt: Agendapunt, sleutel: uuid.UUID, moment: datetime.datetime, velden: dict[str, Any]
) -> R:
    return model._default_manager.create(
        agendapunt=agendapunt,
        sleutel=sleutel,
        volgorde=volgende_plaats(agendapunt),
        aangemaakt_op=moment,
        gewijzigd_op=moment,
        **velden,
    )


def _zet_maatregelen(regel: Inbreng | Actiepunt | Vergadercijfer, maatregelen: Iterable[Maatregel]) -> bool:
    """Make these the measures of a line; answers whether that changed anything."""
    nu, straks = {m.pk for m in regel.maatregelen.all()}, {m.pk for m in maatregelen}
    if nu != straks:
        regel.maatregelen.set(straks)
    return nu != straks


def _werk_bij(
    regel: R, velden: dict[str, Any], *, versie: int, moment: datetime.datetime, maatregelen: Sequence[Maatregel] | None
) -> R:
    """Write what differs, and its measures. An older version that would change nothing is no conflict: so a correction
    whose answer was lost can be sent again. Raises Verwijderd, VerslagGesloten or Verouderd.
    """
    houd_open(regel.agendapunt.vergadering_id)
    try:
        rij = vergrendel(type(regel)._default_manager.all(), regel.pk, None)
    except type(regel).DoesNotExist:
        raise Verwijderd from None
    anders = [naam for naam, waarde in velden.items() if getattr(rij, naam) != waarde]
    if maatregelen is not None:
        zelfde = set(_codes(rij)) == {m.code for m in maatregelen}
        anders += [] if zelfde else ["maatregelen"]
    if not anders:
        return rij
    if rij.versie != versie:
        raise Verouderd(rij.versie)
    if maatregelen is not None and "maatregelen" in anders:
        if isinstance(rij, Besluit):
            _zet_terugkoppelingen(rij, maatregelen, moment)
        elif not isinstance(rij, Trend):
            _zet_maatregelen(rij, maatregelen)
    gewijzigd: list[str] = [naam for naam in anders if naam != "maatregelen"]
    for naam in gewijzigd:
        setattr(rij, naam, velden[naam])
    rij.versie += 1
    rij.gewijzigd_op = moment
    rij.save(update_fields=[*gewijzigd, "versie", "gewijzigd_op"])
    if isinstance(rij, Besluit) and "soort" in gewijzigd:
        rij.terugkoppelingen.filter(stand__in=ONAANGEROERD).update(stand=_beginstand(rij.soort), gewijzigd_op=moment)
    return rij


def _codes(regel: Regel) -> list[str]:
    """The codes of the measures of a line."""
    if isinstance(regel, Trend):
        return []
    if isinstance(regel, Besluit):
        rijen = regel.terugkoppelingen.exclude(maatregel=None)
        return list(rijen.order_by().values_list("maatregel__code", flat=True))
    return list(regel.maatregelen.order_by().values_list("code", flat=True))


def _volgende_code(model: type[Besluit] | type[Actiepunt], vergadering: Vergadering, letter: str) -> str:
    """The next code of a meeting, such as lrt-2025-03-19-b09. A number is never given out twice, also not the one of a
    line that was removed: history keeps it.
    """
    naam = re.sub(r"[^0-9a-z]+", "-", vergadering.slug.lower()).strip("-")[:LENGTE_STAM].rstrip("-")
    stam = f"{naam or 'vergadering'}-{letter}"
    # Two meetings may share a stem, so the stem is what people take turns for, not the meeting.
    om_de_beurt(f"code {stam}")
    historie: Any = model.pgh_event_model.objects  # type: ignore[union-attr]
    codes = {
        *model._default_manager.filter(code__startswith=stam).order_by().values_list("code", flat=True),
        *historie.filter(code__startswith=stam).values_list("code", flat=True),
    }
    nummers = [int(rest) for code in codes if (rest := code.removeprefix(stam)).isdecimal()]
    return f"{stam}{1 + max(nummers, default=0):02d}"


# What was said


def _inbrengvelden(
    soort: str, tekst: str, organisatie: Organisatie | None, spreker: str, *, is_open: bool
) -> dict[str, Any]:
    if soort not in Inbrengsoort.values:
        raise ValidationError({"soort": "Kies wat voor inbreng dit is."})
    velden = _controleer(tekst=tekst)
    if organisatie is None and not spreker.strip():
        raise ValidationError({"organisatie": "Schrijf wie dit inbracht."})
    return {
        **velden,
        "soort": soort,
        "organisatie": organisatie,
        "spreker": spreker.strip(),
        "is_open": is_open and soort == Inbrengsoort.VRAAG,
    }


def leg_inbreng_vast(
    agendapunt: Agendapunt,
    *,
    sleutel: uuid.UUID,
    soort: str,
    tekst: str,
    organisatie: Organisatie | None = None,
    spreker: str = "",
    is_open: bool = False,
    maatregelen: Sequence[Maatregel] = (),
    moment: datetime.datetime | None = None,
) -> Inbreng:
    """Note what somebody said; with a key that was used before, the line that was made then.

    Raises ValidationError per field, VerslagGesloten, or Verwijderd.
    """
    moment = moment or timezone.now()
    velden = _inbrengvelden(soort, tekst, organisatie, spreker, is_open=is_open)
    with transaction.atomic():
        _, regel = _begin(Inbreng, agendapunt, sleutel)
        if regel is None:
            regel = _leg_vast(Inbreng, agendapunt, sleutel, moment, velden)
            _zet_maatregelen(regel, maatregelen)
    return regel


def wijzig_inbreng(
    inbreng: Inbreng,
    *,
    versie: int,
    soort: str,
    tekst: str,
    organisatie: Organisatie | None = None,
    spreker: str = "",
    is_open: bool = False,
    maatregelen: Sequence[Maatregel] = (),
    moment: datetime.datetime | None = None,
) -> Inbreng:
    """Correct what was noted. Raises ValidationError, VerslagGesloten, Verwijderd or Verouderd."""
    velden = _inbrengvelden(soort, tekst, organisatie, spreker, is_open=is_open)
    with transaction.atomic():
        return _werk_bij(inbreng, velden, versie=versie, moment=moment or timezone.now(), maatregelen=maatregelen)


# What was decided


def _besluitvelden(soort: str, tekst: str) -> dict[str, Any]:
    if soort not in Besluitsoort.values:
        raise ValidationError({"soort": "Kies besluit, procedureafspraak of mededeling."})
    return {**_controleer(tekst=tekst), "soort": soort}


def _beginstand(soort: str) -> Terugkoppelstand:
    return Terugkoppelstand.OPEN if soort in DOOR_DE_TAFEL else Terugkoppelstand.NIET_NODIG


def _zet_terugkoppelingen(besluit: Besluit, maatregelen: Iterable[Maatregel], moment: datetime.datetime) -> None:
    """One row per measure, or one without a measure. Raises ValidationError for a row that has a life by now."""
    straks: set[int | None] = {maatregel.pk for maatregel in maatregelen} or {None}
    nu = {rij.maatregel_id: rij for rij in besluit.terugkoppelingen.order_by("pk").select_for_update(of=("self",))}
    for sleutel in nu.keys() - straks:
        _verwijder_terugkoppeling(nu[sleutel])
    Terugkoppeling.objects.bulk_create(
        Terugkoppeling(
            besluit=besluit,
            maatregel_id=sleutel,
            stand=_beginstand(besluit.soort),
            aangemaakt_op=moment,
            gewijzigd_op=moment,
        )
        for sleutel in sorted(straks - nu.keys(), key=lambda pk: pk or 0)
    )


def _verwijder_terugkoppeling(rij: Terugkoppeling) -> None:
    waarover = f"terugkoppeling over {rij.maatregel.code}" if rij.maatregel else "een terugkoppeling"
    if rij.stand not in ONAANGEROERD:
        raise ValidationError(AL_VERDER.format(waardoor=waarover, gedaan="gewijzigd"))
    try:
        rij.delete()
    except ProtectedError:
        raise ValidationError(AL_VERDER.format(waardoor=waarover, gedaan="gewijzigd")) from None


def leg_besluit_vast(
    agendapunt: Agendapunt,
    *,
    sleutel: uuid.UUID,
    soort: str,
    tekst: str,
    maatregelen: Sequence[Maatregel] = (),
    statuszet: Statuszet | None = None,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> Besluit:
    """Record a decision with its code and what is to be reported back: one row per measure, or one without.

    A `statuszet` also moves a measure, through the one writer; the caller asked for that right. With a key that was
    used before it answers what was made then and moves nothing again. Raises ValidationError per field,
    OngeldigeOvergang, VerslagGesloten, or Verwijderd; then nothing at all was kept.
    """
    moment = moment or timezone.now()
    velden = _besluitvelden(soort, tekst)
    if statuszet is not None and soort != Besluitsoort.BESLUIT:
        raise ValidationError({"status_naar": "Alleen een besluit van de tafel wijzigt een status."})
    with transaction.atomic():
        vergadering, besluit = _begin(Besluit, agendapunt, sleutel)
        if besluit is not None:
            return besluit
        velden["code"] = _volgende_code(Besluit, vergadering, "b")
        besluit = _leg_vast(Besluit, agendapunt, sleutel, moment, velden)
        over = [*maatregelen, *([statuszet.maatregel] if statuszet else [])]
        _zet_terugkoppelingen(besluit, over, moment)
        if statuszet is not None:
            _zet_status(besluit, vergadering, statuszet, door, moment)
    return besluit


def _zet_status(
    besluit: Besluit, vergadering: Vergadering, zet: Statuszet, door: Persoon, moment: datetime.datetime
) -> None:
    """Move the measure per the day of the meeting; one that is still to come cannot have moved anything yet."""
    vandaag = timezone.localdate(moment)
    zin = zet.toelichting.strip() or besluit.tekst
    zin = zin if len(zin) <= LANGSTE_ZIN else f"{zin[: LANGSTE_ZIN - 1].rstrip()}…"
    per = zet.per or max(min(vergadering.datum or vandaag, vandaag), zet.maatregel.geldt_vanaf)
    try:
        wijzig_status(
            zet.maatregel,
            zet.naar,
            door=door,
            toelichting=f"Besluit {besluit.code} van {vergadering.titel}: {zin}",
            per=per,
            moment=moment,
        )
    except ValidationError as fout:
        plaats = {"per": "status_per"}
        raise ValidationError({plaats.get(v, "status_naar"): e for v, e in fout.message_dict.items()}) from fout


def wijzig_besluit(
    besluit: Besluit,
    *,
    versie: int,
    soort: str,
    tekst: str,
    maatregelen: Sequence[Maatregel] = (),
    moment: datetime.datetime | None = None,
) -> Besluit:
    """Correct a decision; its code stays. A status that it moved stays as it is: a correction is a move of its own.

    Raises ValidationError (also when one of its measures was reported on), VerslagGesloten, Verwijderd or Verouderd.
    """
    velden = _besluitvelden(soort, tekst)
    with transaction.atomic():
        return _werk_bij(besluit, velden, versie=versie, moment=moment or timezone.now(), maatregelen=maatregelen)


# What was promised


def _actievelden(
    peildag: datetime.date,
    *,
    soort: str,
    wat: str,
    organisatie: Organisatie | None,
    wie_tekst: str,
    termijn_tekst: str,
    andere_lezing: bool,
    voor_vergadering: Vergadering | None,
) -> dict[str, Any]:
    if soort not in Actiesoort.values:
        raise ValidationError({"soort": "Kies wat voor actie dit is."})
    termijn: dict[str, Any] = dict.fromkeys(TERMIJNVELDEN, "")
    termijn |= {"begin": None, "einde": None, "peildatum": peildag}
    if woorden := termijn_tekst.strip():
        termijn |= velden_van(woorden, peildag, ander=andere_lezing)
    return {
        **_controleer(wat=wat),
        **termijn,
        "soort": soort,
        "is_afgesproken": soort not in NIET_AFGESPROKEN,
        "organisatie": organisatie,
        "wie_tekst": wie_tekst.strip(),
        "voor_vergadering": voor_vergadering,
    }


def leg_actie_vast(
    agendapunt: Agendapunt,
    *,
    sleutel: uuid.UUID,
    wat: str,
    soort: str = Actiesoort.ACTIE,
    organisatie: Organisatie | None = None,
    wie_tekst: str = "",
    termijn_tekst: str = "",
    andere_lezing: bool = False,
    voor_vergadering: Vergadering | None = None,
    maatregelen: Sequence[Maatregel] = (),
    moment: datetime.datetime | None = None,
) -> Actiepunt:
    """Note what is to be done, by whom (or nobody yet) and by when in words, counted from the day of the meeting.

    `andere_lezing`: of two judgements of the words the second was meant. With a key that was used before it answers
    what was made then. Raises ValidationError per field, VerslagGesloten, or Verwijderd.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        vergadering, regel = _begin(Actiepunt, agendapunt, sleutel)
        if regel is None:
            velden = _actievelden(
                vergadering.datum or timezone.localdate(moment),
                soort=soort,
                wat=wat,
                organisatie=organisatie,
                wie_tekst=wie_tekst,
                termijn_tekst=termijn_tekst,
                andere_lezing=bool(andere_lezing),
                voor_vergadering=voor_vergadering,
            )
            velden["code"] = _volgende_code(Actiepunt, vergadering, "a")
            regel = _leg_vast(Actiepunt, agendapunt, sleutel, moment, velden)
            _zet_maatregelen(regel, maatregelen)
    return regel


def wijzig_actie(
    actie: Actiepunt,
    *,
    versie: int,
    wat: str,
    soort: str = Actiesoort.ACTIE,
    organisatie: Organisatie | None = None,
    wie_tekst: str = "",
    termijn_tekst: str = "",
    andere_lezing: bool | None = None,
    voor_vergadering: Vergadering | None = None,
    maatregelen: Sequence[Maatregel] = (),
    moment: datetime.datetime | None = None,
) -> Actiepunt:
    """Correct what was noted. Once somebody reported on it, handed it over or moved it, its own page is the place.
    The same words, without a choice between judgements, leave the days as they are, however they were given.

    Raises ValidationError per field, VerslagGesloten, Verwijderd or Verouderd.
    """
    velden = _actievelden(
        actie.peildatum,
        soort=soort,
        wat=wat,
        organisatie=organisatie,
        wie_tekst=wie_tekst,
        termijn_tekst=termijn_tekst,
        andere_lezing=bool(andere_lezing),
        voor_vergadering=voor_vergadering,
    )
    if andere_lezing is None and termijn_tekst.strip() == actie.termijn_tekst:
        velden = {naam: waarde for naam, waarde in velden.items() if naam not in TERMIJNVELDEN}
    with transaction.atomic():
        houd_open(actie.agendapunt.vergadering_id)
        _controleer_begin(actie)
        return _werk_bij(actie, velden, versie=versie, moment=moment or timezone.now(), maatregelen=maatregelen)


def _controleer_begin(actie: Actiepunt) -> None:
    """Raise ValidationError when an action has a history of its own; the row is held until the transaction ends."""
    stand = Actiepunt.objects.select_for_update(of=("self",)).filter(pk=actie.pk).values_list("stand", flat=True)
    if stand and (stand[0] != Actiestand.OPEN or actie.wijzigingen.exists()):
        raise ValidationError(ACTIE_LOOPT)


# What was shown


def leg_cijfer_vast(
    agendapunt: Agendapunt,
    *,
    sleutel: uuid.UUID,
    naam: str,
    waarde: Decimal,
    eenheid: str = "",
    vorige_waarde: Decimal | None = None,
    maatregelen: Sequence[Maatregel] = (),
    moment: datetime.datetime | None = None,
) -> Vergadercijfer:
    """Note a figure, with the value it replaces where one was named; no figure is not 0.

    With a key that was used before it answers what was made then. Raises ValidationError, VerslagGesloten or
    Verwijderd.
    """
    moment = moment or timezone.now()
    velden = {**_controleer(naam=naam), "waarde": waarde, "eenheid": eenheid.strip(), "vorige_waarde": vorige_waarde}
    with transaction.atomic():
        _, regel = _begin(Vergadercijfer, agendapunt, sleutel)
        if regel is None:
            regel = _leg_vast(Vergadercijfer, agendapunt, sleutel, moment, velden)
            _zet_maatregelen(regel, maatregelen)
    return regel


def wijzig_cijfer(
    cijfer: Vergadercijfer,
    *,
    versie: int,
    naam: str,
    waarde: Decimal,
    eenheid: str = "",
    vorige_waarde: Decimal | None = None,
    maatregelen: Sequence[Maatregel] = (),
    moment: datetime.datetime | None = None,
) -> Vergadercijfer:
    """Correct a figure. Raises ValidationError, VerslagGesloten, Verwijderd or Verouderd."""
    if cijfer.waarde_tot is not None and cijfer.waarde_tot < waarde:
        raise ValidationError({"waarde": f"Dit cijfer loopt tot {cijfer.waarde_tot}; de waarde kan niet hoger zijn."})
    velden = {**_controleer(naam=naam), "waarde": waarde, "eenheid": eenheid.strip(), "vorige_waarde": vorige_waarde}
    with transaction.atomic():
        return _werk_bij(cijfer, velden, versie=versie, moment=moment or timezone.now(), maatregelen=maatregelen)


def leg_trend_vast(
    agendapunt: Agendapunt,
    *,
    sleutel: uuid.UUID,
    onderwerp: str,
    duiding: str,
    moment: datetime.datetime | None = None,
) -> Trend:
    """Note in words how something goes. Raises ValidationError, VerslagGesloten or Verwijderd."""
    velden: dict[str, Any] = dict(_controleer(onderwerp=onderwerp, duiding=duiding))
    with transaction.atomic():
        _, regel = _begin(Trend, agendapunt, sleutel)
        if regel is None:
            regel = _leg_vast(Trend, agendapunt, sleutel, moment or timezone.now(), velden)
    return regel


def wijzig_trend(
    trend: Trend, *, versie: int, onderwerp: str, duiding: str, moment: datetime.datetime | None = None
) -> Trend:
    """Correct a trend. Raises ValidationError, VerslagGesloten, Verwijderd or Verouderd."""
    velden: dict[str, Any] = dict(_controleer(onderwerp=onderwerp, duiding=duiding))
    with transaction.atomic():
        return _werk_bij(trend, velden, versie=versie, moment=moment or timezone.now(), maatregelen=None)


def verwijder_regel(regel: Regel, *, versie: int) -> None:
    """Remove a line, while the minutes are open; history keeps it, and its code is not given out again.

    A status that a decision moved stays as it is. Raises VerslagGesloten, Verouderd, Verwijderd (somebody was first),
    or ValidationError when something already builds on it.
    """
    with transaction.atomic():
        houd_open(regel.agendapunt.vergadering_id)
        try:
            rij = vergrendel(type(regel)._default_manager.all(), regel.pk, versie)
        except type(regel).DoesNotExist:
            raise Verwijderd from None
        if isinstance(rij, Actiepunt):
            _controleer_begin(rij)
        if isinstance(rij, Besluit):
            for terugkoppeling in rij.terugkoppelingen.select_related("maatregel"):
                _verwijder_terugkoppeling(terugkoppeling)
        try:
            rij.delete()
        except ProtectedError:
            raise ValidationError(AL_VERDER.format(waardoor="iets verwijst ernaar", gedaan="verwijderd")) from None
