"""What comes next, when and for whom, if nothing changes: the steps of open milestones and today's people.

The same rules as those by which mail is planned (herinnerplan), read forwards for a page instead of asked for a day.
The people are those of today: who stands in next month is not known yet.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from maatregelen.berichtvoorkeuren import voorkeur_van
from maatregelen.herinnerschema import Komend, Regel, komende_stappen, regel_voor, regels, stilte_tot
from maatregelen.models import (
    Berichtvoorkeur,
    Betrokkenheid,
    Bezorging,
    Herinnering,
    Hoedanigheid,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Stap,
    Uitkomst,
    Uitstel,
    Volgfilter,
)
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.ontvangers import GEEN_ORGANISATIE, Ontvanger, Ontvangers
from maatregelen.volgfilters import maatregelen_van, selecties_van
from maatregelen.werkdagen import is_eerste_van_week, weekoverzicht_vanaf, werkdag_vanaf

EEN_DAG = datetime.timedelta(days=1)
STAPPEN = 5  # of one milestone on the page of its measure
VOORUIT = 60  # days on the page of a person
MEESTE = 40  # steps of one milestone that can fall within those days
RANG = {hoedanigheid: rang for rang, hoedanigheid in enumerate(Hoedanigheid)}
# Who only hears of it because nothing happens cannot put that off.
UITSTELBAAR = (Hoedanigheid.DOSSIERHOUDER, Hoedanigheid.VOLGER)
EENMAAL = -1  # the step of a follower: once before and once after
ALS_VOLGER = Ontvanger(GEEN_ORGANISATIE, 0, Hoedanigheid.VOLGER, 0, "u volgt een selectie waar dit onder valt")


@dataclass(frozen=True)
class Aan:
    """Who gets it, and as what."""

    persoon: Persoon
    hoedanigheid: Hoedanigheid
    reden: str


@dataclass(frozen=True)
class Komt:
    """A day on which something goes out about a milestone, and to whom."""

    mijlpaal: Mijlpaal
    dag: datetime.date
    stap: Stap
    trede: int
    aan: list[Aan]
    bezorging: Bezorging = Bezorging.DIRECT


@dataclass(frozen=True)
class Vooruitzicht:
    """What comes about one milestone, and who put it off until when."""

    mijlpaal: Mijlpaal
    stappen: list[Komt]
    uitstellen: list[Uitstel]

    @property
    def per_kring(self) -> list[tuple[list[Komt], list[Aan]]]:
        """The steps that go to the same people, with those people; in order of the first of them."""
        kringen: dict[tuple[tuple[int, str], ...], list[Komt]] = defaultdict(list)
        for komt in self.stappen:
            kringen[tuple((aan.persoon.pk, str(aan.hoedanigheid)) for aan in komt.aan)].append(komt)
        return [(stappen, stappen[0].aan) for stappen in kringen.values()]


def rollen_bij(
    mensen: Iterable[Ontvanger], trekkers: Collection[int], onbemand: Collection[int]
) -> dict[int, list[Ontvanger]]:
    """As what people (ids) may be told about what these organisations (ids) must do, sooner or later."""
    organisaties = set(trekkers) or {GEEN_ORGANISATIE}
    is_bemand = any(trekker not in onbemand for trekker in trekkers)
    uit: dict[int, list[Ontvanger]] = defaultdict(list)
    for een in mensen:
        if een.organisatie in organisaties and not (een.nood and is_bemand):
            uit[een.persoon].append(een)
    return uit


def als_wat(rollen: Iterable[Ontvanger], dagen_na: int) -> Ontvanger | None:
    """As what somebody is told so many days after the latest day (0: not yet past): the quality that counts most."""
    nu = [rol for rol in rollen if rol.na_dagen == 0 or dagen_na >= rol.na_dagen]
    return min(nu, key=lambda rol: (RANG[rol.hoedanigheid], -rol.na_dagen), default=None)


def _erna(mijlpaal: Mijlpaal, regel: Regel, eerste_dag: int, vandaag: datetime.date) -> list[Komend]:
    """The steps after the latest day for who hears of it from `eerste_dag` days on: a rhythm of one's own."""
    if mijlpaal.einde is None:
        return []
    uit = []
    for trede in range(eerste_dag, regel.stopt_na + 1, regel.daarna_elke or regel.stopt_na + 1):
        dag = werkdag_vanaf(mijlpaal.einde + datetime.timedelta(days=trede))
        if dag > vandaag:
            uit.append(Komend(dag, Stap.VOORBIJ, trede))
    return uit


def _bezorgdag(komend: Komend, bezorging: str, niet_voor: datetime.date | None) -> datetime.date | None:
    """The day on which a step reaches a person; None for who wants no mail about it."""
    if bezorging == Bezorging.GEEN:
        return None
    if bezorging != Bezorging.WEEK:
        return komend.dag
    if komend.stap == Stap.VOORBIJ:
        return weekoverzicht_vanaf(komend.dag)
    # An overview announces what comes until the next one.
    dag = komend.dag
    while not is_eerste_van_week(dag):
        dag -= EEN_DAG
    return dag if niet_voor is None or dag >= niet_voor else weekoverzicht_vanaf(niet_voor)


def _planning(
    mijlpaal: Mijlpaal,
    regel: Regel,
    rollen: Collection[Ontvanger],
    *,
    vandaag: datetime.date,
    bezorging: str,
    uitgesteld_tot: datetime.date | None,
) -> dict[datetime.date, tuple[Komend, Ontvanger]]:
    """The steps as one person gets them, by day: after a snooze, in overviews. Of one day only the latest step."""
    sleutel = mijlpaal.einde or mijlpaal.begin
    stappen = [een for een in komende_stappen(mijlpaal, regel, vandaag, hoogstens=MEESTE) if een.stap != Stap.VOORBIJ]
    stappen += _erna(mijlpaal, regel, max(1, min(rol.na_dagen for rol in rollen)), vandaag)
    uit: dict[datetime.date, tuple[Komend, Ontvanger]] = {}
    for een in stappen:
        # After the first day from which this person hears of it there is always a quality.
        rol = als_wat(rollen, dagen_na(mijlpaal, een.dag))
        if rol is None:
            continue
        dag, niet_voor = een.dag, stilte_tot(mijlpaal, regel)
        if uitgesteld_tot is not None and rol.hoedanigheid in UITSTELBAAR:
            niet_voor = max(uitgesteld_tot, niet_voor or uitgesteld_tot)
            if dag < uitgesteld_tot:
                dag = werkdag_vanaf(uitgesteld_tot)
                if een.stap == Stap.AANKONDIGING and sleutel is not None and dag > sleutel:
                    continue
        bezorgd = _bezorgdag(Komend(dag, een.stap, een.trede), bezorging, niet_voor)
        if bezorgd is not None and bezorgd > vandaag:
            uit[bezorgd] = (Komend(bezorgd, een.stap, een.trede), rol)
    return uit


def dagen_na(mijlpaal: Mijlpaal, dag: datetime.date) -> int:
    """How many days a day lies after the latest day of a milestone; 0 up to and including that day."""
    return max(0, (dag - mijlpaal.einde).days) if mijlpaal.einde else 0


def _met_trekkers(mijlpalen: MijlpaalQuerySet) -> list[Mijlpaal]:
    """Milestones with their measure, agenda and who must do it. Two queries."""
    trekkers = Betrokkenheid.objects.trekkers().select_related("organisatie__opvolger")
    return list(
        mijlpalen.select_related("maatregel__pijler__agenda").prefetch_related(
            Prefetch("maatregel__betrokkenheden", queryset=trekkers, to_attr="trekkers")
        )
    )


def _trekkers(mijlpaal: Mijlpaal) -> set[int]:
    return {rij.organisatie_id for rij in mijlpaal.maatregel.trekkers}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Mensen:
    """Today's people for a set of organisations; `onbemand`: the organisations (ids) without anybody of their own."""

    ontvangers: Ontvangers
    alle: list[Ontvanger]
    onbemand: set[int]


def _mensen(organisaties: Iterable[Organisatie], vandaag: datetime.date) -> _Mensen:
    ontvangers = Ontvangers(vandaag)
    alle = ontvangers.van(organisaties)
    return _Mensen(ontvangers, alle, {een.organisatie for een in alle if een.nood})


def vooruitzicht_van(maatregel: Maatregel, *, vandaag: datetime.date) -> list[Vooruitzicht]:
    """What comes about each open milestone of a measure that has a day, in order of that day.

    Always the same number of queries; a vague milestone gives no reminders and is not in the answer.
    """
    mijlpalen = [
        mijlpaal
        for mijlpaal in _met_trekkers(Mijlpaal.objects.open().met_sleuteldag().filter(maatregel=maatregel))
        if not mijlpaal.is_vaag
    ]
    van_kracht = regels()
    organisaties = {rij.organisatie for mijlpaal in mijlpalen for rij in mijlpaal.maatregel.trekkers}  # type: ignore[attr-defined]
    mensen = _mensen(sorted(organisaties, key=lambda organisatie: organisatie.pk), vandaag)
    uitstellen: dict[int, list[Uitstel]] = defaultdict(list)
    for uitstel in Uitstel.objects.geldig(vandaag).filter(mijlpaal__in=mijlpalen).select_related("persoon"):
        uitstellen[uitstel.mijlpaal_id].append(uitstel)
    voorkeuren = dict(
        Berichtvoorkeur.objects.filter(persoon__in={een.persoon for een in mensen.alle}).values_list("persoon", "eigen")
    )
    return [
        Vooruitzicht(
            mijlpaal,
            _stappen(mijlpaal, regel_voor(mijlpaal, van_kracht), mensen, uitstellen[mijlpaal.pk], voorkeuren, vandaag),
            uitstellen[mijlpaal.pk],
        )
        for mijlpaal in mijlpalen
    ]


def _stappen(
    mijlpaal: Mijlpaal,
    regel: Regel,
    mensen: _Mensen,
    uitstellen: list[Uitstel],
    voorkeuren: dict[int, str],
    vandaag: datetime.date,
) -> list[Komt]:
    tot = {uitstel.persoon_id: uitstel.tot for uitstel in uitstellen}
    per_dag: dict[tuple[datetime.date, Stap, int], list[Aan]] = defaultdict(list)
    for pk, rollen in rollen_bij(mensen.alle, _trekkers(mijlpaal), mensen.onbemand).items():
        planning = _planning(
            mijlpaal,
            regel,
            rollen,
            vandaag=vandaag,
            bezorging=voorkeuren.get(pk, Bezorging.DIRECT),
            uitgesteld_tot=tot.get(pk),
        )
        for dag, (een, rol) in planning.items():
            aan = Aan(mensen.ontvangers.mensen[pk], rol.hoedanigheid, rol.reden)
            per_dag[(dag, een.stap, een.trede)].append(aan)
    uit = [
        Komt(mijlpaal, dag, stap, trede, sorted(aan, key=lambda een: (RANG[een.hoedanigheid], een.persoon.functie)))
        for (dag, stap, trede), aan in sorted(per_dag.items())
    ]
    return uit[:STAPPEN]


def _eigen_maatregelen(organisaties: Collection[int]) -> MaatregelQuerySet:
    """The measures that these organisations (ids) must do; with GEEN_ORGANISATIE also those that are nobody's."""
    trekkers = Betrokkenheid.objects.trekkers().filter(maatregel=OuterRef("pk"))
    waar = Q(Exists(trekkers.filter(organisatie__in=organisaties)))
    if GEEN_ORGANISATIE in organisaties:
        waar |= ~Q(Exists(trekkers))
    return Maatregel.objects.filter(waar)


def _gevolgde_maatregelen(selecties: Iterable[Volgfilter]) -> set[int]:
    """The measures (ids) that any of these selections covers. One query, none without selections."""
    waar = Q()
    for een in selecties:
        waar |= Q(pk__in=maatregelen_van(een).order_by().values("pk"))
    return set(Maatregel.objects.filter(waar).values_list("pk", flat=True)) if waar else set()


def vooruitzicht_voor(persoon: Persoon, *, vandaag: datetime.date, dagen: int = VOORUIT) -> list[Komt]:
    """What comes for one person in the days ahead, in order; nothing for who is not told anything (no role, inactive).

    Always the same number of queries, however much there is.
    """
    organisaties = Organisatie.objects.filter(pk__in=Betrokkenheid.objects.trekkers().values("organisatie"))
    mensen = _mensen(organisaties.order_by("id"), vandaag)
    eigen = [een for een in mensen.alle if een.persoon == persoon.pk]
    selecties = [een for een in selecties_van(persoon) if een.meld_nadert or een.meld_te_laat]
    voorkeur = voorkeur_van(persoon)
    mag = persoon.pk in mensen.ontvangers.mensen
    van_kracht = regels()
    tot = vandaag + datetime.timedelta(days=dagen)
    if not mag or not (eigen or selecties):
        return []
    nadert = _gevolgde_maatregelen(een for een in selecties if een.meld_nadert)
    te_laat = _gevolgde_maatregelen(een for een in selecties if een.meld_te_laat)
    waar = Q(maatregel__in=_eigen_maatregelen({een.organisatie for een in eigen})) | Q(maatregel__in=nadert | te_laat)
    uiterst = max((dag for regel in van_kracht.values() for dag in regel.vooraf), default=0)
    terug = max((regel.stopt_na for regel in van_kracht.values()), default=0)
    mijlpalen = _met_trekkers(
        Mijlpaal.objects.open()
        .met_sleuteldag()
        .filter(
            waar,
            Q(sleuteldag__lte=tot + datetime.timedelta(days=uiterst + 14)),
            Q(sleuteldag__gte=vandaag - datetime.timedelta(days=terug + 14)),
        )
    )
    uitstel = dict(
        Uitstel.objects.geldig(vandaag).filter(persoon=persoon, mijlpaal__in=mijlpalen).values_list("mijlpaal", "tot")
    )
    verteld = set(
        Herinnering.objects.filter(persoon=persoon, mijlpaal__in=mijlpalen, trede=EENMAAL)
        .exclude(uitkomst=Uitkomst.NIET_MEER_NODIG)
        .values_list("mijlpaal", "stap", "sleuteldag")
    )
    uit: list[Komt] = []
    for mijlpaal in mijlpalen:
        regel = regel_voor(mijlpaal, van_kracht)
        eigen_rollen = rollen_bij(eigen, _trekkers(mijlpaal), mensen.onbemand).get(persoon.pk, [])
        bezorging = voorkeur.eigen if eigen_rollen else voorkeur.gevolgd
        planning = _planning(
            mijlpaal,
            regel,
            eigen_rollen or [ALS_VOLGER],
            vandaag=vandaag,
            bezorging=bezorging,
            uitgesteld_tot=uitstel.get(mijlpaal.pk),
        )
        sleutel = mijlpaal.einde or mijlpaal.begin
        gehad = {stap for pk, stap, over in verteld if (pk, over) == (mijlpaal.pk, sleutel)}
        for dag, (een, rol) in sorted(planning.items()):
            trede = een.trede
            if not eigen_rollen:
                volgt = nadert if een.stap == Stap.AANKONDIGING else te_laat
                if mijlpaal.maatregel_id not in volgt or een.stap in gehad:
                    continue
                trede = EENMAAL
                gehad.add(een.stap)
            if dag <= tot:
                aan = Aan(persoon, rol.hoedanigheid, rol.reden)
                uit.append(Komt(mijlpaal, dag, een.stap, trede, [aan], Bezorging(bezorging)))
    return sorted(uit, key=lambda komt: (komt.dag, komt.mijlpaal.maatregel.code, komt.mijlpaal.pk))
