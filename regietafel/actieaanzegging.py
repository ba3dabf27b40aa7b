"""Who must be told what about which action on a day: the steps of a promised termijn, its people, and why they.

An action is told of like a milestone that was promised: at the same steps, on the same days, up the same chain. This is
asked anew at every run, and run after run to look ahead; what was told is in the ledger (actiepost).
"""

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef

from maatregelen.beurten import Beurt, beurt, beurtdagen
from maatregelen.herinnerplan import rondedag
from maatregelen.herinnerschema import Escalatiestap, Regel, escalaties, regel_voor, regels
from maatregelen.models import (
    Berichtvoorkeur,
    Bezorging,
    Hardheid,
    Hoedanigheid,
    Mijlpaal,
    Organisatie,
    Persoon,
    Stap,
)
from maatregelen.ontvangers import GEEN_ORGANISATIE, NIEMAND, Bezetting, Ontvanger, Ontvangers
from regietafel.models import Actiebericht, Actiepunt, Berichtuitkomst
from regietafel.models.actiepunt import ActiepuntQuerySet

OP_UW_NAAM = "het actiepunt staat op uw naam"
ZONDER_TREKKER = "het actiepunt heeft geen trekker"
RUIMTE = datetime.timedelta(days=21)  # that days off and overviews can put between a step and the run that tells it
VERTELD = (Berichtuitkomst.VERZONDEN, Berichtuitkomst.GEWEIGERD)
LANGSTE_REDEN: int = Actiebericht._meta.get_field("reden").max_length or 0
_NIEMAND = Ontvanger(GEEN_ORGANISATIE, NIEMAND, Hoedanigheid.SECRETARIAAT, 0, "")

Regels = dict[tuple[str, str], Regel]
Sleutel = tuple[int, int, str, int, datetime.date]  # by which the ledger knows a row


@dataclass(frozen=True)
class Aanzegging:
    """This person must be told this step of this action; `reden` says why this person, `rol` as what."""

    actiepunt: Actiepunt
    persoon: Persoon
    stap: Stap
    trede: int
    sleuteldag: datetime.date
    rol: Ontvanger
    reden: str
    bezorging: Bezorging

    @property
    def sleutel(self) -> Sleutel:
        """By which the ledger knows it."""
        return (self.actiepunt.pk, self.persoon.pk, str(self.stap), self.trede, self.sleuteldag)

    @property
    def is_voorbij(self) -> bool:
        """Whether it is about a latest day that has passed."""
        return self.stap == Stap.VOORBIJ


def te_melden() -> ActiepuntQuerySet:
    """The actions of which is told: agreed on, open, with a latest day.

    Not while a milestone that promises the same tells it: one that is open, with the same latest day. Once the table
    moved the action, or the milestone is silent, the action is told by itself.
    """
    zelf_verteld = Mijlpaal.objects.open().filter(pk=OuterRef("mijlpaal"), einde=OuterRef("einde"))
    return Actiepunt.objects.open().filter(~Exists(zelf_verteld), einde__isnull=False)


def als_mijlpaal(actie: Actiepunt) -> Mijlpaal:
    """Its termijn as that of a promised milestone, of which the steps are asked; never saved."""
    return Mijlpaal(begin=actie.begin, einde=actie.einde, precisie=actie.precisie, hardheid=Hardheid.TOEZEGGING)


def binnen_bereik(
    acties: ActiepuntQuerySet, van: datetime.date, tot: datetime.date, van_kracht: Regels
) -> list[Actiepunt]:
    """Those that can be at a step from `van` up to and including `tot`, by their latest day. One query."""
    eigen = [regel for regel in van_kracht.values() if regel.hardheid == Hardheid.TOEZEGGING]
    vooraf = datetime.timedelta(days=max((dagen for regel in eigen for dagen in regel.vooraf), default=0))
    erna = datetime.timedelta(days=max((regel.stopt_na for regel in eigen), default=0))
    return list(
        acties.filter(einde__gte=van - erna - RUIMTE, einde__lte=tot + vooraf + RUIMTE)
        .select_related("organisatie__opvolger", "persoon", "agendapunt__vergadering")
        .order_by("einde", "code")
    )


def organisaties_van(acties: Iterable[Actiepunt]) -> list[Organisatie]:
    """Whose actions these are, each organisation once."""
    return list({actie.organisatie.pk: actie.organisatie for actie in acties if actie.organisatie}.values())


class Kring:
    """The people of a day, for these organisations; without `ketens` it takes one query."""

    def __init__(
        self,
        ontvangers: Ontvangers,
        organisaties: Iterable[Organisatie],
        *,
        ketens: Mapping[int | None, list[Escalatiestap]] | None = None,
    ) -> None:
        self.ontvangers = ontvangers
        self._per_organisatie: dict[int, list[Ontvanger]] = defaultdict(list)
        for een in ontvangers.van(organisaties, ketens):
            self._per_organisatie[een.organisatie].append(een)

    def rollen(self, actie: Actiepunt) -> dict[int, list[Ontvanger]]:
        """As what people (ids) are told about an action, sooner or later; only who may see it."""
        uit: dict[int, list[Ontvanger]] = defaultdict(list)
        for een in self._van(actie):
            if self.ontvangers.kan_zien(een.persoon, actie.agendapunt):
                uit[een.persoon].append(een)
        return uit

    def eerste_dagen(self) -> set[int]:
        """From how many days after the latest day there are people who hear of it."""
        return {een.na_dagen for groep in self._per_organisatie.values() for een in groep}

    def _van(self, actie: Actiepunt) -> Iterator[Ontvanger]:
        organisatie = actie.organisatie_id
        genoemde = actie.persoon_id
        if genoemde is not None and self.ontvangers.kan_zien(genoemde, actie.agendapunt):
            yield self._genoemde(genoemde, organisatie)
            if organisatie is not None:
                yield from (een for een in self._per_organisatie[organisatie] if een.na_dagen)
        elif organisatie is not None:
            yield from self._per_organisatie[organisatie]
        else:
            woorden = actie.wie_tekst.strip()
            reden = f"{woorden} zou dit doen, maar heeft hier geen dossierhouder" if woorden else ZONDER_TREKKER
            for pk in self.ontvangers.secretariaat:
                een = Ontvanger(GEEN_ORGANISATIE, pk, Hoedanigheid.SECRETARIAAT, 0, reden)
                yield self.ontvangers.vervangen(een)

    def _genoemde(self, persoon: int, organisatie: int | None) -> Ontvanger:
        """Who is named as the one who does it, or their deputy."""
        reden = f"het actiepunt staat op naam van {self.ontvangers.mensen[persoon]}"
        bij = GEEN_ORGANISATIE if organisatie is None else organisatie
        een = self.ontvangers.vervangen(Ontvanger(bij, persoon, Hoedanigheid.DOSSIERHOUDER, 0, reden))
        return replace(een, reden=OP_UW_NAAM) if een.persoon == persoon else een

    def wie(self, actie: Actiepunt) -> str:
        """Who does it, in words: by the name of then and of now; nothing for nobody."""
        woorden = actie.wie_tekst or (actie.persoon.functie if actie.persoon else "")
        if actie.organisatie is None:
            return woorden
        naam = self.ontvangers.namen([actie.organisatie])
        return f"{naam}, {woorden}" if woorden and woorden != actie.organisatie.afkorting else naam


@dataclass
class Boek:
    """What was told, and on which day a person had their last mail of it; runs that are foreseen add to it."""

    verteld: set[Sleutel] = field(default_factory=set)
    laatste_post: dict[int, datetime.date] = field(default_factory=dict)

    @classmethod
    def lees(cls, acties: Collection[Actiepunt], dag: datetime.date) -> "Boek":
        """As the ledger has it about these actions, by the run of a day. Two queries."""
        rijen = Actiebericht.objects.filter(actiepunt__in=acties, uitkomst__in=VERTELD).order_by()
        sinds, tot = rondedag(dag).overzicht, dag
        post = Actiebericht.objects.filter(uitkomst=Berichtuitkomst.VERZONDEN, vandaag__gte=sinds, vandaag__lte=tot)
        return cls(
            set(rijen.values_list("actiepunt", "persoon", "stap", "trede", "sleuteldag")),
            dict(post.order_by("vandaag").values_list("persoon", "vandaag")),
        )

    def noteer(self, aanzeggingen: Iterable[Aanzegging], dag: datetime.date) -> None:
        """All of this went out with the run of a day."""
        for een in aanzeggingen:
            self.verteld.add(een.sleutel)
            self.laatste_post[een.persoon.pk] = dag


@dataclass(frozen=True)
class _Termijn:
    """An action with the termijn and the steps that hold for it."""

    actie: Actiepunt
    mijlpaal: Mijlpaal
    einde: datetime.date
    regel: Regel


class Vraag:
    """What deciding about these actions needs beside the people: the steps in force, what people want, the ledger."""

    def __init__(self, acties: Collection[Actiepunt], van_kracht: Regels, dag: datetime.date) -> None:
        """As it is now, by the run of a day. Three queries."""
        self.voorkeuren = {rij.persoon_id: rij for rij in Berichtvoorkeur.objects.all()}
        self.boek = Boek.lees(acties, dag)
        self.termijnen: list[_Termijn] = []
        for actie in acties:
            mijlpaal = als_mijlpaal(actie)
            if actie.einde is not None:
                self.termijnen.append(_Termijn(actie, mijlpaal, actie.einde, regel_voor(mijlpaal, van_kracht)))

    def aanzeggingen(
        self,
        kring: Kring,
        dag: datetime.date,
        *,
        termijnen: Iterable[_Termijn] | None = None,
        alleen: int | None = None,
    ) -> list[Aanzegging]:
        """Who is at which step by the run of a working day, told already included; of one person (id) with `alleen`.

        Who had their mail of that day, or their overview of that week, hears the rest in the next.
        """
        uit = []
        for termijn in self.termijnen if termijnen is None else termijnen:
            for pk, rollen in kring.rollen(termijn.actie).items():
                if alleen not in (None, pk):
                    continue
                nu = self._beurt(termijn, pk, rollen, dag)
                if nu is None or self._had_post(pk, nu.bezorging, dag):
                    continue
                eigen = "; ".join(dict.fromkeys(een.reden for een in rollen if not een.na_dagen))
                uit.append(
                    Aanzegging(
                        termijn.actie,
                        kring.ontvangers.mensen[pk],
                        nu.stap,
                        nu.trede,
                        termijn.einde,
                        nu.rol,
                        (eigen or nu.rol.reden)[:LANGSTE_REDEN],
                        nu.bezorging,
                    )
                )
        return uit

    def zonder_ontvanger(self, kring: Kring, dag: datetime.date) -> list[Actiepunt]:
        """Those at a step while there is nobody to tell."""
        return [
            termijn.actie
            for termijn in self.termijnen
            if not kring.rollen(termijn.actie) and self._beurt(termijn, NIEMAND, [_NIEMAND], dag) is not None
        ]

    def _beurt(self, termijn: _Termijn, persoon: int, rollen: Sequence[Ontvanger], dag: datetime.date) -> Beurt | None:
        actie, einde = termijn.actie.pk, termijn.einde
        return beurt(
            termijn.mijlpaal,
            termijn.regel,
            rollen,
            op=rondedag(dag),
            voorkeur=self.voorkeuren.get(persoon) or Berichtvoorkeur(),
            is_uitgesteld=False,
            is_verteld=lambda stap, trede: (actie, persoon, str(stap), trede, einde) in self.boek.verteld,
        )

    def _had_post(self, persoon: int, bezorging: Bezorging, dag: datetime.date) -> bool:
        sinds = rondedag(dag).overzicht if bezorging == Bezorging.WEEK else dag
        return self.boek.laatste_post.get(persoon, datetime.date.min) >= sinds


@dataclass(frozen=True)
class Gevraagd:
    """What must be told on a day, to whom, and what nobody is there for."""

    aanzeggingen: list[Aanzegging]
    zonder_ontvanger: list[Actiepunt]
    kring: Kring
    verteld: set[Sleutel]


def gevraagd(vandaag: datetime.date, op: datetime.date) -> Gevraagd:
    """What must be told as judged on `vandaag`, a working day, to the people of `op`; told already included.

    Ten queries, however many actions.
    """
    van_kracht = regels()
    acties = binnen_bereik(te_melden(), vandaag, vandaag, van_kracht)
    vraag = Vraag(acties, van_kracht, vandaag)
    kring = Kring(Ontvangers(op), organisaties_van(acties))
    return Gevraagd(
        vraag.aanzeggingen(kring, vandaag), vraag.zonder_ontvanger(kring, vandaag), kring, vraag.boek.verteld
    )


def vooruit(
    acties: Collection[Actiepunt],
    van_kracht: Regels,
    *,
    vandaag: datetime.date,
    tot_en_met: datetime.date,
    alleen: int | None = None,
) -> list[tuple[datetime.date, Aanzegging]]:
    """What each run from today's on adds to the ledger about these actions if nothing changes, in order of the days.

    Roles, absences and successions that begin or end later count from their day. `alleen`: only to that person (id).
    Seven queries, however many actions.
    """
    vraag, bezetting, ketens = Vraag(acties, van_kracht, vandaag), Bezetting(vandaag), escalaties()
    organisaties = organisaties_van(acties)
    wisseldagen = [vandaag, *(dag for dag in bezetting.wisseldagen() if dag <= tot_en_met)]
    kringen = [Kring(Ontvangers(dag, rijen=bezetting.op(dag)), organisaties, ketens=ketens) for dag in wisseldagen]
    eerste_dagen = {dagen for kring in kringen for dagen in kring.eerste_dagen()}
    per_week = any(een.eigen == Bezorging.WEEK for een in vraag.voorkeuren.values())
    per_dag: dict[datetime.date, list[_Termijn]] = defaultdict(list)
    for termijn in vraag.termijnen:
        laatste = termijn.einde + datetime.timedelta(days=termijn.regel.stopt_na) + RUIMTE
        for dag in beurtdagen(
            termijn.mijlpaal,
            termijn.regel,
            vanaf=vandaag,
            tot_en_met=min(tot_en_met, laatste),
            eerste_dagen=eerste_dagen,
            wisselingen=wisseldagen[1:],
            met_overzichten=per_week,
        ):
            per_dag[dag].append(termijn)
    uit = []
    for dag in sorted(per_dag):
        kring = kringen[bisect_right(wisseldagen, dag) - 1]
        gevonden = vraag.aanzeggingen(kring, dag, termijnen=per_dag[dag], alleen=alleen)
        nieuw = [een for een in gevonden if een.sleutel not in vraag.boek.verteld]
        vraag.boek.noteer(nieuw, dag)
        uit += [(dag, een) for een in nieuw]
    return uit
