"""Who acts for whom on a day: dossierhouders, chiefs, the secretariaat, and who stands in for somebody absent."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from maatregelen.herinnerschema import Escalatiestap, escalaties
from maatregelen.models import (
    Escalatiedoel,
    Hoedanigheid,
    Lidmaatschap,
    Organisatie,
    Persoon,
    Rol,
    Vervanging,
)
from maatregelen.zichtbaarheid import kijkers

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


@dataclass
class Ontvangers:
    """The people and organisations of a day: four queries, however many milestones there are."""

    op: datetime.date
    noem_niemand: bool = False  # answer NIEMAND where there is nobody at all, and leave out who is told as well
    mensen: dict[int, Persoon] = field(default_factory=dict)
    dossierhouders: dict[int, list[Lidmaatschap]] = field(default_factory=lambda: defaultdict(list))
    secretariaat: list[int] = field(default_factory=list)
    opvolgers: dict[int, Organisatie] = field(default_factory=dict)
    vervangers: dict[int, Vervanging] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mensen = {persoon.pk: persoon for persoon in kijkers(self.op)}
        leden = (
            Lidmaatschap.objects.geldig(self.op)
            .filter(rol__in=[Rol.DOSSIERHOUDER, Rol.SECRETARIAAT], persoon__in=self.mensen)
            .order_by("persoon__email", "id")
        )
        for lid in leden:
            if lid.rol == Rol.DOSSIERHOUDER:
                self.dossierhouders[lid.organisatie_id].append(lid)
            elif lid.persoon_id not in self.secretariaat:
                self.secretariaat.append(lid.persoon_id)
        if self.noem_niemand and not self.secretariaat:
            self.secretariaat = [NIEMAND]
        # The other end of Organisatie.objects.waarvoor_optreedt(), for all organisations at once.
        for oud in Organisatie.objects.filter(geldig_tot__lte=self.op, opvolger__isnull=False).select_related(
            "opvolger"
        ):
            if oud.opvolger:
                self.opvolgers[oud.pk] = oud.opvolger
        for vervanging in Vervanging.objects.geldig(self.op).filter(vervanger__in=self.mensen).order_by("id"):
            self.vervangers[vervanging.persoon_id] = vervanging

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

    def van(self, organisaties: Iterable[Organisatie]) -> list[Ontvanger]:
        """Everybody who is told about what these organisations are responsible for, and about what is nobody's.

        Each person once per organisation and quality. An absent person is replaced by the deputy. One query.
        """
        stappen = escalaties()
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
        return [self._vervangen(ontvanger) for ontvanger in uit]

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
                self._vervangen(Ontvanger(organisatie.pk, pk, hoedanigheid, stap.na_dagen, ""))
                for pk, hoedanigheid in gevonden
            ]
            mensen = [self.mensen[pk] for pk in dict.fromkeys(ontvanger.persoon for ontvanger in ontvangers)]
            anders = stap.doel != Escalatiedoel.SECRETARIAAT
            naar_bureau = all(hoedanigheid == Hoedanigheid.SECRETARIAAT for _, hoedanigheid in gevonden)
            uit.append(Stapontvangst(stap, mensen, anders and naar_bureau))
        return eigen, uit

    @staticmethod
    def _eigen_keten(keten: list[Organisatie], stappen: dict[int | None, list[Escalatiestap]]) -> Organisatie | None:
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

    def _vervangen(self, ontvanger: Ontvanger) -> Ontvanger:
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
