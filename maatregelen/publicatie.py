"""Saying who something is for, and publishing it. Only here is that written.

What holds then follows in the database (see models/afscherming): a part is never for more people than its whole. An
embargo ends by itself, because every question compares the moment; clearing it afterwards only makes that a change
which the feed and the history tell.
"""

import datetime
from collections.abc import Iterator
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from maatregelen.blikveld import Blik
from maatregelen.dossiervoering import wijzig
from maatregelen.models import (
    INTERNE_VELDEN,
    Agenda,
    Maatregel,
    Organisatie,
    Persoon,
    Publicatie,
    Publicatiebeleid,
    Publicatiestap,
    Reactie,
    Zichtniveau,
)
from maatregelen.models.afscherming import Afgeschermd
from maatregelen.models.grondslag import Dossierstuk
from maatregelen.versiebewaking import vergrendel
from maatregelen.zichtbaarheid import Bevoegdheid

ZONE = ZoneInfo("Europe/Amsterdam")
# Where what a record is part of stands in it, the nearest first.
_GEHEEL = ("maatregel", "agendapunt", "bovenliggend", "pijler", "agenda", "vergadering")
# Which step may come after which.
STAPPEN = {
    Publicatie.CONCEPT: (Publicatie.VOORGELEGD,),
    Publicatie.VOORGELEGD: (Publicatie.VASTGESTELD, Publicatie.CONCEPT),
    Publicatie.VASTGESTELD: (Publicatie.CONCEPT,),
}
ZELF_VOORGELEGD = (
    "U hebt dit zelf voorgelegd. Hier gelden vier ogen: iemand anders stelt het vast, zodat er altijd twee mensen naar "
    "hebben gekeken."
)

Uitgave = TypeVar("Uitgave", Agenda, Maatregel)


def soorten() -> list[type[Afgeschermd]]:
    """Every kind of record that has a level of its own, a whole before what is part of it."""
    modellen = [model for model in apps.get_models() if issubclass(model, Afgeschermd)]
    uit: list[type[Afgeschermd]] = []
    while modellen:
        vrij = [model for model in modellen if all(boven in (*uit, model) for _, boven in boven_van(model))]
        uit += vrij
        modellen = [model for model in modellen if model not in vrij]
    return uit


def boven_van(model: type[Afgeschermd]) -> list[tuple[str, type[Afgeschermd]]]:
    """The fields of a kind of record that lead to what it is part of, with the kind that is."""
    velden = {veld.name: veld.related_model for veld in model._meta.concrete_fields if veld.is_relation}
    gevonden = [(naam, velden[naam]) for naam in _GEHEEL if naam in velden]
    return [(naam, boven) for naam, boven in gevonden if isinstance(boven, type) and issubclass(boven, Afgeschermd)]


def gehelen(stuk: Afgeschermd) -> list[Afgeschermd]:
    """What a record is directly part of; nothing for an agenda or a meeting."""
    return [boven for naam, _ in boven_van(type(stuk)) if (boven := getattr(stuk, naam)) is not None]


def geheelnaam(geheel: Afgeschermd) -> str:
    """What a whole is and is called: pijler '1. Asiel'."""
    return f"{geheel._meta.verbose_name} '{geheel}'"


def voor_wie(niveau: Zichtniveau) -> str:
    """A level as the end of a sentence: dit is voor de eigen organisatie."""
    return "de eigen organisatie" if niveau == Zichtniveau.EIGEN else str(niveau.label)


def moment_hier(dag: datetime.date, tijd: datetime.time) -> datetime.datetime:
    """That day and time in the Netherlands. Raises ValidationError, in words, where the clock skips or repeats it."""
    los = datetime.datetime.combine(dag, tijd)
    eerst, dan = los.replace(tzinfo=ZONE), los.replace(tzinfo=ZONE, fold=1)
    if eerst.utcoffset() == dan.utcoffset():
        return eerst
    klok = f"{tijd.hour}.{tijd.minute:02d} uur"
    if eerst.astimezone(datetime.UTC).astimezone(ZONE).replace(tzinfo=None) != los:
        raise ValidationError(
            f"Op {dag:%d-%m-%Y} bestaat {klok} niet: dan begint de zomertijd en gaat de klok van 2.00 naar 3.00 uur. "
            "Kies een tijd voor 2.00 uur of vanaf 3.00 uur."
        )
    raise ValidationError(
        f"Op {dag:%d-%m-%Y} is het twee keer {klok}: dan eindigt de zomertijd en gaat de klok van 3.00 terug naar 2.00 "
        "uur. Kies een tijd voor 2.00 uur of vanaf 3.00 uur."
    )


def kan_zien(organisatie: Organisatie, stuk: Afgeschermd, moment: datetime.datetime) -> bool:
    """Whether who only belongs to this organisation may see that record at a moment."""
    niveau = Zichtniveau.RIJK if organisatie.is_rijk else Zichtniveau.REGIETAFEL
    return Blik(niveau, moment, frozenset({organisatie.pk})).ziet(stuk)


def _controleer(
    stuk: Afgeschermd,
    zichtbaarheid: int | None,
    voor: Organisatie | None,
    embargo_tot: datetime.datetime | None,
    moment: datetime.datetime,
) -> None:
    """Raise ValidationError per field for what cannot be, naming the whole that stands in the way."""
    boven = gehelen(stuk)
    fouten: dict[str, str] = {}
    if zichtbaarheid is None and not boven:
        fouten["zichtbaarheid"] = "Kies wie dit mag zien."
    if zichtbaarheid is not None:
        if zichtbaarheid not in Zichtniveau.values:
            fouten["zichtbaarheid"] = "Kies wie dit mag zien."
        for geheel in boven if not fouten else ():
            if zichtbaarheid > geheel.zicht:
                fouten["zichtbaarheid"] = (
                    f"Dit hoort bij {geheelnaam(geheel)}, en die is alleen voor {voor_wie(geheel.niveau)}. Een "
                    "onderdeel kan voor minder mensen zijn dan het geheel, nooit voor meer."
                )
                break
    if embargo_tot is not None and timezone.is_naive(embargo_tot):
        raise ValueError("embargo_tot needs a time zone")
    if embargo_tot is not None and embargo_tot <= moment:
        fouten["embargo_tot"] = "Kies een moment in de toekomst, of laat het embargo leeg."
    if voor is not None:
        for geheel in boven:
            if not kan_zien(voor, geheel, moment):
                fouten["afgeschermd_voor"] = (
                    f"{voor.afkorting} ziet {geheelnaam(geheel)} niet, en kan dus ook dit onderdeel niet zien."
                )
                break
    if fouten:
        raise ValidationError(fouten)


def scherm_af(
    stuk: Afgeschermd,
    *,
    zichtbaarheid: int | None,
    afgeschermd_voor: Organisatie | None,
    embargo_tot: datetime.datetime | None,
    door: Persoon,
    moment: datetime.datetime | None = None,
    versie: int | None,
    interne_velden: list[str] | None = None,
) -> list[str]:
    """Say who a record is for, and answer which of that changed.

    `zichtbaarheid` None is as its whole; `embargo_tot` None is no embargo; `interne_velden` (of a measure) are kept
    within the Rijk, None leaves them. Raises Verouderd, or ValidationError per field: wider than the whole, an embargo
    that is over, an organisation that cannot see the whole, or that `door` would not see it any more.
    """
    assert isinstance(stuk, Dossierstuk)  # noqa: S101  all that has a level is a record of the dossier
    moment = moment or timezone.now()
    velden: dict[str, Any] = {
        "zichtbaarheid": zichtbaarheid,
        "afgeschermd_voor": afgeschermd_voor,
        "embargo_tot": embargo_tot,
    }
    if interne_velden is not None:
        velden["interne_velden"] = [naam for naam, _ in INTERNE_VELDEN if naam in interne_velden]
    with transaction.atomic():
        # The row anew: what holds of its whole may have changed since it was read.
        rij: Any = vergrendel(type(stuk)._default_manager.all(), stuk.pk, versie)
        _controleer(rij, zichtbaarheid, afgeschermd_voor, embargo_tot, moment)
        anders = wijzig(stuk, velden, versie=versie, moment=moment)
        stuk.refresh_from_db(fields=["zicht", "zicht_voor", "stil_tot", "stil_voor"])
        if not Bevoegdheid(door, timezone.localdate(moment), moment=moment).blik.ziet(stuk):
            raise ValidationError(
                {"afgeschermd_voor": "Dan ziet u dit zelf niet meer. Kies een organisatie waarvoor u werkt."}
            )
    return anders


def ruim_embargo_op(moment: datetime.datetime) -> int:
    """Clear the embargoes that are over, so that what opened by itself counts as a change; answers how many."""
    aantal = 0
    # A measure with a reaction that opened is another one to who pulls it.
    open_ = Reactie.objects.filter(embargo_tot__lte=moment).values("maatregel")
    Maatregel.objects.filter(pk__in=open_).update(gewijzigd_op=moment)
    for soort in soorten():
        rijen: QuerySet[Any] = soort._default_manager.filter(embargo_tot__lte=moment)
        aantal += rijen.update(embargo_tot=None, versie=F("versie") + 1, gewijzigd_op=moment)
    return aantal


def herreken() -> None:
    """Let what holds follow anew everywhere, after an organisation began or ceased to be of the Rijk."""
    for soort in soorten():
        eigen = Q(zichtbaarheid__isnull=False) | Q(afgeschermd_voor__isnull=False)
        if any(naam == "bovenliggend" for naam, _ in boven_van(soort)):
            eigen |= Q(bovenliggend__isnull=False)
        soort._default_manager.filter(eigen).update(zicht=F("zicht"))


def beleid() -> Publicatiebeleid:
    """How this installation publishes."""
    return Publicatiebeleid.objects.first() or Publicatiebeleid(pk=1)


def zet_beleid(
    *, is_openbaar: bool, vier_ogen: bool, door: Persoon, moment: datetime.datetime | None = None
) -> list[str]:
    """Change how this installation publishes; answers the fields that changed."""
    with transaction.atomic():
        rij, _ = Publicatiebeleid.objects.select_for_update().get_or_create(pk=1)
        anders = [
            naam
            for naam, waarde in (("is_openbaar", is_openbaar), ("vier_ogen", vier_ogen))
            if getattr(rij, naam) != waarde
        ]
        if anders:
            rij.is_openbaar, rij.vier_ogen = is_openbaar, vier_ogen
            rij.gewijzigd_door, rij.gewijzigd_op = door, moment or timezone.now()
            rij.save()
    return anders


def stappen_van(stuk: Agenda | Maatregel) -> list[Publicatiestap]:
    """The steps an agenda or a measure went through, oldest first."""
    return list(stuk.publicatiestappen.select_related("door"))


def voorgelegd_door(stuk: Agenda | Maatregel) -> int | None:
    """The id of who submitted what is submitted now; None where nobody here did."""
    laatste = stuk.publicatiestappen.order_by("-vastgelegd_op", "-pk").first()
    return laatste.door_id if laatste is not None and laatste.naar == Publicatie.VOORGELEGD else None


def leg_voor(
    stuk: Uitgave, *, door: Persoon, toelichting: str = "", versie: int | None, moment: datetime.datetime | None = None
) -> int:
    """Submit a concept; see `_stap`."""
    return _stap(stuk, Publicatie.VOORGELEGD, door, toelichting, versie, moment)


def stel_vast(
    stuk: Uitgave, *, door: Persoon, toelichting: str = "", versie: int | None, moment: datetime.datetime | None = None
) -> int:
    """Adopt what was submitted; see `_stap`. With four eyes not by who submitted it."""
    return _stap(stuk, Publicatie.VASTGESTELD, door, toelichting, versie, moment)


def terug_naar_concept(
    stuk: Uitgave, *, door: Persoon, toelichting: str, versie: int | None, moment: datetime.datetime | None = None
) -> int:
    """Make it a concept again, with a reason; see `_stap`. What was for everybody no longer is."""
    return _stap(stuk, Publicatie.CONCEPT, door, toelichting, versie, moment)


def _mee(stuk: Agenda | Maatregel, naar: Publicatie, door: Persoon) -> Iterator[Maatregel]:
    """The measures that go along with a step of their agenda: those in the same state.

    With four eyes not those that this person submitted: somebody else adopts them.
    """
    if not isinstance(stuk, Agenda):
        return
    rijen = Maatregel.objects.filter(pijler__agenda=stuk, publicatie=stuk.publicatie)
    if naar == Publicatie.VASTGESTELD and beleid().vier_ogen:
        laatste = Publicatiestap.objects.filter(maatregel=OuterRef("pk")).order_by("-vastgelegd_op", "-pk")
        rijen = rijen.annotate(voorlegger=Subquery(laatste.values("door")[:1]))
        rijen = rijen.filter(Q(voorlegger=None) | ~Q(voorlegger=door.pk))
    yield from rijen.select_for_update(of=("self",)).order_by("pk")


def _stap(
    stuk: Agenda | Maatregel,
    naar: Publicatie,
    door: Persoon,
    toelichting: str,
    versie: int | None,
    moment: datetime.datetime | None,
) -> int:
    """Take a step of publishing, with the measures of an agenda that are in the same state; answers how many.

    Raises Verouderd, or ValidationError: a step that does not follow on where it is, no reason to go back, four eyes.
    """
    moment, zin = moment or timezone.now(), toelichting.strip()
    with transaction.atomic():
        rij: Any = vergrendel(type(stuk)._default_manager.all(), stuk.pk, versie)
        van = Publicatie(rij.publicatie)
        if naar not in STAPPEN[van]:
            raise ValidationError({"naar": f"Dit is {van.label}; van daaruit kan het niet {naar.label} worden."})
        if naar == Publicatie.CONCEPT and not zin:
            raise ValidationError({"toelichting": "Schrijf waarom dit weer een concept wordt."})
        if naar == Publicatie.VASTGESTELD and beleid().vier_ogen and voorgelegd_door(rij) == door.pk:
            raise ValidationError({"naar": ZELF_VOORGELEGD})
        mee = list(_mee(rij, naar, door))
        wijzig(stuk, {"publicatie": naar}, versie=versie, moment=moment)
        Maatregel.objects.filter(pk__in=[maatregel.pk for maatregel in mee]).update(
            publicatie=naar, versie=F("versie") + 1, gewijzigd_op=moment
        )
        eigen: dict[str, Any] = {"agenda": rij} if isinstance(rij, Agenda) else {"maatregel": rij}
        Publicatiestap.objects.bulk_create(
            Publicatiestap(**waarvan, van=van, naar=naar, toelichting=zin, door=door, vastgelegd_op=moment)
            for waarvan in (eigen, *({"maatregel": maatregel} for maatregel in mee))
        )
        stuk.refresh_from_db(fields=["zicht", "zicht_voor", "stil_tot", "stil_voor"])
    return len(mee)
