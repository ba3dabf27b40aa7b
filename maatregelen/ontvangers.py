"""Who acts for whom on a day: dossierhouders, chiefs, the secretariaat, and who stands in for somebody absent."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import InitVar, dataclass, field
from typing import NamedTuple

from django.utils import timezone

from maatregelen.blikveld import Blik
from maatregelen.herinnerschema import Escalatiestap, escalaties
from maatregelen.models import (
    Afgeschermd,
    Escalatiedoel,
    Hoedanigheid,
    Lidmaatschap,
    Organisatie,
    Persoon,
    Rol,
    Vervanging,
)
from maatregelen.models.organisatie import LidmaatschapQuerySet
from maatregelen.werkdagen import EEN_DAG
from maatregelen.zichtbaarheid import blik_van

ZONDER_TREKKER = "de maatregel heeft geen trekker"
GEEN_ORGANISATIE = 0  # stands for "nobody is responsible" among the organisations
NIEMAND = -1  # stands for the person who is missing
LANGSTE_REDEN = 200


@dataclass(frozen=True)
class Ontvanger:
    """A person who is told about what an organisation (id) is responsible for.

    `na_dagen`: 0 for every step, else only from so many days after the latest day on. `nood`: only when for none of
    the responsible organisations there is anybody else.
    """

    organisatie: int
    persoon: int
    hoedanigheid: Hoedanigheid
    na_dagen: int
    reden: str
    nood: bool = False


@dataclass(frozen=True)
class Stapontvangst:
    """Who a step comes down to today; `uitgeweken`: to the secretariaat, because the one meant is not there."""

    stap: Escalatiestap
    mensen: list[Persoon]
    uitgeweken: bool


class Dagrijen(NamedTuple):
    """What is written down for one day: who has a role and what each may see, the roles in which one is told, who was
    succeeded, who is absent.
    """

    mensen: list[Persoon]
    blikken: dict[int, Blik]
    leden: list[Lidmaatschap]
    opgevolgd: list[Organisatie]
    vervangingen: list[Vervanging]


BEZORGD = (Rol.DOSSIERHOUDER, Rol.SECRETARIAAT)  # the roles in which one is told


def _dagrijen(
    leden: Iterable[Lidmaatschap],
    opgevolgd: Iterable[Organisatie],
    vervangingen: Iterable[Vervanging],
    moment: datetime.datetime,
) -> Dagrijen:
    """Of the roles of a day; what people may see is asked of the moment."""
    per_mens: dict[int, list[Lidmaatschap]] = defaultdict(list)
    for lid in leden:
        per_mens[lid.persoon_id].append(lid)
    return Dagrijen(
        [groep[0].persoon for groep in per_mens.values()],
        {persoon: blik_van(groep, moment) for persoon, groep in per_mens.items()},
        [lid for groep in per_mens.values() for lid in groep if lid.rol in BEZORGD],
        list(opgevolgd),
        [een for een in vervangingen if een.vervanger_id in per_mens],
    )


def _alle_leden() -> LidmaatschapQuerySet:
    """The roles of who is told things: people who are active, in one order."""
    mensen = Lidmaatschap.objects.filter(persoon__is_active=True, persoon__is_programma=False)
    return mensen.select_related("persoon", "organisatie").order_by("persoon__email", "id")


def _rijen_van(op: datetime.date, moment: datetime.datetime) -> Dagrijen:
    leden = _alle_leden().geldig(op)
    opgevolgd = Organisatie.objects.filter(geldig_tot__lte=op, opvolger__isnull=False).select_related("opvolger")
    return _dagrijen(leden, opgevolgd, Vervanging.objects.geldig(op).order_by("id"), moment)


def begin_van(dag: datetime.date) -> datetime.datetime:
    """The first moment of a day: an embargo that ends in its course still holds when its mail goes out."""
    return timezone.make_aware(datetime.datetime.combine(dag, datetime.time()))


class Bezetting:
    """The same for every day from `vanaf` on, as far as it is written down by now: three queries, however many days."""

    def __init__(self, vanaf: datetime.date) -> None:
        self.vanaf = vanaf
        self._leden = list(_alle_leden().niet_voorbij(vanaf))
        opgevolgd = Organisatie.objects.filter(geldig_tot__isnull=False, opvolger__isnull=False)
        self._opgevolgd = [(een.geldig_tot, een) for een in opgevolgd.select_related("opvolger") if een.geldig_tot]
        self._vervangingen = list(Vervanging.objects.filter(tot_en_met__gte=vanaf).order_by("id"))

    def op(self, dag: datetime.date) -> Dagrijen:
        """What is written down for a day from `vanaf` on."""
        return _dagrijen(
            (lid for lid in self._leden if lid.vanaf <= dag and (lid.tot is None or lid.tot > dag)),
            (een for geldig_tot, een in self._opgevolgd if geldig_tot <= dag),
            (een for een in self._vervangingen if een.van <= dag <= een.tot_en_met),
            begin_van(dag),
        )

    def wisseldagen(self) -> list[datetime.date]:
        """The days after `vanaf` on which a role or an absence begins or is over, or an organisation is succeeded."""
        dagen = {dag for lid in self._leden for dag in (lid.vanaf, lid.tot) if dag}
        dagen |= {geldig_tot for geldig_tot, _ in self._opgevolgd}
        dagen |= {dag for een in self._vervangingen for dag in (een.van, een.tot_en_met + EEN_DAG)}
        return sorted(dag for dag in dagen if dag > self.vanaf)


@dataclass
class Ontvangers:
    """The people and organisations of a day: three queries, however many milestones there are; none when `rijen` says
    what is written down for that day. `moment` decides whether an embargo is over; without one it is the real one.
    """

    op: datetime.date
    noem_niemand: bool = False  # answer NIEMAND where there is nobody at all, and leave out who is told as well
    rijen: InitVar[Dagrijen | None] = None
    moment: datetime.datetime = field(default_factory=timezone.now)
    blikken: dict[int, Blik] = field(default_factory=dict)
    mensen: dict[int, Persoon] = field(default_factory=dict)
    dossierhouders: dict[int, list[Lidmaatschap]] = field(default_factory=lambda: defaultdict(list))
    secretariaat: list[int] = field(default_factory=list)
    opvolgers: dict[int, Organisatie] = field(default_factory=dict)
    vervangers: dict[int, Vervanging] = field(default_factory=dict)

    def __post_init__(self, rijen: Dagrijen | None) -> None:
        mensen, self.blikken, leden, opgevolgd, vervangingen = rijen or _rijen_van(self.op, self.moment)
        self.mensen = {persoon.pk: persoon for persoon in mensen}
        for lid in leden:
            if lid.rol == Rol.DOSSIERHOUDER:
                self.dossierhouders[lid.organisatie_id].append(lid)
            elif lid.persoon_id not in self.secretariaat:
                self.secretariaat.append(lid.persoon_id)
        if self.noem_niemand and not self.secretariaat:
            self.secretariaat = [NIEMAND]
        # The other end of Organisatie.objects.waarvoor_optreedt(), for all organisations at once.
        self.opvolgers = {oud.pk: oud.opvolger for oud in opgevolgd if oud.opvolger}
        self.vervangers = {vervanging.persoon_id: vervanging for vervanging in vervangingen}

    def kan_zien(self, persoon: int, *stukken: Afgeschermd | None) -> bool:
        """Whether a person may see all of these; what is not there hides nothing."""
        blik = self.blikken.get(persoon)
        return persoon == NIEMAND or (blik is not None and all(stuk is None or blik.ziet(stuk) for stuk in stukken))

    def keten(self, organisatie: Organisatie) -> list[Organisatie]:
        """The organisation and whoever took over its work, one after another."""
        keten = [organisatie]
        while (volgende := self.opvolgers.get(keten[-1].pk)) and volgende not in keten:
            keten.append(volgende)
        return keten

    def namen(self, trekkers: Iterable[Organisatie]) -> str:
        """Who is responsible, by the name of then and of now: AenM (nu JenV), SZW. Nothing for nobody."""
        namen = []
        for trekker in trekkers:
            laatste = self.keten(trekker)[-1]
            slot = f" (nu {laatste})" if laatste != trekker else " (opgeheven)" if trekker.is_opgeheven(self.op) else ""
            namen.append(f"{trekker}{slot}")
        return ", ".join(namen)

    def van(
        self, organisaties: Iterable[Organisatie], ketens: Mapping[int | None, list[Escalatiestap]] | None = None
    ) -> list[Ontvanger]:
        """Everybody who is told about what these organisations are responsible for, and about what is nobody's.

        Each person once per organisation and quality. An absent person is replaced by the deputy. One query; none when
        `ketens` says who stands in the chains (escalaties).
        """
        stappen = escalaties() if ketens is None else ketens
        uit: list[Ontvanger] = []
        for pk in self.secretariaat:
            uit.append(Ontvanger(GEEN_ORGANISATIE, pk, Hoedanigheid.SECRETARIAAT, 0, ZONDER_TREKKER))
        for organisatie in organisaties:
            keten = self.keten(organisatie)
            leden = [(huidig, lid) for huidig in keten for lid in self.dossierhouders.get(huidig.pk, [])]
            uit += self._eigenaren(organisatie, leden)
            eigen = self._eigen_keten(keten, stappen)
            for stap in stappen[eigen.pk if eigen else None]:
                reden = f"de termijn is al {stap.na_dagen} dagen of langer voorbij"
                for pk, hoedanigheid in self._doel(stap.doel, stap.persoon, [lid for _, lid in leden]):
                    uit.append(Ontvanger(organisatie.pk, pk, hoedanigheid, stap.na_dagen, reden))
        return [self.vervangen(ontvanger) for ontvanger in uit]

    def per_stap(self, organisatie: Organisatie) -> tuple[Organisatie | None, list[Stapontvangst]]:
        """Whose chain holds for an organisation (None: the general one), and who each step comes down to. One query."""
        stappen = escalaties()
        keten = self.keten(organisatie)
        eigen = self._eigen_keten(keten, stappen)
        leden = [lid for huidig in keten for lid in self.dossierhouders.get(huidig.pk, [])]
        uit = []
        for stap in stappen[eigen.pk if eigen else None]:
            gevonden = self._doel(stap.doel, stap.persoon, leden)
            ontvangers = [
                self.vervangen(Ontvanger(organisatie.pk, pk, hoedanigheid, stap.na_dagen, ""))
                for pk, hoedanigheid in gevonden
            ]
            mensen = [self.mensen[pk] for pk in dict.fromkeys(ontvanger.persoon for ontvanger in ontvangers)]
            anders = stap.doel != Escalatiedoel.SECRETARIAAT
            naar_bureau = all(hoedanigheid == Hoedanigheid.SECRETARIAAT for _, hoedanigheid in gevonden)
            uit.append(Stapontvangst(stap, mensen, anders and naar_bureau))
        return eigen, uit

    @staticmethod
    def _eigen_keten(keten: list[Organisatie], stappen: Mapping[int | None, list[Escalatiestap]]) -> Organisatie | None:
        """Whose own steps hold: of the one that does the work now, else of one before it."""
        return next((huidig for huidig in reversed(keten) if huidig.pk in stappen), None)

    def _eigenaren(
        self, organisatie: Organisatie, leden: list[tuple[Organisatie, Lidmaatschap]]
    ) -> Iterator[Ontvanger]:
        """Who keeps the measures up; where there is nobody the secretariaat: a deadline never passes unseen."""
        if not leden:
            reden = f"{self.namen([organisatie])} is verantwoordelijk, maar heeft hier nog geen dossierhouder"
            for pk in self.secretariaat:
                yield Ontvanger(organisatie.pk, pk, Hoedanigheid.SECRETARIAAT, 0, reden, nood=True)
        gezien: set[tuple[int, int]] = set()
        for huidig, lid in leden:
            if (huidig.pk, lid.persoon_id) in gezien:
                continue
            gezien.add((huidig.pk, lid.persoon_id))
            over = f"{huidig} nam het werk over, " if huidig != organisatie else ""
            reden = f"{organisatie} is verantwoordelijk, {over}u bent dossierhouder van {huidig}"
            yield Ontvanger(organisatie.pk, lid.persoon_id, Hoedanigheid.DOSSIERHOUDER, 0, reden)

    def _doel(self, doel: str, persoon: Persoon | None, leden: list[Lidmaatschap]) -> list[tuple[int, Hoedanigheid]]:
        """Who stands at a step of the chain; the secretariaat where the one meant is not there."""
        gevonden: list[tuple[int, Hoedanigheid]] = []
        if doel == Escalatiedoel.LEIDINGGEVENDE:
            chefs = dict.fromkeys(lid.leidinggevende_id for lid in leden if lid.leidinggevende_id in self.mensen)
            gevonden = [(chef, Hoedanigheid.LEIDINGGEVENDE) for chef in chefs if chef is not None]
        elif doel == Escalatiedoel.PERSOON and persoon is not None and persoon.pk in self.mensen:
            gevonden = [(persoon.pk, Hoedanigheid.AANGEWEZEN)]
        # Nobody is missed here: there is somebody who keeps the measure up, or that was said already.
        return gevonden or [(pk, Hoedanigheid.SECRETARIAAT) for pk in self.secretariaat if pk != NIEMAND]

    def vervangen(self, ontvanger: Ontvanger) -> Ontvanger:
        """The deputy in the place of who is absent; a deputy who is absent too has one of their own."""
        nu, gezien = ontvanger.persoon, {ontvanger.persoon}
        tot = None
        while (vervanging := self.vervangers.get(nu)) and vervanging.vervanger_id not in gezien:
            # Until the first of them is back: then somebody else gets it.
            nu, tot = vervanging.vervanger_id, min(tot or vervanging.tot_en_met, vervanging.tot_en_met)
            gezien.add(nu)
        if tot is None or nu in self.vervangers:  # nobody absent, or everybody: then the one it is about
            return ontvanger
        reden = f"u vervangt {self.mensen[ontvanger.persoon]} t/m {tot:%d-%m-%Y}: {ontvanger.reden}"
        return Ontvanger(
            ontvanger.organisatie,
            nu,
            ontvanger.hoedanigheid,
            ontvanger.na_dagen,
            reden[:LANGSTE_REDEN],
            nood=ontvanger.nood,
        )
