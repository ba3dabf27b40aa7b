"""What stands in the onepager of a measure, a pillar or a theme."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Prefetch

from maatregelen.herinnerschema import vaag_na
from maatregelen.lijstvolgorde import als_boom
from maatregelen.models import (
    Agenda,
    Agendastaat,
    Betrokkenheid,
    BetrokkenheidRol,
    Maatregel,
    Mijlpaal,
    Opvolging,
    Pijler,
    Pijlerbetrokkenheid,
    Pijlerrol,
    Reactie,
    Reactiesoort,
    Statuswijziging,
)
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.reacties import geldende, reacties_van
from maatregelen.signalen import geef_laatst_gemeld, met_laatst_gemeld, signalen
from maatregelen.voortgang import stand_van
from maatregelen.zichtbaarheid import zichtbare_maatregelen, zichtbare_pijlers, zichtbare_themas
from regietafel.models import Actiepunt, Terugkoppeling, Vergadering
from regietafel.stukken import woorden
from regietafel.stukken.beschrijving import Alinea, Band, Blok, Kolom, Kop, Tabel, alineas, feiten, lijst, tabel
from regietafel.stukken.zicht import NietTeZien, Zicht
from regietafel.zichtbaarheid import zichtbare_actiepunten, zichtbare_terugkoppelingen

Deel = tuple[str, str, tuple[Band, ...], list[Blok]]

LAATSTE = 5  # how many changes a onepager shows; it says how many more there are
MET_CODE = 3  # up to so many measures are named by their code
# What a onepager of many measures reads of each.
_VAN_PIJLER = (
    *("nummer", "titel", "toelichting", "volgorde", "bovenliggend"),
    *("agenda__titel", "agenda__staat", "agenda__is_lopend"),
)
_VAN_MAATREGEL = (
    *("code", "titel", "pijler", "bovenliggend", "volgorde", "aard", "geaccordeerd"),
    *("status", "voortgang", "voortgang_op"),
)
_VAN_MIJLPAAL = (
    *("maatregel", "omschrijving", "termijn_tekst", "begin", "einde", "precisie", "peildatum"),
    *("hardheid", "na_mijlpaal", "na_fase", "behaald_op"),
)
_VAN_ORGANISATIE = (
    *("organisatie__afkorting", "organisatie__soort", "organisatie__geldig_tot"),
    *("organisatie__opvolger__afkorting",),
)
NIET_AFGESPROKEN = (Agendastaat.CONCEPT, Agendastaat.INGETROKKEN)


def maatregel(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """One measure: how it stands, by when what, who, what changed, what the table said of it. Twelve queries."""
    rij = _met_stand(zichtbare_maatregelen(zicht.wie).filter(code=onderwerp["maatregel"]), alles=True).first()
    if rij is None:
        raise NietTeZien(onderwerp["maatregel"])
    agenda = rij.pijler.agenda
    blokken: list[Blok] = [_feiten(rij, zicht), *_vraagt_aandacht([rij], zicht, met_code=False)]
    mijlpalen = list(rij.mijlpalen.all())
    if mijlpalen:
        for mijlpaal in mijlpalen:
            mijlpaal.maatregel = rij
        blokken += [Kop("Termijnen"), _mijlpalen(mijlpalen, zicht)]
    blokken += reactieblok([rij], met_code=False)
    if rij.voorwaarde:
        blokken += [Kop("Voorwaarde"), *alineas(rij.voorwaarde)]
    if rij.toelichting:
        blokken += [Kop("Toelichting"), *alineas(rij.toelichting)]
    blokken += [*_onderdelen(rij, zicht), *_opvolging(rij), *_aan_tafel(rij, zicht), *_wijzigingen(rij)]
    return f"Maatregel {rij.code}", rij.titel, zicht.banden(*_concept([agenda])), blokken


def pijler(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """A pillar with the pillars below it: how many are how far, what asks attention, all its measures."""
    alle = list(
        zichtbare_pijlers(zicht.wie)
        .filter(agenda__slug=onderwerp["agenda"])
        .select_related("agenda")
        .only(*_VAN_PIJLER)
        .order_by("volgorde", "nummer", "pk")
    )
    deze = next((rij for rij in alle if rij.nummer == onderwerp["pijler"]), None)
    if deze is None:
        raise NietTeZien(onderwerp["pijler"])
    hoofdstukken = [deze, *_eronder(deze, alle)]
    maatregelen = _van_pijlers(zichtbare_maatregelen(zicht.wie), hoofdstukken)
    betrokken = list(
        Pijlerbetrokkenheid.objects.filter(pijler=deze.pk)
        .select_related("organisatie__opvolger")
        .only("rol", *_VAN_ORGANISATIE)
        .order_by("volgorde", "pk")
    )
    blokken: list[Blok] = [
        feiten(
            [
                ("Agenda", deze.agenda.titel),
                ("Verantwoordelijk", _bij_pijler(betrokken, Pijlerrol.VERANTWOORDELIJK, zicht)),
                ("Ingeleid door", _bij_pijler(betrokken, Pijlerrol.INLEIDER, zicht)),
                ("Stand", standzin(maatregelen)),
            ]
        ),
        *alineas(deze.toelichting),
        *_vraagt_aandacht(maatregelen, zicht),
    ]
    for hoofdstuk in hoofdstukken:
        eigen = [rij for rij in maatregelen if rij.pijler_id == hoofdstuk.pk]
        if not eigen and hoofdstuk.pk != deze.pk:
            continue
        blokken.append(Kop("Maatregelen" if hoofdstuk.pk == deze.pk else f"{hoofdstuk.nummer}. {hoofdstuk.titel}"))
        blokken += [*_lijst(eigen, zicht, f"Maatregelen van pijler {hoofdstuk.nummer}")]
    blokken += reactieblok(maatregelen)
    return f"Pijler {deze.nummer}", deze.titel, zicht.banden(*_concept([deze.agenda])), blokken


def thema(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """A theme through the agendas, oldest agenda first."""
    rij = zichtbare_themas(zicht.wie).filter(slug=onderwerp["thema"]).first()
    if rij is None:
        raise NietTeZien(onderwerp["thema"])
    maatregelen = list(
        _met_stand(zichtbare_maatregelen(zicht.wie).filter(themaplaatsen__thema=rij)).order_by(
            "pijler__agenda__geldt_vanaf", "pijler__agenda__slug", "themaplaatsen__volgorde", "code"
        )
    )
    blokken: list[Blok] = [
        feiten([("Stand", standzin(maatregelen))]),
        *alineas(rij.ontwikkeling),
        *_vraagt_aandacht(maatregelen, zicht),
    ]
    agendas: dict[int, Agenda] = {maatregel.pijler.agenda_id: maatregel.pijler.agenda for maatregel in maatregelen}
    for agenda in agendas.values():
        eigen = [maatregel for maatregel in maatregelen if maatregel.pijler.agenda_id == agenda.pk]
        blokken += [Kop(agenda.titel)]
        if agenda.staat in NIET_AFGESPROKEN:
            blokken.append(Alinea(f"{woorden.hoofdletter(agenda.get_staat_display())}.", klein=True))
        blokken += [*_lijst(eigen, zicht, f"Maatregelen uit {agenda.titel}")]
    blokken += reactieblok(maatregelen)
    if not maatregelen:
        blokken.append(Alinea("Dit thema heeft geen maatregelen."))
    return "Thema", rij.titel, zicht.banden(*_concept(agendas.values())), blokken


def standzin(maatregelen: Sequence[Maatregel]) -> str:
    """12 maatregelen: 3 aangekondigd, 9 in uitvoering."""
    stand = stand_van(maatregelen)
    if not stand.totaal:
        return "geen maatregelen"
    delen = ", ".join(f"{hoeveel} {woord}" for _, woord, hoeveel in stand.delen())
    return f"{woorden.aantal(stand.totaal, 'maatregel', 'maatregelen')}: {delen}"


def maatregeltabel(maatregelen: Iterable[tuple[Maatregel, int]], zicht: Zicht, bijschrift: str) -> Tabel:
    """Measures as rows, in their order, a part of another one marked so; reads what `voor_lijst` gave."""

    def rij(maatregel: Maatregel, diepte: int) -> tuple[str, ...]:
        volgende = woorden.volgende_mijlpaal(maatregel)
        wat = f"{volgende.omschrijving}: {woorden.termijn(volgende)}" if volgende else ""
        status = maatregel.get_status_display()
        return (
            maatregel.code,
            f"{'– ' * diepte}{maatregel.titel}{'' if maatregel.geaccordeerd else ' (niet geaccordeerd)'}",
            woorden.trekkers(maatregel, zicht.dag),
            wat,
            f"{status}, {maatregel.get_voortgang_display()}" if maatregel.voortgang_op else status,
        )

    kolommen = (
        Kolom("Code", 12),
        Kolom("Maatregel", 31),
        Kolom("Wie", 18),
        Kolom("Eerste termijn", 22),
        Kolom("Status", 17),
    )
    return tabel(bijschrift, kolommen, (rij(maatregel, diepte) for maatregel, diepte in maatregelen))


def _met_stand(rijen, *, alles: bool = False):  # type: ignore[no-untyped-def]  # the annotated queryset has no name
    """Measures with what tables and signals read: three more queries, and one for each person's involvement."""
    gelezen = met_laatst_gemeld(rijen).voor_lijst(Mijlpaal.objects.met_vaag_sinds())
    if not alles:
        return gelezen
    betrokken = Betrokkenheid.objects.geldend().select_related("organisatie__opvolger").order_by("volgorde", "pk")
    return gelezen.select_related("pijler__agenda", "bovenliggend").prefetch_related(
        Prefetch("betrokkenheden", betrokken, to_attr="alle_betrokkenen")
    )


def _van_pijlers(rijen: MaatregelQuerySet, pijlers: Sequence[Pijler]) -> list[Maatregel]:
    """The measures of sections that were read already, in their order, as `_met_stand` gives them; four queries.

    Each asks the past for no more than is shown: there every row of another table is looked up in the history.
    """
    per_pk = {rij.pk: rij for rij in pijlers}
    verantwoordelijk = Betrokkenheid.objects.geldend().filter(rol=BetrokkenheidRol.VERANTWOORDELIJK)
    mijlpalen = Mijlpaal.objects.met_vaag_sinds().only(*_VAN_MIJLPAAL)
    maatregelen = list(
        rijen.filter(pijler__in=per_pk)
        .only(*_VAN_MAATREGEL)
        .order_by("volgorde", "code")
        .prefetch_related(
            Prefetch(
                "betrokkenheden",
                verantwoordelijk.select_related("organisatie__opvolger").only("rol", "maatregel", *_VAN_ORGANISATIE),
                to_attr="verantwoordelijken",
            ),
            Prefetch("mijlpalen", mijlpalen),
        )
    )
    for rij in maatregelen:
        rij.pijler = per_pk[rij.pijler_id]
    geef_laatst_gemeld(maatregelen)
    return sorted(maatregelen, key=lambda rij: rij.pijler.volgorde)


def _vraagt_aandacht(maatregelen: Sequence[Maatregel], zicht: Zicht, *, met_code: bool = True) -> list[Blok]:
    """What the data says, what needs somebody now first; what it says of many measures is said once."""
    na = vaag_na() if maatregelen else {}
    gevonden: dict[tuple[bool, str], list[str]] = {}
    for maatregel in maatregelen:
        for signaal in signalen(
            maatregel,
            vandaag=zicht.dag,
            verantwoordelijken=maatregel.verantwoordelijken,  # type: ignore[attr-defined]
            mijlpalen=list(maatregel.mijlpalen.all()),
            stand_gemeld=maatregel.stand_gemeld,  # type: ignore[attr-defined]
            laatst_gemeld=maatregel.laatst_gemeld,  # type: ignore[attr-defined]
            vaag_na=na,
        ):
            gevonden.setdefault((not signaal.nu, signaal.zin), []).append(maatregel.code)
    if not gevonden:
        return []

    def over(codes: list[str]) -> str:
        if not met_code:
            return ""
        return ", ".join(codes) if len(codes) <= MET_CODE else woorden.aantal(len(codes), "maatregel", "maatregelen")

    op_volgorde = sorted(gevonden.items(), key=lambda deel: deel[0][0])
    return [Kop("Vraagt aandacht"), lijst((over(codes), zin) for (_, zin), codes in op_volgorde)]


def _feiten(rij: Maatregel, zicht: Zicht) -> Blok:
    per_rol = {
        rol: woorden.opsomming(
            woorden.organisatie(betrokken.organisatie, zicht.dag)
            for betrokken in rij.alle_betrokkenen  # type: ignore[attr-defined]
            if betrokken.rol == rol
        )
        for rol in BetrokkenheidRol
    }
    verantwoordelijk = per_rol[BetrokkenheidRol.VERANTWOORDELIJK]
    return feiten(
        [
            ("Status", rij.get_status_display()),
            ("Voortgang", woorden.voortgang(rij, verantwoordelijk or "de melder")),
            ("Verantwoordelijk", verantwoordelijk or woorden.NIEMAND),
            ("Uitvoerder", per_rol[BetrokkenheidRol.UITVOERDER]),
            ("Betrokken", per_rol[BetrokkenheidRol.BETROKKEN]),
            ("Agenda", rij.pijler.agenda.titel),
            ("Pijler", f"{rij.pijler.nummer}. {rij.pijler.titel}"),
            ("Onderdeel van", f"{rij.bovenliggend.code} {rij.bovenliggend.titel}" if rij.bovenliggend else ""),
            ("Soort", f"{rij.get_soort_display()}, {rij.get_aard_display()}"),
            ("Geldt vanaf", woorden.datum(rij.geldt_vanaf)),
            ("Geaccordeerd", "" if rij.geaccordeerd else "nee: een PM-punt, waarover nog geen overeenstemming is"),
            ("Verwijzingen", "; ".join(rij.verwijzingen)),
        ]
    )


def _mijlpalen(mijlpalen: Iterable[Mijlpaal], zicht: Zicht) -> Tabel:
    return tabel(
        "Wat wanneer klaar moet zijn",
        (Kolom("Wat", 40), Kolom("Termijn", 32), Kolom("Hardheid", 13), Kolom("Stand", 15)),
        (
            (
                mijlpaal.omschrijving,
                woorden.termijn(mijlpaal),
                mijlpaal.get_hardheid_display(),
                woorden.mijlpaalstand(mijlpaal, zicht.dag),
            )
            for mijlpaal in mijlpalen
        ),
    )


def reactieblok(
    maatregelen: Sequence[Maatregel],
    *,
    met_code: bool = True,
    reacties: Mapping[int, list[Reactie]] | None = None,
    niveau: int = 1,
) -> list[Blok]:
    """What organisations say of these measures and did not withdraw, dissents first; one query without `reacties`."""
    per_maatregel = reacties_van([rij.pk for rij in maatregelen]) if reacties is None else reacties
    punten = []
    for rij in maatregelen:
        for reactie in geldende(per_maatregel.get(rij.pk, ())):
            wie = f"{reactie.organisatie.afkorting}, {reactie.get_soort_display()}"
            punten.append((reactie.soort, (f"{rij.code}: {wie}" if met_code else wie, reactie.tekst)))
    if not punten:
        return []
    op_volgorde = sorted(punten, key=lambda punt: punt[0] != Reactiesoort.AFWIJKEND)
    return [Kop("Reacties van organisaties", niveau), lijst(punt for _, punt in op_volgorde)]


def _onderdelen(rij: Maatregel, zicht: Zicht) -> list[Blok]:
    onderdelen = list(zichtbare_maatregelen(zicht.wie).filter(bovenliggend=rij.pk).voor_lijst())
    if not onderdelen:
        return []
    return [
        Kop("Onderdelen"),
        maatregeltabel(((onderdeel, 0) for onderdeel in onderdelen), zicht, f"Onderdelen van {rij.code}"),
    ]


def _opvolging(rij: Maatregel) -> list[Blok]:
    naar = list(Opvolging.objects.filter(van=rij.pk).select_related("naar__pijler__agenda").order_by("pk"))
    van = list(Opvolging.objects.filter(naar=rij.pk).select_related("van__pijler__agenda").order_by("pk"))
    punten = [
        (
            woorden.hoofdletter(deel.get_soort_display()),
            f"in {deel.naar.code} {deel.naar.titel} ({deel.naar.pijler.agenda})",
        )
        for deel in naar
    ] + [
        (f"Komt uit ({deel.get_soort_display()})", f"{deel.van.code} {deel.van.titel} ({deel.van.pijler.agenda})")
        for deel in van
    ]
    return [Kop("Hoe de maatregel voortleeft"), lijst(punten)] if punten else []


def _aan_tafel(rij: Maatregel, zicht: Zicht) -> list[Blok]:
    """What meetings decided of it and what was promised there, latest meeting first."""
    besluiten: list[Terugkoppeling] = list(
        zichtbare_terugkoppelingen(zicht.wie)
        .filter(maatregel=rij.pk)
        .select_related("besluit__agendapunt__vergadering")
        .order_by("-besluit__agendapunt__vergadering__datum", "besluit__code")
    )
    acties: list[Actiepunt] = list(
        zichtbare_actiepunten(zicht.wie)
        .filter(maatregelen=rij.pk)
        .select_related("agendapunt__vergadering", "organisatie__opvolger")
        .order_by("-agendapunt__vergadering__datum", "code")
    )
    blokken: list[Blok] = []
    if besluiten:
        rijen = (
            (
                _dag_van(deel.besluit.agendapunt.vergadering),
                deel.besluit.tekst,
                ": ".join(tekst for tekst in (deel.get_stand_display(), deel.uitkomst) if tekst),
            )
            for deel in besluiten
        )
        kolommen = (Kolom("Vergadering", 18), Kolom("Besluit", 52), Kolom("Wat ervan kwam", 30))
        blokken += [Kop("Besluiten van de tafel"), tabel(f"Besluiten over {rij.code}", kolommen, rijen)]
    if acties:
        blokken += [Kop("Acties"), actietabel(acties, zicht, f"Acties bij {rij.code}")]
    return blokken


def actietabel(acties: Iterable[Actiepunt], zicht: Zicht, bijschrift: str, *, met_stand: bool = True) -> Tabel:
    """Actions as rows; reads the organisation with its successor."""
    kolommen = [Kolom("Wat", 46), Kolom("Wie", 18), Kolom("Wanneer", 22)]
    if met_stand:
        kolommen.append(Kolom("Stand", 18))

    def rij(actie: Actiepunt) -> tuple[str, ...]:
        wat = f"{actie.wat} Voorwaarde: {actie.voorwaarde}" if actie.voorwaarde else actie.wat
        deel = (wat, woorden.wie_doet_het(actie, zicht.dag), woorden.termijn(actie) or "geen termijn")
        return (*deel, woorden.actiestand(actie, zicht.dag)) if met_stand else deel

    return tabel(bijschrift, kolommen, (rij(actie) for actie in acties))


def _dag_van(vergadering: Vergadering) -> str:
    return woorden.datum(vergadering.datum) or vergadering.datum_tekst


def _wijzigingen(rij: Maatregel) -> list[Blok]:
    wijzigingen = list(
        Statuswijziging.objects.filter(maatregel=rij.pk)
        .exclude(van=None)
        .select_related("door")
        .order_by("-per", "-pk")
    )
    if not wijzigingen:
        return []
    tafel = tabel(
        f"Hoe de status van {rij.code} veranderde",
        (Kolom("Per", 17), Kolom("Van", 16), Kolom("Naar", 16), Kolom("Reden", 51)),
        (
            (
                woorden.datum(wijziging.per),
                wijziging.get_van_display(),
                wijziging.get_naar_display(),
                wijziging.toelichting,
            )
            for wijziging in wijzigingen[:LAATSTE]
        ),
    )
    meer = len(wijzigingen) - LAATSTE
    noot = [Alinea(f"En nog {woorden.aantal(meer, 'eerdere wijziging', 'eerdere wijzigingen')}.", klein=True)]
    return [Kop("Laatste wijzigingen van de status"), tafel, *(noot if meer > 0 else [])]


def _lijst(maatregelen: Sequence[Maatregel], zicht: Zicht, bijschrift: str) -> list[Blok]:
    if not maatregelen:
        return [Alinea("Geen maatregelen.")]
    return [maatregeltabel(als_boom(maatregelen), zicht, bijschrift)]


def _eronder(boven: Pijler, alle: Sequence[Pijler]) -> list[Pijler]:
    uit = []
    for deel in alle:
        if deel.bovenliggend_id == boven.pk:
            uit += [deel, *_eronder(deel, alle)]
    return uit


def _bij_pijler(betrokken: Iterable[Pijlerbetrokkenheid], rol: str, zicht: Zicht) -> str:
    return woorden.opsomming(woorden.organisatie(deel.organisatie, zicht.dag) for deel in betrokken if deel.rol == rol)


def _concept(agendas: Iterable[Agenda]) -> tuple[Band, ...]:
    """A draft is said so at the top when all of it is."""
    staten = {agenda.staat for agenda in agendas}
    if staten and staten <= set(NIET_AFGESPROKEN):
        eerste = Agendastaat.CONCEPT if Agendastaat.CONCEPT in staten else Agendastaat.INGETROKKEN
        return (Band(woorden.hoofdletter(str(eerste.label)), "Over dit stuk is nooit overeenstemming bereikt."),)
    return ()
