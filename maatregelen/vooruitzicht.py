"""What comes next, when and for whom, if nothing changes: the steps of open milestones, and who is there by then.

The rules by which mail is planned (herinnerplan), read forwards for a page: run after run, from the next one on. What
was told is in the ledger, so that what was missed comes with the next run, and whoever comes in somebody's place is
told what holds by then. Roles, absences and successions that begin or end later count from their day.

Two things it cannot know. News that is still to happen may send a weekly overview out, after which a termijn that comes
up that week waits for the next one; on the page of one measure what a person's other measures do to that is not asked
either. And the run of today counts as still to come until midnight, also after its last hour.
"""

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from maatregelen.berichtvoorkeuren import voorkeur_van
from maatregelen.beurten import ALS_VOLGER, Beurt, beurt, beurtdagen
from maatregelen.blikveld import Blik
from maatregelen.herinnerplan import RANGEN, overzichtsdag, rondedag
from maatregelen.herinnerschema import Regel, escalaties, regel_voor, regels
from maatregelen.models import (
    TERMIJNSTAPPEN,
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
from maatregelen.ontvangers import GEEN_ORGANISATIE, Bezetting, Ontvanger, Ontvangers, begin_van
from maatregelen.volgfilters import maatregelen_van, selecties_van
from maatregelen.werkdagen import EEN_DAG, werkdag_vanaf

STAPPEN = 5  # of one milestone on the page of its measure
VOORUIT = 60  # days on the page of a person
UITLOOP = datetime.timedelta(days=21)  # after its last step: for days off, and for an overview


@dataclass(frozen=True)
class Aan:
    """Who gets it, and as what."""

    persoon: Persoon
    hoedanigheid: Hoedanigheid
    reden: str


@dataclass(frozen=True)
class Komt:
    """A day on which something goes out about a milestone, and to whom. `alsnog`: it should have been there before."""

    mijlpaal: Mijlpaal
    dag: datetime.date
    stap: Stap
    trede: int
    aan: list[Aan]
    bezorging: Bezorging = Bezorging.DIRECT
    alsnog: bool = False


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


class _Mensen:
    """Who is told about what these organisations must do, on each day of a period; with `alleen` only whether and as
    what that person (id) is. Four queries.
    """

    def __init__(
        self,
        organisaties: Collection[Organisatie],
        van: datetime.date,
        tot_en_met: datetime.date,
        alleen: int | None = None,
    ) -> None:
        bezetting, ketens = Bezetting(van), escalaties()
        self._vanaf: list[datetime.date] = []
        self._dagen: list[tuple[Ontvangers, dict[int, list[Ontvanger]], set[int]]] = []
        vorige: tuple[list[Ontvanger], dict[int, Blik]] | None = None
        for dag in [van, *(dag for dag in bezetting.wisseldagen() if dag <= tot_en_met)]:
            ontvangers = Ontvangers(dag, rijen=bezetting.op(dag))
            iedereen = ontvangers.van(organisaties, ketens)
            rollen = [een for een in iedereen if alleen in (None, een.persoon)]
            nu = rollen, {pk: replace(blik, moment=begin_van(van)) for pk, blik in ontvangers.blikken.items()}
            if nu == vorige:  # somebody else's role or absence
                continue
            vorige = nu
            per_organisatie: dict[int, list[Ontvanger]] = defaultdict(list)
            for een in rollen:
                per_organisatie[een.organisatie].append(een)
            self._vanaf.append(dag)
            self._dagen.append((ontvangers, per_organisatie, {een.organisatie for een in iedereen if een.nood}))

    @property
    def wisselingen(self) -> list[datetime.date]:
        """The days from which it is others than on the day before."""
        return self._vanaf[1:]

    @property
    def alle(self) -> list[Ontvanger]:
        """Everybody who is told something on any of the days."""
        return [een for _, rollen, _ in self._dagen for groep in rollen.values() for een in groep]

    def op(self, dag: datetime.date) -> dict[int, Persoon]:
        """The people who may be told on a day."""
        return self._van(dag).mensen

    def kan_zien(self, persoon: int, mijlpaal: Mijlpaal, dag: datetime.date) -> bool:
        """Whether a person (id) may see a milestone when the run of a day begins."""
        blik = self._van(dag).blikken.get(persoon)
        dan = blik and replace(blik, moment=begin_van(dag))
        return dan is not None and dan.ziet(mijlpaal.maatregel) and dan.ziet(mijlpaal)

    def _van(self, dag: datetime.date) -> Ontvangers:
        return self._dagen[bisect_right(self._vanaf, dag) - 1][0]

    def rollen(self, trekkers: Collection[int], dag: datetime.date) -> dict[int, list[Ontvanger]]:
        """As what people (ids) may be told on a day about what these organisations (ids) must do, sooner or later."""
        _, per_organisatie, onbemand = self._dagen[bisect_right(self._vanaf, dag) - 1]
        is_bemand = any(trekker not in onbemand for trekker in trekkers)
        uit: dict[int, list[Ontvanger]] = defaultdict(list)
        for organisatie in trekkers or {GEEN_ORGANISATIE}:
            for een in per_organisatie.get(organisatie, []):
                if not (een.nood and is_bemand):
                    uit[een.persoon].append(een)
        return uit


@dataclass(frozen=True)
class _Gevolgd:
    """Which measures (ids) a person is told of because of a selection, before and after the day."""

    persoon: int
    nadert: set[int]
    te_laat: set[int]

    def rollen(self, mijlpaal: Mijlpaal, dag: datetime.date) -> list[Ontvanger]:
        is_voorbij = mijlpaal.einde is not None and mijlpaal.einde < dag
        return [ALS_VOLGER] if mijlpaal.maatregel_id in (self.te_laat if is_voorbij else self.nadert) else []


class _Boek:
    """What was told, and what the next runs add to it: a person is told a step once, and gets one overview a time."""

    def __init__(self, mijlpalen: Collection[Mijlpaal], personen: Collection[int], vanaf: datetime.date) -> None:
        """What the ledger has. Two queries."""
        stand = {mijlpaal.pk: mijlpaal.einde or mijlpaal.begin for mijlpaal in mijlpalen}
        rijen = Herinnering.objects.filter(persoon__in=personen)
        verteld = rijen.filter(mijlpaal__in=stand, stap__in=TERMIJNSTAPPEN).exclude(
            uitkomst__in=[Uitkomst.OPEN, Uitkomst.NIET_MEER_NODIG]
        )
        self._verteld: set[tuple[int, int, str, int]] = {
            (persoon, mijlpaal, stap, trede)
            for persoon, mijlpaal, stap, trede, over in verteld.values_list(
                "persoon", "mijlpaal", "stap", "trede", "sleuteldag"
            )
            if mijlpaal is not None and stand[mijlpaal] == over
        }
        overzichten = rijen.filter(uitkomst=Uitkomst.VERZONDEN, bezorgen_op__gte=overzichtsdag(vanaf))
        self._overzichten: set[tuple[int, str, datetime.date]] = set(
            overzichten.exclude(bezorging=Bezorging.DIRECT).values_list("persoon", "bezorging", "bezorgen_op")
        )

    def is_verteld(self, persoon: int, mijlpaal: Mijlpaal, stap: Stap, trede: int) -> bool:
        return (persoon, mijlpaal.pk, str(stap), trede) in self._verteld

    def mag(self, persoon: int, mijlpaal: Mijlpaal, een: Beurt) -> bool:
        """Whether this is news to the person, and not of an overview that went out without it."""
        return not (
            self.is_verteld(persoon, mijlpaal, een.stap, een.trede)
            or (persoon, str(een.bezorging), een.bezorgen_op) in self._overzichten
        )

    def noteer(self, ronde: Iterable[tuple[int, Mijlpaal, Beurt]]) -> None:
        """All of this went out with one run."""
        for persoon, mijlpaal, een in ronde:
            self._verteld.add((persoon, mijlpaal.pk, str(een.stap), een.trede))
            if een.bezorging != Bezorging.DIRECT:
                self._overzichten.add((persoon, str(een.bezorging), een.bezorgen_op))


@dataclass(frozen=True)
class _Termijn:
    mijlpaal: Mijlpaal
    regel: Regel
    trekkers: set[int]
    uitgesteld: dict[int, datetime.date]  # by whom (id), until when

    @property
    def laatste(self) -> datetime.date:
        """After this day nothing is told about it."""
        sleutel = self.mijlpaal.einde or self.mijlpaal.begin or datetime.date.min
        return sleutel + datetime.timedelta(days=self.regel.stopt_na) + UITLOOP


def _termijnen(
    mijlpalen: Iterable[Mijlpaal], van_kracht: dict[tuple[str, str], Regel], uitstellen: Iterable[Uitstel]
) -> list[_Termijn]:
    tot: dict[int, dict[int, datetime.date]] = defaultdict(dict)
    for uitstel in uitstellen:
        eerder = tot[uitstel.mijlpaal_id].get(uitstel.persoon_id, uitstel.tot)
        tot[uitstel.mijlpaal_id][uitstel.persoon_id] = max(eerder, uitstel.tot)
    return [
        _Termijn(
            mijlpaal,
            regel_voor(mijlpaal, van_kracht),
            {rij.organisatie_id for rij in mijlpaal.maatregel.trekkers},  # type: ignore[attr-defined]
            tot[mijlpaal.pk],
        )
        for mijlpaal in mijlpalen
    ]


def _ronden(
    termijnen: Collection[_Termijn],
    mensen: _Mensen,
    boek: _Boek,
    voorkeuren: Mapping[int, Berichtvoorkeur],
    *,
    vanaf: datetime.date,
    tot_en_met: datetime.date,
    alleen: _Gevolgd | None = None,
) -> list[tuple[datetime.date, Persoon, Mijlpaal, Beurt]]:
    """What each run of a period tells whom, in order of the days; of one person only when `alleen` says whom."""
    per_dag: dict[datetime.date, list[_Termijn]] = defaultdict(list)
    met_overzichten = any(Bezorging.WEEK in (een.eigen, een.gevolgd) for een in voorkeuren.values())
    eerste_dagen = {een.na_dagen for een in mensen.alle}
    for termijn in termijnen:
        for dag in beurtdagen(
            termijn.mijlpaal,
            termijn.regel,
            vanaf=vanaf,
            tot_en_met=min(tot_en_met, termijn.laatste),
            eerste_dagen=eerste_dagen,
            wisselingen=[*mensen.wisselingen, *termijn.uitgesteld.values(), *_na_embargo(termijn.mijlpaal)],
            met_overzichten=met_overzichten,
        ):
            per_dag[dag].append(termijn)
    uit = []
    for dag in sorted(per_dag):
        kan_zien = mensen.op(dag)
        ronde: list[tuple[int, Mijlpaal, Beurt]] = []
        for termijn in per_dag[dag]:
            rollen = mensen.rollen(termijn.trekkers, dag)
            if alleen is not None:
                rollen = {alleen.persoon: rollen.get(alleen.persoon, []) + alleen.rollen(termijn.mijlpaal, dag)}
            for pk in rollen.keys() & kan_zien.keys():
                if not mensen.kan_zien(pk, termijn.mijlpaal, dag):
                    continue
                een = _beurt(termijn, rollen[pk], pk, dag, boek, voorkeuren.get(pk) or Berichtvoorkeur())
                if een is not None:
                    ronde.append((pk, termijn.mijlpaal, een))
        boek.noteer(ronde)
        uit += [(dag, kan_zien[pk], mijlpaal, een) for pk, mijlpaal, een in ronde]
    return uit


def _na_embargo(mijlpaal: Mijlpaal) -> list[datetime.date]:
    """The day after that on which it opened by itself: then its first run comes."""
    if mijlpaal.stil_tot is None:
        return []
    return [timezone.localdate(mijlpaal.stil_tot - datetime.timedelta(microseconds=1)) + EEN_DAG]


def _beurt(
    termijn: _Termijn,
    rollen: list[Ontvanger],
    persoon: int,
    dag: datetime.date,
    boek: _Boek,
    voorkeur: Berichtvoorkeur,
) -> Beurt | None:
    uitgesteld = termijn.uitgesteld.get(persoon)
    een = beurt(
        termijn.mijlpaal,
        termijn.regel,
        rollen,
        op=rondedag(dag),
        voorkeur=voorkeur,
        is_uitgesteld=uitgesteld is not None and uitgesteld > dag,
        is_verteld=lambda stap, trede: boek.is_verteld(persoon, termijn.mijlpaal, stap, trede),
    )
    return een if een is not None and boek.mag(persoon, termijn.mijlpaal, een) else None


def _met_trekkers(mijlpalen: MijlpaalQuerySet) -> list[Mijlpaal]:
    """Milestones with their measure, agenda and who must do it. Two queries."""
    trekkers = Betrokkenheid.objects.trekkers().select_related("organisatie__opvolger")
    return list(
        mijlpalen.select_related("maatregel__pijler__agenda").prefetch_related(
            Prefetch("maatregel__betrokkenheden", queryset=trekkers, to_attr="trekkers")
        )
    )


def vooruitzicht_van(maatregel: Maatregel, *, vandaag: datetime.date) -> list[Vooruitzicht]:
    """What comes about each open milestone of a measure that has a day, in order of that day; from the run of today on.

    Always the same number of queries; a vague milestone gives no reminders and is not in the answer.
    """
    mijlpalen = [
        mijlpaal
        for mijlpaal in _met_trekkers(Mijlpaal.objects.open().met_sleuteldag().filter(maatregel=maatregel))
        if not mijlpaal.is_vaag
    ]
    uitstellen: dict[int, list[Uitstel]] = defaultdict(list)
    for uitstel in Uitstel.objects.geldig(vandaag).filter(mijlpaal__in=mijlpalen).select_related("persoon"):
        uitstellen[uitstel.mijlpaal_id].append(uitstel)
    termijnen = _termijnen(mijlpalen, regels(), [een for groep in uitstellen.values() for een in groep])
    tot_en_met = max((termijn.laatste for termijn in termijnen), default=vandaag)
    organisaties = {rij.organisatie for mijlpaal in mijlpalen for rij in mijlpaal.maatregel.trekkers}  # type: ignore[attr-defined]
    mensen = _Mensen(sorted(organisaties, key=lambda organisatie: organisatie.pk), vandaag, tot_en_met)
    personen = {een.persoon for een in mensen.alle}
    voorkeuren = {rij.persoon_id: rij for rij in Berichtvoorkeur.objects.filter(persoon__in=personen)}
    boek = _Boek(mijlpalen, personen, werkdag_vanaf(vandaag))
    groepen: dict[int, dict[tuple[datetime.date, Stap, int, bool], list[Aan]]] = defaultdict(lambda: defaultdict(list))
    for dag, persoon, mijlpaal, een in _ronden(
        termijnen, mensen, boek, voorkeuren, vanaf=vandaag, tot_en_met=tot_en_met
    ):
        aan = Aan(persoon, een.rol.hoedanigheid, een.rol.reden)
        groepen[mijlpaal.pk][(dag, een.stap, een.trede, een.alsnog)].append(aan)
    return [
        Vooruitzicht(
            mijlpaal,
            [
                Komt(mijlpaal, dag, stap, trede, sorted(aan, key=_volgorde), alsnog=alsnog)
                for (dag, stap, trede, alsnog), aan in sorted(groepen[mijlpaal.pk].items())[:STAPPEN]
            ],
            uitstellen[mijlpaal.pk],
        )
        for mijlpaal in mijlpalen
    ]


def _volgorde(aan: Aan) -> tuple[int, str, int]:
    return RANGEN[aan.hoedanigheid], aan.persoon.functie, aan.persoon.pk


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
    """What comes for one person, from the run of today on and in the days ahead, in order; nothing for who is not told
    anything (no role on any of the days, inactive).

    Always the same number of queries, however much there is.
    """
    tot_en_met = vandaag + datetime.timedelta(days=dagen)
    organisaties = Organisatie.objects.filter(pk__in=Betrokkenheid.objects.trekkers().values("organisatie"))
    mensen = _Mensen(list(organisaties.order_by("id")), vandaag, tot_en_met, alleen=persoon.pk)
    eigen = {een.organisatie for een in mensen.alle}
    selecties = [een for een in selecties_van(persoon) if een.meld_nadert or een.meld_te_laat]
    if not (eigen or selecties):
        return []
    gevolgd = _Gevolgd(
        persoon.pk,
        nadert=_gevolgde_maatregelen(een for een in selecties if een.meld_nadert),
        te_laat=_gevolgde_maatregelen(een for een in selecties if een.meld_te_laat),
    )
    van_kracht = regels()
    uiterst = max((dag for regel in van_kracht.values() for dag in regel.vooraf), default=0)
    terug = max((regel.stopt_na for regel in van_kracht.values()), default=0)
    mijlpalen = _met_trekkers(
        Mijlpaal.objects.open()
        .met_sleuteldag()
        .filter(
            Q(maatregel__in=_eigen_maatregelen(eigen)) | Q(maatregel__in=gevolgd.nadert | gevolgd.te_laat),
            Q(sleuteldag__lte=tot_en_met + datetime.timedelta(days=uiterst) + UITLOOP),
            Q(sleuteldag__gte=vandaag - datetime.timedelta(days=terug) - UITLOOP),
        )
    )
    uitstellen = Uitstel.objects.geldig(vandaag).filter(persoon=persoon, mijlpaal__in=mijlpalen)
    komend = _ronden(
        _termijnen(mijlpalen, van_kracht, uitstellen),
        mensen,
        _Boek(mijlpalen, {persoon.pk}, werkdag_vanaf(vandaag)),
        {persoon.pk: voorkeur_van(persoon)},
        vanaf=vandaag,
        tot_en_met=tot_en_met,
        alleen=gevolgd,
    )
    uit = [
        Komt(
            mijlpaal,
            dag,
            een.stap,
            een.trede,
            [Aan(persoon, een.rol.hoedanigheid, een.rol.reden)],
            een.bezorging,
            een.alsnog,
        )
        for dag, _, mijlpaal, een in komend
    ]
    return sorted(uit, key=lambda komt: (komt.dag, komt.mijlpaal.maatregel.code, komt.mijlpaal.pk))
