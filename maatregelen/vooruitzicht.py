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
from maatregelen.herinnerschema import Komend, Regel, komende_stappen, regel_voor, regels
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


def ontvangers_van(
    mensen: Iterable[Ontvanger], trekkers: Collection[int], onbemand: Collection[int], dagen_na: int
) -> dict[int, Ontvanger]:
    """Who (id) is told about a milestone of these organisations, `dagen_na` days after its latest day (0: not yet).

    Each person once, in the quality that counts most.
    """
    organisaties = set(trekkers) or {GEEN_ORGANISATIE}
    is_bemand = any(trekker not in onbemand for trekker in trekkers)
    uit: dict[int, Ontvanger] = {}
    for een in mensen:
        if een.organisatie not in organisaties or (een.nood and is_bemand):
            continue
        if een.na_dagen and dagen_na < een.na_dagen:
            continue
        eerder = uit.get(een.persoon)
        if eerder is None or (RANG[een.hoedanigheid], -een.na_dagen) < (RANG[eerder.hoedanigheid], -eerder.na_dagen):
            uit[een.persoon] = een
    return uit


def dagen_na(mijlpaal: Mijlpaal, dag: datetime.date) -> int:
    """How many days a day lies after the latest day of a milestone; 0 up to and including that day."""
    return max(0, (dag - mijlpaal.einde).days) if mijlpaal.einde else 0


def _bezorgdag(komend: Komend, bezorging: str, vandaag: datetime.date) -> datetime.date | None:
    """The day on which this step reaches a person; None when that overview has gone out already."""
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
    return dag if dag > vandaag else None


def _planning(
    mijlpaal: Mijlpaal,
    stappen: Iterable[Komend],
    *,
    vandaag: datetime.date,
    bezorging: str,
    uitgesteld_tot: datetime.date | None,
) -> dict[datetime.date, Komend]:
    """The steps as one person gets them, by day: after a snooze, and in overviews. Of one day only the latest step."""
    uit: dict[datetime.date, Komend] = {}
    sleutel = mijlpaal.einde or mijlpaal.begin
    for komend in stappen:
        dag = komend.dag
        if uitgesteld_tot is not None and dag < uitgesteld_tot:
            dag = werkdag_vanaf(uitgesteld_tot)
            if komend.stap == Stap.AANKONDIGING and sleutel is not None and dag > sleutel:
                continue
        bezorgd = _bezorgdag(Komend(dag, komend.stap, komend.trede), bezorging, vandaag)
        if bezorgd is not None and bezorgd > vandaag:
            uit[bezorgd] = Komend(bezorgd, komend.stap, komend.trede)
    return uit


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
    komend = komende_stappen(mijlpaal, regel, vandaag, hoogstens=MEESTE)
    tot = {uitstel.persoon_id: uitstel.tot for uitstel in uitstellen}
    trekkers = _trekkers(mijlpaal)
    per_dag: dict[tuple[datetime.date, Stap, int], list[Aan]] = defaultdict(list)
    # Who is told at any of the steps: escalation adds people later.
    laatst = max((dagen_na(mijlpaal, een.dag) for een in komend), default=0)
    for pk in ontvangers_van(mensen.alle, trekkers, mensen.onbemand, laatst):
        eigen = [een for een in mensen.alle if een.persoon == pk]
        gekregen: list[Komend] = []
        rollen: dict[Komend, Ontvanger] = {}
        for een in komend:
            rol = ontvangers_van(eigen, trekkers, mensen.onbemand, dagen_na(mijlpaal, een.dag)).get(pk)
            if rol is not None:
                gekregen.append(een)
                rollen[een] = rol
        uitstelbaar = any(rol.hoedanigheid in UITSTELBAAR for rol in rollen.values())
        planning = _planning(
            mijlpaal,
            gekregen,
            vandaag=vandaag,
            bezorging=voorkeuren.get(pk, Bezorging.DIRECT),
            uitgesteld_tot=tot.get(pk) if uitstelbaar else None,
        )
        for dag, stap in planning.items():
            bij_stap = (rol for oud, rol in rollen.items() if (oud.stap, oud.trede) == (stap.stap, stap.trede))
            rol = next(bij_stap)
            per_dag[(dag, stap.stap, stap.trede)].append(Aan(mensen.ontvangers.mensen[pk], rol.hoedanigheid, rol.reden))
    uit = [Komt(mijlpaal, dag, stap, trede, aan) for (dag, stap, trede), aan in sorted(per_dag.items())]
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
        stappen = komende_stappen(mijlpaal, regel_voor(mijlpaal, van_kracht), vandaag, hoogstens=MEESTE)
        trekkers = _trekkers(mijlpaal)
        als: dict[Komend, Aan] = {}
        for een in stappen:
            rol = ontvangers_van(eigen, trekkers, mensen.onbemand, dagen_na(mijlpaal, een.dag)).get(persoon.pk)
            if rol is not None:
                als[een] = Aan(persoon, rol.hoedanigheid, rol.reden)
        bezorging = voorkeur.eigen
        if not als:
            bezorging = voorkeur.gevolgd
            for stap, volgt in ((Stap.AANKONDIGING, nadert), (Stap.VOORBIJ, te_laat)):
                eerste = next((een for een in stappen if een.stap == stap), None)
                sleutel = mijlpaal.einde or mijlpaal.begin
                if eerste and mijlpaal.maatregel_id in volgt and (mijlpaal.pk, str(stap), sleutel) not in verteld:
                    volger = Komend(eerste.dag, eerste.stap, EENMAAL)
                    als[volger] = Aan(persoon, Hoedanigheid.VOLGER, "u volgt een selectie waar dit onder valt")
        uitstelbaar = any(aan.hoedanigheid in UITSTELBAAR for aan in als.values())
        planning = _planning(
            mijlpaal,
            als,
            vandaag=vandaag,
            bezorging=bezorging,
            uitgesteld_tot=uitstel.get(mijlpaal.pk) if uitstelbaar else None,
        )
        for dag, komend in planning.items():
            if dag <= tot:
                aan = next(a for k, a in als.items() if (k.stap, k.trede) == (komend.stap, komend.trede))
                uit.append(Komt(mijlpaal, dag, komend.stap, komend.trede, [aan], Bezorging(bezorging)))
    return sorted(uit, key=lambda komt: (komt.dag, komt.mijlpaal.maatregel.code, komt.mijlpaal.pk))
