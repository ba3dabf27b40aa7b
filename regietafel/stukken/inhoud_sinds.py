"""What stands in the annex of a meeting that tells what changed since the one before it."""

from collections.abc import Mapping, Sequence

from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import Doelwaarde, Maatregel, Meting
from maatregelen.zichtbaarheid import zichtbare_indicatoren, zichtbare_maatregelen, zichtbare_organisaties
from regietafel.models import Actiepunt, Terugkoppeling
from regietafel.sinds import (
    EERSTE_KEER,
    Regel,
    Tafelverschil,
    Tijdvak,
    Wending,
    cijfers,
    organisatiewissels,
    regels,
    van_de_tafel,
    verschil,
    vorige_vergadering,
)
from regietafel.stukken import woorden
from regietafel.stukken.beschrijving import Alinea, Blok, Kolom, Kop, feiten, lijst, schoon, tabel
from regietafel.stukken.inhoud_maatregelen import Deel
from regietafel.stukken.inhoud_vergadering import lees_vergadering
from regietafel.stukken.zicht import Zicht
from regietafel.zichtbaarheid import (
    zichtbare_actiepunten,
    zichtbare_terugkoppelingen,
    zichtbare_vergadercijfers,
    zichtbare_vergaderingen,
)


def sinds(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """From the meeting before this one to this one, or to the day of the paper when that comes first."""
    vergadering, wie = lees_vergadering(onderwerp, zicht), zicht.wie
    tot = min(vergadering.datum or zicht.dag, zicht.dag)
    vorige = vorige_vergadering(zichtbare_vergaderingen(wie).exclude(pk=vergadering.pk), tot)
    vak = Tijdvak(vorige.datum if vorige and vorige.datum else tot - EERSTE_KEER, tot)
    gevonden = verschil(zichtbare_maatregelen(wie), vak)
    wat_er_was = regels(gevonden.volgorde, vak)
    rijen = zichtbare_maatregelen(wie).filter(pk__in=gevonden.volgorde).select_related("pijler__agenda")
    maatregelen = list(rijen)
    met_verantwoordelijken(maatregelen)
    blokken: list[Blok] = [
        feiten(
            [
                ("Vergadering", f"{vergadering.titel}, {woorden.wanneer(vergadering)}"),
                ("Sinds", vorige.titel if vorige else woorden.datum(vak.van)),
                ("Tot en met", woorden.datum(vak.tot)),
                ("Veranderd", f"{woorden.aantal(gevonden.aantal, 'maatregel', 'maatregelen')} van {gevonden.totaal}"),
                *(
                    (soort.label.capitalize(), str(gevonden.tellingen[soort.value]))
                    for soort in Wending
                    if gevonden.tellingen[soort.value]
                ),
            ]
        )
    ]
    if not maatregelen:
        blokken.append(Alinea("Geen enkele maatregel veranderde. Dat is ook een antwoord."))
    pijler = None
    for maatregel in maatregelen:
        if maatregel.pijler_id != pijler:
            pijler = maatregel.pijler_id
            blokken.append(Kop(schoon(f"{maatregel.pijler.agenda.titel}: {maatregel.pijler}")))
        blokken += _maatregel(maatregel, wat_er_was.get(maatregel.pk, []))
    blokken += _tafel(
        van_de_tafel(zichtbare_terugkoppelingen(wie), zichtbare_actiepunten(wie), zichtbare_vergaderingen(wie), vak)
    )
    indicatoren = zichtbare_indicatoren(wie)
    nieuw = cijfers(
        Meting.objects.filter(indicator__in=indicatoren),
        Doelwaarde.objects.filter(indicator__in=indicatoren),
        zichtbare_vergadercijfers(wie),
        vak,
    )
    if nieuw:
        kolommen = (Kolom("Wat", 4), Kolom("Was", 2, rechts=True), Kolom("Is", 2, rechts=True), Kolom("Eenheid", 2))
        blokken += [
            Kop("Cijfers"),
            tabel("Nieuwe cijfers en doelen", kolommen, ((c.naam, c.van, c.naar, c.eenheid) for c in nieuw)),
        ]
    if wissels := organisatiewissels(zichtbare_organisaties(wie), vak):
        blokken += [
            Kop("Wie het nu doet"),
            lijst(
                (rij.afkorting, f"werk ligt nu bij {rij.opvolger}" if rij.opvolger else "zonder opvolger")
                for rij in wissels
            ),
        ]
    return "Wat veranderde", f"Wat veranderde voor {vergadering.titel}", zicht.banden(), blokken


def _maatregel(maatregel: Maatregel, gebeurd: Sequence[Regel]) -> list[Blok]:
    wie = ", ".join(str(rij.organisatie) for rij in maatregel.verantwoordelijken)  # type: ignore[attr-defined]
    return [
        Kop(schoon(f"{maatregel.code} {maatregel.titel}"), 2),
        *([Alinea(schoon(wie), klein=True)] if wie else []),
        lijst((woorden.datum(regel.op), _in_woorden(regel)) for regel in gebeurd),
    ]


def _in_woorden(regel: Regel) -> str:
    """One thing that happened, in one sentence with its reason."""
    zin = regel.soort.label
    if regel.wat:
        zin += f": {regel.wat}"
    if regel.naar:
        zin += f", van {regel.van} naar {regel.naar}" if regel.van else f": {regel.naar}"
    zin += f". {regel.reden}" if regel.reden else "."
    return f"{zin} (later ingevoerd)" if regel.later else zin


def _tafel(tafel: Tafelverschil) -> list[Blok]:
    blokken: list[Blok] = []
    besluiten: tuple[tuple[str, list[Terugkoppeling]], ...] = (
        ("Teruggekoppeld en aanvaard", tafel.aanvaard),
        ("Uitgevoerd, niet teruggekoppeld", tafel.uitgevoerd),
        ("Besluiten waarvan niets is gehoord", tafel.stil),
    )
    for kop, rijen in besluiten:
        if rijen:
            punten = ((rij.maatregel.code if rij.maatregel else "", rij.besluit.tekst) for rij in rijen)
            blokken += [Kop(kop), lijst(punten)]
    acties: tuple[tuple[str, list[Actiepunt]], ...] = (
        ("Acties afgerond", tafel.acties_afgerond),
        ("Acties te laat", tafel.acties_te_laat),
    )
    for kop, gedaan in acties:
        if gedaan:
            wie = ((rij.wie_tekst or str(rij.organisatie or woorden.NIEMAND), rij.wat) for rij in gedaan)
            blokken += [Kop(kop), lijst(wie)]
    return blokken
