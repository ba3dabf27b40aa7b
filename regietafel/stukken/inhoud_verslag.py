"""What stands in minutes: who was there, who said what, what was decided and promised, what was added later."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from regietafel.models import (
    Aanwezigheid,
    Actiepunt,
    Addendum,
    Agendapunt,
    Besluit,
    Deelname,
    Deelnamerol,
    Inbreng,
    Trend,
    Vergadercijfer,
    Vergadering,
    Vergaderstaat,
)
from regietafel.stukken import woorden
from regietafel.stukken.beschrijving import (
    Alinea,
    Band,
    Blok,
    Kader,
    Kolom,
    Kop,
    alineas,
    lijst,
    schoon,
    tabel,
)
from regietafel.stukken.inhoud_maatregelen import Deel, actietabel
from regietafel.stukken.inhoud_vergadering import lees_vergadering, punten_van, puntregel, vergaderfeiten
from regietafel.stukken.zicht import Zicht
from regietafel.zichtbaarheid import (
    zichtbare_actiepunten,
    zichtbare_besluiten,
    zichtbare_inbreng,
    zichtbare_trends,
    zichtbare_vergadercijfers,
)

Rij = TypeVar("Rij")


def verslag(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """The minutes; eleven queries however long the meeting was."""
    vergadering = lees_vergadering(onderwerp, zicht)
    punten = punten_van(vergadering, zicht)
    van_deze = {"agendapunt__vergadering": vergadering.pk}
    inbreng = _per_punt(
        zichtbare_inbreng(zicht.wie)
        .filter(**van_deze)
        .select_related("organisatie__opvolger")
        .order_by("volgorde", "pk")
    )
    besluiten = _per_punt(zichtbare_besluiten(zicht.wie).filter(**van_deze).order_by("volgorde", "pk"))
    acties = _per_punt(
        zichtbare_actiepunten(zicht.wie)
        .filter(**van_deze)
        .select_related("organisatie__opvolger")
        .order_by("volgorde", "code")
    )
    cijfers = _per_punt(zichtbare_vergadercijfers(zicht.wie).filter(**van_deze).order_by("volgorde", "pk"))
    trends = _per_punt(zichtbare_trends(zicht.wie).filter(**van_deze).order_by("volgorde", "pk"))
    # In the names that held when it was said, not in those of who took over since.
    toen = replace(zicht, dag=min(vergadering.datum or zicht.dag, zicht.dag))
    addenda = _per_punt(Addendum.objects.filter(vergadering=vergadering.pk).order_by("vastgelegd_op", "pk"))
    heeft_addenda = bool(addenda)

    blokken: list[Blok] = [vergaderfeiten(vergadering, _stand(vergadering)), *_noot(vergadering.toelichting)]
    blokken += _aanwezigen(vergadering, toen)
    for punt in punten:
        blokken.append(Kop(f"{punt.volgorde}. {punt.titel}"))
        if regel := puntregel(punt, toen):
            blokken.append(Alinea(f"{regel}.", klein=True))
        blokken += alineas(punt.bespreking)
        blokken += [
            *_inbreng(punt, inbreng[punt.pk], toen),
            *_besluiten(besluiten[punt.pk]),
            *_acties(punt, acties[punt.pk], toen),
            *_cijfers(punt, cijfers[punt.pk]),
            *_trends(trends[punt.pk]),
            *_addenda(addenda[punt.pk]),
        ]
    if addenda[None]:
        blokken += [Kop("Addenda bij dit verslag"), *_addenda(addenda[None])]
    return "Verslag", vergadering.titel, zicht.banden(*_banden(vergadering, heeft_addenda)), blokken


def _noot(tekst: str) -> list[Blok]:
    return [replace(alinea, klein=True) for alinea in alineas(tekst)]


def _per_punt(rijen: Iterable[Rij]) -> dict[int | None, list[Rij]]:
    uit: dict[int | None, list[Rij]] = defaultdict(list)
    for rij in rijen:
        sleutel: Any = rij
        uit[sleutel.agendapunt_id].append(rij)
    return uit


def _stand(vergadering: Vergadering) -> tuple[str, str]:
    stand = vergadering.get_staat_display()
    if vergadering.vastgesteld_in:
        stand = f"{stand} in {vergadering.vastgesteld_in.titel}"
    return "Stand", stand


def _banden(vergadering: Vergadering, heeft_addenda: bool) -> tuple[Band, ...]:
    uit = []
    if vergadering.staat != Vergaderstaat.VERSLAG_VASTGESTELD:
        uit.append(Band("Concept", "Dit verslag is nog niet vastgesteld."))
    if heeft_addenda:
        uit.append(Band("Met addenda", "Wat na de vaststelling is toegevoegd, staat apart en als addendum aangegeven."))
    return tuple(uit)


def _aanwezigen(vergadering: Vergadering, zicht: Zicht) -> list[Blok]:
    alle = list(Deelname.objects.filter(vergadering=vergadering.pk).op_rang().select_related("organisatie__opvolger"))
    if not alle:
        return []

    def naam(rij: Deelname) -> str:
        wie = " ".join(deel for deel in (rij.aanhef, rij.naam) if deel)
        return f"{wie or rij.ambt}{' (voorzitter)' if rij.rol == Deelnamerol.VOORZITTER else ''}"

    def was_er(rij: Deelname) -> str:
        if rij.rol == Deelnamerol.GENOEMD:
            return rij.get_rol_display()
        if rij.vervanging:
            vervanger = rij.vervanger or "naam niet vermeld"
            return f"{rij.get_aanwezigheid_display()}, {rij.get_vervanging_display()} ({vervanger})"
        return rij.get_aanwezigheid_display()

    def ambt(rij: Deelname) -> str:
        return f"{rij.ambt} (afgeleid uit het stuk)" if rij.ambt and rij.is_ambt_afgeleid else rij.ambt

    geteld = [rij for rij in alle if rij.rol != Deelnamerol.GENOEMD]
    er = sum(rij.aanwezigheid == Aanwezigheid.AANWEZIG for rij in geteld)
    niet = sum(rij.aanwezigheid == Aanwezigheid.AFWEZIG for rij in geteld)
    return [
        Kop("Aanwezigheid"),
        Alinea(f"{er} aanwezig, {niet} afwezig."),
        tabel(
            "Wie er was",
            (Kolom("Naam", 28), Kolom("Namens", 16), Kolom("Ambt", 32), Kolom("Aanwezigheid", 24)),
            (
                (
                    naam(rij),
                    woorden.organisatie(rij.organisatie, zicht.dag) if rij.organisatie else "",
                    ambt(rij) if rij.naam else "",
                    was_er(rij),
                )
                for rij in alle
            ),
        ),
    ]


def _inbreng(punt: Agendapunt, rijen: list[Inbreng], zicht: Zicht) -> list[Blok]:
    if not rijen:
        return []

    def wie(rij: Inbreng) -> str:
        naam = woorden.organisatie(rij.organisatie, zicht.dag) if rij.organisatie else ""
        return f"{rij.spreker} ({naam})" if rij.spreker and naam and rij.spreker != naam else rij.spreker or naam

    return [
        Kop("Inbreng", 2),
        tabel(
            f"Wie wat inbracht bij punt {punt.volgorde}",
            (Kolom("Wie", 18), Kolom("Soort", 14), Kolom("Inbreng", 68)),
            ((wie(rij), rij.get_soort_display() + (" (open)" if rij.is_open else ""), rij.tekst) for rij in rijen),
        ),
    ]


def _besluiten(rijen: list[Besluit]) -> list[Blok]:
    if not rijen:
        return []
    return [
        Kop("Besluiten en mededelingen", 2),
        lijst((woorden.hoofdletter(rij.get_soort_display()), f"{rij.tekst} ({rij.code})") for rij in rijen),
    ]


def _acties(punt: Agendapunt, rijen: list[Actiepunt], zicht: Zicht) -> list[Blok]:
    """What was agreed apart from what was only asked or offered. How they stand now is no part of minutes."""
    afgesproken = [rij for rij in rijen if rij.is_afgesproken]
    gevraagd = [rij for rij in rijen if not rij.is_afgesproken]
    uit: list[Blok] = []
    if afgesproken:
        bijschrift = f"Afgesproken bij punt {punt.volgorde}"
        uit += [Kop("Acties", 2), actietabel(afgesproken, zicht, bijschrift, met_stand=False)]
    if gevraagd:
        kolommen = (Kolom("Wat", 46), Kolom("Wie", 18), Kolom("Wanneer", 20), Kolom("Soort", 16))
        regels = (
            (
                rij.wat,
                woorden.wie_doet_het(rij, zicht.dag),
                woorden.termijn(rij) or "geen termijn",
                rij.get_soort_display(),
            )
            for rij in gevraagd
        )
        uit += [
            Kop("Gevraagd of aangeboden, niet afgesproken", 2),
            tabel(f"Gevraagd of aangeboden bij punt {punt.volgorde}", kolommen, regels),
        ]
    return uit


def _cijfers(punt: Agendapunt, rijen: list[Vergadercijfer]) -> list[Blok]:
    if not rijen:
        return []
    return [
        Kop("Cijfers", 2),
        tabel(
            f"Cijfers bij punt {punt.volgorde}",
            (Kolom("Wat", 40), Kolom("Waarde", 22, rechts=True), Kolom("Was", 12, rechts=True), Kolom("Periode", 26)),
            (
                (
                    f"{rij.naam} ({rij.toelichting})" if rij.toelichting else rij.naam,
                    woorden.cijfer(rij),
                    woorden.getal(rij.vorige_waarde),
                    rij.periode,
                )
                for rij in rijen
            ),
        ),
    ]


def _trends(rijen: list[Trend]) -> list[Blok]:
    return [Kop("In woorden", 2), lijst((rij.onderwerp, rij.duiding) for rij in rijen)] if rijen else []


def _addenda(rijen: list[Addendum]) -> list[Blok]:
    return [
        Kader(f"Addendum van {woorden.datum(rij.op)}", schoon(rij.tekst), f"Reden: {schoon(rij.reden)}")
        for rij in rijen
    ]
