"""From planned to adopted: making meetings, and the only writer of Vergadering.staat.

Each step is a row with its day, so that a past day can be answered. Minutes that were adopted are closed: nothing of
the meeting changes any more, here nor in the database.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from maatregelen.dossiervoering import wijzig
from maatregelen.models import Persoon
from maatregelen.models.grondslag import Dossierstuk
from maatregelen.statuswissel import OngeldigeOvergang
from maatregelen.versiebewaking import om_de_beurt, vergrendel
from regietafel.models import GEWEEST, Reeks, Staatwijziging, Vergadering, Vergaderstaat

# Why these: the papers follow the meeting in this order. A step back is for what people mark too early: an agenda that
# is withdrawn, a meeting that was moved, minutes that go back to the drawing board. Adoption is the table's own act and
# has no way back: what is wrong then is said in an addendum.
OVERGANGEN: dict[Vergaderstaat, tuple[Vergaderstaat, ...]] = {
    Vergaderstaat.GEPLAND: (Vergaderstaat.AGENDA_VERZONDEN,),
    Vergaderstaat.AGENDA_VERZONDEN: (Vergaderstaat.GEHOUDEN, Vergaderstaat.GEPLAND),
    Vergaderstaat.GEHOUDEN: (Vergaderstaat.VERSLAG_CONCEPT, Vergaderstaat.AGENDA_VERZONDEN),
    Vergaderstaat.VERSLAG_CONCEPT: (Vergaderstaat.VERSLAG_VASTGESTELD, Vergaderstaat.GEHOUDEN),
    Vergaderstaat.VERSLAG_VASTGESTELD: (),
}
_PLAATS = {staat: nummer for nummer, staat in enumerate(Vergaderstaat)}

# Words in an address that lead to a page of their own.
GERESERVEERD = frozenset({"nieuw", "reeksen"})
LENGTE_ADRESNAAM = 80
VERWACHT_ZOLANG = datetime.timedelta(days=365)
GESLOTEN_ZIN = (
    "Het verslag van deze vergadering is vastgesteld. Er wijzigt niets meer aan; een verbetering komt als addendum."
)


class Gesloten(ValidationError):  # noqa: N818  it names what is so, as the user reads it
    """The minutes were adopted: nothing of this meeting can be changed; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(GESLOTEN_ZIN)


def toegestaan(staat: str) -> tuple[Vergaderstaat, ...]:
    """The states a meeting can move to from this one."""
    return OVERGANGEN[Vergaderstaat(staat)]


def is_terug(van: str, naar: str) -> bool:
    """Whether this move is a step back, which needs a reason."""
    return _PLAATS[Vergaderstaat(naar)] < _PLAATS[Vergaderstaat(van)]


def is_verlopen(vergadering: Vergadering, vandaag: datetime.date) -> bool:
    """Whether its day, or the time in which it was expected, has passed while nobody said that it was held.

    "A next meeting" is expected for a year: the table meets some four times in it.
    """
    dag = vergadering.datum or vergadering.schatting_tot
    if dag is None and vergadering.schatting_van is not None:
        dag = vergadering.schatting_van + VERWACHT_ZOLANG
    return not vergadering.is_geweest and dag is not None and dag < vandaag


def vergrendel_open(vergadering_id: int, versie: int | None = None) -> Vergadering:
    """The meeting, locked, with minutes that are not adopted; whoever changes something of it comes past here.

    Raises Verouderd for another version than the person saw, Gesloten when the minutes were adopted.
    """
    rij = vergrendel(Vergadering.objects.all(), vergadering_id, versie)
    if rij.is_gesloten:
        raise Gesloten
    return rij


def verhoog(stuk: Dossierstuk, moment: datetime.datetime, *velden: str) -> None:
    """Save these fields of a locked record as its next version."""
    stuk.versie += 1
    stuk.gewijzigd_op = moment
    stuk.save(update_fields=[*velden, "versie", "gewijzigd_op"])


def _adresnaam(velden: dict[str, Any]) -> str:
    """An address that is free: the table and the day, or its words while there is no day."""
    reeks: Reeks | None = velden.get("reeks")
    if velden.get("datum"):
        wanneer = velden["datum"].isoformat()
    else:
        wanneer = velden.get("datum_tekst", "")
        laatste = velden.get("schatting_tot") or velden.get("schatting_van")
        # The same words come back every year.
        if laatste is not None and str(laatste.year) not in wanneer:
            wanneer = f"{wanneer} {laatste.year}"
    stam = slugify(f"{reeks.afkorting if reeks else velden['titel']} {wanneer}")[: LENGTE_ADRESNAAM - 5].strip("-")
    stam = stam or "vergadering"
    om_de_beurt(f"vergadering {stam}")
    bezet = set(Vergadering.objects.filter(slug__startswith=stam).values_list("slug", flat=True)) | GERESERVEERD
    if stam not in bezet:
        return stam
    return next(naam for nummer in range(2, len(bezet) + 3) if (naam := f"{stam}-{nummer}") not in bezet)


def maak_vergadering(
    velden: dict[str, Any], *, door: Persoon | None, moment: datetime.datetime | None = None
) -> Vergadering:
    """A new planned meeting, known from today; its address follows from table and day and stays the same.

    Duration and place that were left open come from the series. Members and standing points are taken over apart: see
    deelname and agendering. Raises ValidationError without a day and without words.
    """
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    if not velden.get("datum") and not velden.get("datum_tekst", "").strip():
        raise ValidationError({"datum": "Kies een dag, of schrijf hieronder in woorden wanneer het ongeveer is."})
    reeks: Reeks | None = velden.get("reeks")
    if reeks is not None:
        velden = {
            **velden,
            "duur_minuten": velden.get("duur_minuten") or reeks.duur_minuten,
            "plaats": velden.get("plaats") or reeks.plaats,
        }
    with transaction.atomic():
        vergadering = Vergadering.objects.create(
            **{"bekend_vanaf": vandaag, **velden},
            slug=_adresnaam(velden),
            aangemaakt_op=moment,
            gewijzigd_op=moment,
        )
        Staatwijziging.objects.create(
            vergadering=vergadering,
            naar=Vergaderstaat.GEPLAND,
            per=vergadering.bekend_vanaf,
            toelichting="Gepland.",
            door=door,
            vastgelegd_op=moment,
        )
    return vergadering


def wijzig_vergadering(
    vergadering: Vergadering, velden: dict[str, Any], *, versie: int | None, moment: datetime.datetime | None = None
) -> list[str]:
    """Change what a meeting says of itself and answer which fields changed; its state is not changed here.

    Raises Verouderd, Gesloten, or ValidationError per field: no day and no words, or a day that its state or the
    minutes it adopted make impossible.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel_open(vergadering.pk, versie)
        datum = velden.get("datum", rij.datum)
        if datum is None and not velden.get("datum_tekst", rij.datum_tekst).strip():
            raise ValidationError({"datum": "Kies een dag, of schrijf hieronder in woorden wanneer het ongeveer is."})
        if rij.is_geweest:
            if datum is None:
                raise ValidationError({"datum": "De vergadering is gehouden; daar hoort een dag bij."})
            if datum > timezone.localdate(moment):
                raise ValidationError({"datum": "De vergadering is gehouden; kies vandaag of een eerdere dag."})
            if eerder := rij.stelde_vast.filter(datum__gte=datum).first():
                raise ValidationError(
                    {"datum": f"Deze vergadering stelde het verslag vast van {eerder}; kies een latere dag dan die."}
                )
        elif rij.staat == Vergaderstaat.AGENDA_VERZONDEN and datum is None:
            raise ValidationError({"datum": "De agenda is verzonden; daar hoort een dag bij."})
        return wijzig(vergadering, velden, versie=versie, moment=moment)


def mogelijke_vaststellers(vergadering: Vergadering) -> list[Vergadering]:
    """The later held meetings of the same table, which can have adopted these minutes; earliest first."""
    if vergadering.datum is None:
        return []
    return list(
        Vergadering.objects.geweest()
        .filter(datum__gt=vergadering.datum, reeks=vergadering.reeks_id)
        .order_by("datum", "id")
    )


def _controleer_stap(
    rij: Vergadering, naar: Vergaderstaat, *, reden: str, per: datetime.date, in_: Vergadering | None
) -> None:
    """Raise ValidationError, per field, for what this step still lacks."""
    fouten: dict[str, str] = {}
    if is_terug(rij.staat, naar):
        if not reden:
            fouten["toelichting"] = "Schrijf in een zin waarom u een stap teruggaat."
        if rij.is_geweest and naar not in GEWEEST and (ander := rij.stelde_vast.first()):
            fouten["staat"] = f"Deze vergadering stelde het verslag vast van {ander}; zij is dus gehouden."
    elif rij.datum is None:
        fouten["staat"] = "Deze vergadering heeft nog geen dag. Kies eerst de dag bij 'Gegevens wijzigen'."
    elif naar == Vergaderstaat.AGENDA_VERZONDEN and not rij.agendapunten.exists():
        fouten["staat"] = "Er staat nog niets op de agenda. Voeg eerst een agendapunt toe."
    elif naar != Vergaderstaat.AGENDA_VERZONDEN and per < rij.datum:
        fouten["per"] = f"De vergadering is op {rij.datum:%d-%m-%Y}; kies die dag of later."
    if naar == Vergaderstaat.VERSLAG_VASTGESTELD and not fouten:
        if in_ is None:
            fouten["vastgesteld_in"] = "Kies de vergadering die het verslag heeft vastgesteld."
        elif rij.datum is None or in_.datum is None or not in_.is_geweest or in_.datum <= rij.datum:
            fouten["vastgesteld_in"] = "Een verslag wordt vastgesteld door een latere vergadering die is gehouden."
        elif in_.reeks_id != rij.reeks_id:
            fouten["vastgesteld_in"] = "Een verslag wordt vastgesteld door een vergadering van dezelfde tafel."
        elif per < in_.datum:
            fouten["per"] = f"Die vergadering was op {in_.datum:%d-%m-%Y}; kies die dag of later."
    if fouten:
        raise ValidationError(fouten)


def wijzig_staat(
    vergadering: Vergadering,
    naar: str,
    *,
    door: Persoon | None,
    toelichting: str = "",
    per: datetime.date | None = None,
    vastgesteld_in: Vergadering | None = None,
    versie: int | None = None,
    moment: datetime.datetime | None = None,
) -> Staatwijziging:
    """Move a meeting to another state and answer the row that says so.

    `per`: the day it took effect (default today), never in the future. `vastgesteld_in`: the later meeting that adopted
    the minutes. Raises ValidationError per field, OngeldigeOvergang (no such move, or before the last one) or Verouderd
    (somebody was first); then nothing has changed.
    """
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    per = per or vandaag
    reden = toelichting.strip()
    if "\x00" in reden:
        raise ValidationError({"toelichting": "De toelichting bevat een teken dat niet kan worden bewaard."})
    if per > vandaag:
        raise ValidationError({"per": "Kies vandaag of een eerdere dag."})
    vast = vastgesteld_in if naar == Vergaderstaat.VERSLAG_VASTGESTELD else None
    with transaction.atomic():
        # Always in the same order, so that two people at once wait for each other instead of for ever.
        sloten = {
            sleutel: vergrendel(Vergadering.objects.all(), sleutel, versie if sleutel == vergadering.pk else None)
            for sleutel in sorted({vergadering.pk, *([vast.pk] if vast else [])})
        }
        rij = sloten[vergadering.pk]
        if naar not in toegestaan(rij.staat):
            mogelijk = ", ".join(staat.label for staat in toegestaan(rij.staat)) or "niets meer"
            label = Vergaderstaat(naar).label if naar in Vergaderstaat.values else naar
            raise OngeldigeOvergang(
                f"Van '{rij.get_staat_display()}' naar '{label}' kan niet. Mogelijk: {mogelijk}. Er is niets gewijzigd."
            )
        laatste = rij.staatwijzigingen.last()
        if laatste is not None and per < laatste.per:
            raise OngeldigeOvergang(
                f"De staat is al gewijzigd per {laatste.per:%d-%m-%Y}. Kies die dag of later. Er is niets gewijzigd."
            )
        _controleer_stap(rij, Vergaderstaat(naar), reden=reden, per=per, in_=sloten[vast.pk] if vast else None)
        stap = Staatwijziging.objects.create(
            vergadering=rij, van=rij.staat, naar=naar, per=per, toelichting=reden, door=door, vastgelegd_op=moment
        )
        rij.staat = Vergaderstaat(naar)
        rij.vastgesteld_in = vast
        verhoog(rij, moment, "staat", "vastgesteld_in")
    for veld in ("staat", "vastgesteld_in", "versie", "gewijzigd_op"):
        setattr(vergadering, veld, getattr(rij, veld))
    return stap


def maak_reeks(velden: dict[str, Any], *, moment: datetime.datetime | None = None) -> Reeks:
    """A new series. Raises ValidationError when its address or name is taken."""
    moment = moment or timezone.now()
    with transaction.atomic():
        om_de_beurt(f"reeks {velden['slug']}")
        om_de_beurt(f"reeks {velden['naam']}")
        if Reeks.objects.filter(slug=velden["slug"]).exists():
            raise ValidationError({"slug": "Deze adresnaam is al in gebruik. Kies een andere."})
        if Reeks.objects.filter(naam=velden["naam"]).exists():
            raise ValidationError({"naam": "Er is al een reeks met deze naam."})
        return Reeks.objects.create(**velden, aangemaakt_op=moment, gewijzigd_op=moment)
