"""What stands in the papers of a meeting: onepager, annotated agenda, convocation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Prefetch

from maatregelen.models import Maatregel, Meting, Mijlpaal
from maatregelen.reacties import reacties_van
from maatregelen.zichtbaarheid import zichtbare_indicatoren, zichtbare_maatregelen
from regietafel.models import (
    DOOR_DE_TAFEL,
    Actiemaatregel,
    Actiepunt,
    Agendapunt,
    Besluit,
    Deelname,
    Deelnamerol,
    Inleider,
    Puntbesluit,
    Reekslid,
    Terugkoppeling,
    Vergadering,
    Vergaderstaat,
)
from regietafel.stukken import woorden
from regietafel.stukken.beschrijving import Alinea, Band, Blok, Kolom, Kop, Tabel, alineas, feiten, lijst, tabel
from regietafel.stukken.inhoud_maatregelen import Deel, actietabel, maatregeltabel, reactieblok
from regietafel.stukken.zicht import NietTeZien, Zicht
from regietafel.zichtbaarheid import (
    zichtbare_actiepunten,
    zichtbare_agendapunten,
    zichtbare_besluiten,
    zichtbare_bijlagen,
    zichtbare_terugkoppelingen,
    zichtbare_vergaderingen,
)


def lees_vergadering(onderwerp: Mapping[str, str], zicht: Zicht) -> Vergadering:
    """The meeting that a paper is about. Raises NietTeZien."""
    vergadering = (
        zichtbare_vergaderingen(zicht.wie)
        .filter(slug=onderwerp["vergadering"])
        .select_related("reeks", "vastgesteld_in")
        .first()
    )
    if vergadering is None:
        raise NietTeZien(onderwerp["vergadering"])
    return vergadering


def punten_van(vergadering: Vergadering, zicht: Zicht) -> list[Agendapunt]:
    """The points of a meeting in order, with who opens them and what is annexed; three queries."""
    inleiders = Inleider.objects.select_related("organisatie__opvolger").order_by("volgorde", "pk")
    return list(
        zichtbare_agendapunten(zicht.wie)
        .filter(vergadering=vergadering.pk)
        .prefetch_related(
            Prefetch("inleiding", inleiders),
            Prefetch("bijlagen", zichtbare_bijlagen(zicht.wie).order_by("volgorde", "pk")),
        )
        .order_by("volgorde", "pk")
    )


def vergaderfeiten(vergadering: Vergadering, *meer: tuple[str, object]) -> Blok:
    """When, where, who."""
    duur = woorden.aantal(vergadering.duur_minuten, "minuut", "minuten") if vergadering.duur_minuten else ""
    return feiten(
        [
            ("Wanneer", woorden.wanneer(vergadering)),
            ("Duur", duur),
            ("Waar", vergadering.plaats),
            ("Soort", f"{vergadering.get_soort_display()} vergadering"),
            ("Kenmerk", vergadering.kenmerk),
            ("Datum van het stuk", woorden.datum(vergadering.documentdatum)),
            ("Secretariaat", vergadering.secretariaat),
            *meer,
        ]
    )


def inleiders(punt: Agendapunt, zicht: Zicht) -> str:
    """Who opens a point."""
    return woorden.opsomming(woorden.organisatie(rij.organisatie, zicht.dag) for rij in punt.inleiding.all())


def puntregel(punt: Agendapunt, zicht: Zicht) -> str:
    """Ter bespreking, 20 minuten, ingeleid door AenM."""
    wie = inleiders(punt, zicht)
    delen = [
        punt.get_doel_display(),
        woorden.aantal(punt.duur_minuten, "minuut", "minuten") if punt.duur_minuten else "",
        f"ingeleid door {wie}" if wie else "",
    ]
    return woorden.hoofdletter(", ".join(deel for deel in delen if deel))


def puntentabel(punten: Sequence[Agendapunt], zicht: Zicht, bijschrift: str) -> Tabel:
    """The points as rows; a column about which nothing is known is left out."""
    kolommen = [Kolom("Nr.", 7), Kolom("Onderwerp", 47)]
    waarden: list[list[object]] = [[punt.volgorde, punt.titel] for punt in punten]
    meer: list[tuple[Kolom, list[str]]] = [
        (Kolom("Doel", 20), [punt.get_doel_display() for punt in punten]),
        (Kolom("Inleider", 16), [inleiders(punt, zicht) for punt in punten]),
        (Kolom("Minuten", 10, rechts=True), [str(punt.duur_minuten or "") for punt in punten]),
    ]
    for kolom, teksten in meer:
        if any(teksten):
            kolommen.append(kolom)
            for rij, tekst in zip(waarden, teksten, strict=True):
                rij.append(tekst)
    return tabel(bijschrift, kolommen, waarden)


def onepager(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """A meeting on one page: what it is about, what was decided, who does what. Nine queries."""
    vergadering = lees_vergadering(onderwerp, zicht)
    punten = punten_van(vergadering, zicht)
    besluiten: list[Besluit] = list(
        zichtbare_besluiten(zicht.wie)
        .filter(agendapunt__vergadering=vergadering.pk)
        .select_related("agendapunt")
        .order_by("agendapunt__volgorde", "volgorde", "pk")
    )
    acties: list[Actiepunt] = list(
        zichtbare_actiepunten(zicht.wie)
        .filter(agendapunt__vergadering=vergadering.pk, is_afgesproken=True)
        .select_related("organisatie__opvolger")
        .order_by("agendapunt__volgorde", "volgorde", "code")
    )
    aanwezig = woorden.opsomming(
        sorted(
            {
                str(rij.organisatie) if rij.organisatie else rij.naam or rij.ambt
                for rij in Deelname.objects.filter(vergadering=vergadering.pk, aanwezigheid="aanwezig").select_related(
                    "organisatie"
                )
            }
        )
    )
    stand = ("Stand", vergadering.get_staat_display())
    blokken: list[Blok] = [vergaderfeiten(vergadering, stand, ("Aanwezig", aanwezig))]
    if punten:
        blokken += [Kop("Agenda"), puntentabel(punten, zicht, f"Agendapunten van {vergadering.titel}")]
    genomen = [rij for rij in besluiten if rij.soort in DOOR_DE_TAFEL]
    if genomen:
        blokken += [Kop("Besluiten"), lijst((f"Punt {rij.agendapunt.volgorde}", rij.tekst) for rij in genomen)]
    gemeld = [rij for rij in besluiten if rij.soort not in DOOR_DE_TAFEL]
    if gemeld:
        blokken += [Kop("Mededelingen"), lijst((f"Punt {rij.agendapunt.volgorde}", rij.tekst) for rij in gemeld)]
    if acties:
        blokken += [Kop("Acties"), actietabel(acties, zicht, f"Acties uit {vergadering.titel}")]
    return "Vergadering in het kort", vergadering.titel, zicht.banden(*_concept(vergadering)), blokken


def agenda(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """The agenda with all that the table must know beforehand, per point."""
    vergadering = lees_vergadering(onderwerp, zicht)
    punten = punten_van(vergadering, zicht)
    maatregelen = _maatregelen(punten, zicht)
    cijfers = _cijfers(punten, zicht)
    besluiten = _eerdere_besluiten(vergadering, maatregelen, zicht)
    gekoppeld = _gekoppelde_besluiten(punten, zicht)
    acties = _open_acties(maatregelen, zicht)
    reacties = reacties_van([rij.pk for rijen in maatregelen.values() for rij in rijen])
    blokken: list[Blok] = [vergaderfeiten(vergadering)]
    if not punten:
        blokken.append(Alinea("Op deze agenda staat nog niets."))
        return "Geannoteerde agenda", vergadering.titel, zicht.banden(*_concept(vergadering)), blokken
    blokken += [Kop("Agenda"), puntentabel(punten, zicht, f"Agendapunten van {vergadering.titel}")]
    for punt in punten:
        blokken.append(Kop(f"{punt.volgorde}. {punt.titel}"))
        if regel := puntregel(punt, zicht):
            blokken.append(Alinea(f"{regel}.", klein=True))
        if punt.vervolg_op_id:
            blokken.append(Alinea(f"Doorgeschoven: {punt.doorschuifreden}", klein=True))
        blokken += alineas(punt.toelichting)
        eigen = maatregelen[punt.pk]
        if eigen:
            blokken += [
                Kop("Maatregelen", 2),
                maatregeltabel(((rij, 0) for rij in eigen), zicht, f"Maatregelen bij punt {punt.volgorde}"),
                *reactieblok(eigen, reacties=reacties, niveau=2),
            ]
        sleutels = {rij.pk for rij in eigen}
        genomen = [besluit for nummer, besluit in gekoppeld if nummer == punt.pk]
        if genomen:
            blokken += [Kop("Gaat over eerdere besluiten", 2), lijst((_uit(rij), rij.tekst) for rij in genomen)]
        genoemd = {besluit.pk for besluit in genomen}
        eerder = [rij for rij in besluiten if rij.maatregel_id in sleutels and rij.besluit_id not in genoemd]
        if eerder:
            blokken += [Kop("Eerder besloten, nog niet teruggekoppeld", 2), _besluitenlijst(eerder)]
        te_doen = list({actie.pk: actie for pk, actie in acties if pk in sleutels}.values())
        if te_doen:
            blokken += [
                Kop("Openstaande acties", 2),
                actietabel(te_doen, zicht, f"Openstaande acties bij punt {punt.volgorde}"),
            ]
        if cijfers[punt.pk]:
            blokken += [Kop("Cijfers", 2), lijst(cijfers[punt.pk])]
        bijlagen = list(punt.bijlagen.all())
        if bijlagen:
            blokken += [
                Kop("Bijlagen", 2),
                lijst(("", rij.naam if rij.heeft_bestand else f"{rij.naam} (niet bijgevoegd)") for rij in bijlagen),
            ]
    return "Geannoteerde agenda", vergadering.titel, zicht.banden(*_concept(vergadering)), blokken


def uitnodiging(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """The convocation: when, where, about what, who is asked."""
    vergadering = lees_vergadering(onderwerp, zicht)
    punten = punten_van(vergadering, zicht)
    blokken: list[Blok] = [
        Alinea(f"U wordt uitgenodigd voor {_naam(vergadering)}."),
        vergaderfeiten(vergadering),
    ]
    if punten:
        blokken += [Kop("Agenda"), puntentabel(punten, zicht, f"Agendapunten van {vergadering.titel}")]
    genodigden = _genodigden(vergadering, zicht)
    if genodigden:
        blokken += [
            Kop("Genodigden"),
            tabel(
                f"Wie is uitgenodigd voor {vergadering.titel}",
                (Kolom("Naam", 32), Kolom("Namens", 24), Kolom("Ambt", 44)),
                genodigden,
            ),
        ]
    wie = vergadering.secretariaat or "het LRT-secretariaat"
    blokken += [
        Kop("Afmelden en vervanging"),
        Alinea(f"Kunt u niet komen? Meld dit aan {wie}, met de naam van wie u vervangt."),
    ]
    if vergadering.datum is None:
        blokken.append(Alinea("De dag staat nog niet vast. U krijgt bericht zodra die bekend is."))
    return "Uitnodiging", vergadering.titel, zicht.banden(), blokken


def _naam(vergadering: Vergadering) -> str:
    if vergadering.reeks is None:
        return vergadering.titel
    soort = "" if vergadering.soort == "regulier" else f"{vergadering.get_soort_display()}e "
    return f"de {soort}vergadering van de {vergadering.reeks.naam}"


def _genodigden(vergadering: Vergadering, zicht: Zicht) -> list[tuple[str, str, str]]:
    """Who is on the list of the meeting; without a list the members of the series on its day."""
    deelnames = [
        rij
        for rij in Deelname.objects.filter(vergadering=vergadering.pk).op_rang().select_related("organisatie__opvolger")
        if rij.rol != Deelnamerol.GENOEMD
    ]
    rijen: Sequence[Deelname | Reekslid] = deelnames
    if not deelnames and vergadering.reeks_id:
        leden = Reekslid.objects.filter(reeks=vergadering.reeks_id).geldig(vergadering.datum or zicht.dag)
        rijen = list(leden.select_related("organisatie__opvolger").order_by("volgorde", "pk"))
    return [
        (
            " ".join(deel for deel in (rij.aanhef, rij.naam) if deel) or rij.ambt,
            woorden.organisatie(rij.organisatie, zicht.dag) if rij.organisatie else "",
            rij.ambt + (" (voorzitter)" if _zit_voor(rij) else ""),
        )
        for rij in rijen
    ]


def _zit_voor(rij: Deelname | Reekslid) -> bool:
    return rij.is_voorzitter if isinstance(rij, Reekslid) else rij.rol == Deelnamerol.VOORZITTER


def _maatregelen(punten: Sequence[Agendapunt], zicht: Zicht) -> dict[int, list[Maatregel]]:
    """The measures per point; four queries for all points."""
    koppeling = list(
        Agendapunt.maatregelen.through.objects.filter(agendapunt__in=[punt.pk for punt in punten])
        .order_by("agendapunt", "maatregel__code")
        .values_list("agendapunt", "maatregel")
    )
    rijen = (
        zichtbare_maatregelen(zicht.wie)
        .filter(pk__in={maatregel for _, maatregel in koppeling})
        .voor_lijst(Mijlpaal.objects.order_by("einde", "begin", "pk"))
    )
    per_pk = {rij.pk: rij for rij in rijen}
    uit: dict[int, list[Maatregel]] = defaultdict(list)
    for punt, maatregel in koppeling:
        if maatregel in per_pk:
            uit[punt].append(per_pk[maatregel])
    return uit


def _cijfers(punten: Sequence[Agendapunt], zicht: Zicht) -> dict[int, list[tuple[str, str]]]:
    """The last figure of each indicator per point; three queries for all points."""
    koppeling = list(
        Agendapunt.indicatoren.through.objects.filter(agendapunt__in=[punt.pk for punt in punten])
        .order_by("agendapunt", "indicator__naam")
        .values_list("agendapunt", "indicator")
    )
    sleutels = {indicator for _, indicator in koppeling}
    indicatoren = {rij.pk: rij for rij in zichtbare_indicatoren(zicht.wie).filter(pk__in=sleutels)}
    laatste: dict[int, Meting] = {}
    metingen = Meting.objects.filter(indicator__in=sleutels).order_by("indicator_id", "-peildatum", "-pk")
    for meting in metingen.distinct("indicator_id"):
        laatste[meting.indicator_id] = meting
    uit: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for punt, sleutel in koppeling:
        if sleutel not in indicatoren:
            continue
        indicator = indicatoren[sleutel]
        gevonden = laatste.get(sleutel)
        tekst = "nog geen cijfer"
        if gevonden:
            waarde = gevonden.waarde_tekst or woorden.getal(gevonden.waarde)
            tot = f" tot {woorden.getal(gevonden.waarde_tot)}" if gevonden.waarde_tot is not None else ""
            delen = (gevonden.kwalificatie, f"{waarde}{tot}", indicator.eenheid)
            tekst = " ".join(deel for deel in delen if deel)
            tekst += f" ({woorden.datum(gevonden.peildatum)}, bron: {gevonden.bron})"
        uit[punt].append((indicator.naam, tekst))
    return uit


def _eerdere_besluiten(
    vergadering: Vergadering, maatregelen: Mapping[int, Sequence[Maatregel]], zicht: Zicht
) -> list[Terugkoppeling]:
    """Decisions of other meetings about these measures that the table still has to hear of."""
    sleutels = {rij.pk for rijen in maatregelen.values() for rij in rijen}
    return list(
        zichtbare_terugkoppelingen(zicht.wie)
        .te_doen()
        .filter(maatregel__in=sleutels)
        .exclude(besluit__agendapunt__vergadering=vergadering.pk)
        .select_related("besluit__agendapunt__vergadering")
        .order_by("besluit__code", "maatregel__code")
    )


def _gekoppelde_besluiten(punten: Sequence[Agendapunt], zicht: Zicht) -> list[tuple[int, Besluit]]:
    """The earlier decisions that each point is about, by the id of the point. Two queries."""
    koppeling = Puntbesluit.objects.filter(agendapunt__in=[punt.pk for punt in punten])
    paren = list(koppeling.order_by("besluit__code").values_list("agendapunt", "besluit"))
    rijen = (
        zichtbare_besluiten(zicht.wie)
        .select_related("agendapunt__vergadering")
        .in_bulk({besluit for _, besluit in paren})
    )
    return [(punt, rijen[besluit]) for punt, besluit in paren if besluit in rijen]


def _uit(besluit: Besluit) -> str:
    """Of which meeting it is: its day, or its name where that is not known."""
    vergadering = besluit.agendapunt.vergadering
    return woorden.datum(vergadering.datum) or vergadering.titel


def _besluitenlijst(besluiten: Iterable[Terugkoppeling]) -> Blok:
    per_besluit = {rij.besluit_id: rij for rij in besluiten}
    return lijst(
        (
            _uit(rij.besluit),
            f"{rij.besluit.tekst} ({rij.get_stand_display()})",
        )
        for rij in per_besluit.values()
    )


def _open_acties(maatregelen: Mapping[int, Sequence[Maatregel]], zicht: Zicht) -> list[tuple[int, Actiepunt]]:
    """Open actions with the measure they belong to, soonest first."""
    sleutels = {rij.pk for rijen in maatregelen.values() for rij in rijen}
    koppeling = list(Actiemaatregel.objects.filter(maatregel__in=sleutels).values_list("maatregel", "actiepunt"))
    acties = list(
        zichtbare_actiepunten(zicht.wie)
        .open()
        .filter(pk__in={actie for _, actie in koppeling})
        .select_related("organisatie__opvolger")
    )
    return [(maatregel, actie) for actie in acties for maatregel, pk in sorted(koppeling) if pk == actie.pk]


def _concept(vergadering: Vergadering) -> tuple[Band, ...]:
    if vergadering.staat == Vergaderstaat.GEPLAND:
        return (Band("Concept", "De agenda is nog niet verzonden en kan nog veranderen."),)
    return ()
