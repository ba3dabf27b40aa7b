"""Who must be told what: what is due is asked, what was told is a row under a unique key.

Nothing is remembered between runs but the ledger. A run asks what is due, writes the rows that are not there yet, and
hands over the open ones after asking once more whether they are still wanted. A missed night, a moved date, a finished
measure or a lost message therefore need no clean-up: the next run asks again.
"""

import datetime
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from maatregelen import berichten
from maatregelen.briefpapier import kenmerk
from maatregelen.herinnerplan import (
    Aanzegging,
    Vraag,
    lees,
    leg_vast,
    nieuwsvraag,
    nog_nodig,
    noteer,
    overzichtsdag,
    termijnvraag,
)
from maatregelen.mailvorm import Brief
from maatregelen.meldingen import Melding, laad
from maatregelen.models import (
    NIEUWSSTAPPEN,
    TERMIJNSTAPPEN,
    Bezorging,
    Herinnering,
    Mijlpaal,
    Stap,
    Uitkomst,
)
from maatregelen.ontvangers import NIEMAND, Ontvangers
from maatregelen.werkdagen import is_werkdag
from maatregelen.zendbeurt import zendbeurt
from maatregelen.zendlijnen import TIJD_OM, Overdracht, Uitslag

log = structlog.get_logger(__name__)

Vragen = list[tuple[tuple[Stap, ...], Vraag]]

PARTIJ = 1000  # rows that are checked once more by one question
VERS = 60.0  # seconds after which that answer is asked again, however few of them were handed over

GEEN_WERKDAG = "het is geen werkdag"
ANDER_BEZIG = "een ander proces is aan het versturen"


@dataclass(frozen=True)
class Regel:
    """What became of one mail."""

    uitkomst: Uitkomst
    aan: str = ""
    onderwerp: str = ""
    reden: str = ""
    fout: str = ""
    aantal: int = 1


@dataclass
class Verslag:
    """What a run did; `gestopt` says why it did not do all."""

    gepland: int = 0
    regels: list[Regel] = field(default_factory=list)
    blijft_open: int = 0
    gestopt: str = ""

    @property
    def aantallen(self) -> Counter[str]:
        """The number of mails per outcome."""
        return Counter(str(regel.uitkomst) for regel in self.regels)

    @property
    def is_alles_overgedragen(self) -> bool:
        """Whether nothing that was due stayed behind, or was refused."""
        return not (self.blijft_open or self.aantallen[Uitkomst.OPEN] or self.aantallen[Uitkomst.GEWEIGERD])

    def meld(self, gebeurtenis: str) -> None:
        """Write in the log what this run did, in these words; nothing when there was nothing to do."""
        if self.gestopt:
            log.error(
                "de mailserver is niet bereikbaar of de tijd is om; wat open staat gaat de volgende keer mee",
                oorzaak=self.gestopt,
                blijft_open=self.blijft_open + self.aantallen[Uitkomst.OPEN],
            )
        if self.gepland or self.regels:
            log.info(gebeurtenis, gepland=self.gepland, **self.aantallen)


# What would go


def voorgenomen(vandaag: datetime.date, *, moment: datetime.datetime | None = None) -> list[Melding]:
    """What would be told about termijnen on `vandaag` that was not told yet; nothing on a day off. Writes nothing.

    `vandaag` is the day by which termijnen are judged; people, roles and successors are those of the real day.
    """
    if not is_werkdag(vandaag):
        return []
    moment = moment or timezone.now()
    ontvangers = Ontvangers(timezone.localdate(moment), moment=moment)
    return _meldingen(lees(termijnvraag(vandaag, ontvangers)), ontvangers)


def voorgenomen_nieuws(*, moment: datetime.datetime) -> list[Melding]:
    """What followers would be told that they were not told yet. Writes nothing."""
    vandaag = timezone.localdate(moment)
    ontvangers = Ontvangers(vandaag, moment=moment)
    return _meldingen(lees(nieuwsvraag(moment, vandaag, ontvangers)), ontvangers)


def _meldingen(aanzeggingen: Sequence[Aanzegging], ontvangers: Ontvangers) -> list[Melding]:
    return list(laad(dict(enumerate(aanzeggingen)), ontvangers).values())


def zonder_ontvanger(vandaag: datetime.date, *, op: datetime.date | None = None) -> list[Mijlpaal]:
    """The milestones at a step today while there is nobody at all to tell: no dossierhouder and no secretariaat."""
    vraag = termijnvraag(vandaag, Ontvangers(op or timezone.localdate(), noem_niemand=True))
    gemist = {rij.mijlpaal_id for rij in lees(vraag) if rij.persoon_id == NIEMAND and rij.mijlpaal_id}
    return list(Mijlpaal.objects.filter(pk__in=gemist).select_related("maatregel").order_by("einde", "id"))


# Telling


def verstuur(
    vandaag: datetime.date,
    *,
    moment: datetime.datetime | None = None,
    wacht: bool = False,
    duur: float | None = None,
    met_nieuws: bool = False,
) -> Verslag:
    """Ask which termijnen are due on `vandaag`, put it in the ledger, hand it over; on working days only.

    `met_nieuws`: also what followers are to be told, so that an overview holds everything. `wacht`: wait for another
    process that is handing over. `duur`: seconds after which it stops by itself. What cannot be handed over stays open,
    for the next run.
    """
    moment = moment or timezone.now()
    if not is_werkdag(vandaag):
        return Verslag(gestopt=GEEN_WERKDAG)

    def vragen(ontvangers: Ontvangers) -> Vragen:
        uit: Vragen = [(TERMIJNSTAPPEN, termijnvraag(vandaag, ontvangers))]
        if met_nieuws:
            uit.append((NIEUWSSTAPPEN, nieuwsvraag(moment, vandaag, ontvangers)))
        return uit

    return _Ronde(vragen, vandaag, moment, duur, tuple(Bezorging)).doe(wacht=wacht)


def verstuur_statusberichten(
    *, moment: datetime.datetime | None = None, wacht: bool = False, duur: float | None = None
) -> Verslag:
    """Tell followers who want it at once what changed, on any day. See verstuur()."""
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)

    def vragen(ontvangers: Ontvangers) -> Vragen:
        return [(NIEUWSSTAPPEN, nieuwsvraag(moment, vandaag, ontvangers, bezorgingen=[Bezorging.DIRECT]))]

    return _Ronde(vragen, vandaag, moment, duur, (Bezorging.DIRECT,)).doe(wacht=wacht)


@dataclass(frozen=True)
class _Rij:
    """What a run keeps of an open ledger row."""

    pk: int
    persoon: int
    stap: str
    bezorging: str
    gepland_op: datetime.datetime
    maatregel: int
    mijlpaal: int | None


@dataclass(frozen=True)
class _Brief:
    """One mail: the rows that it tells, and what it says."""

    rijen: list[_Rij]
    meldingen: list[Melding]

    def __str__(self) -> str:
        return self.message_id

    @cached_property
    def message_id(self) -> str:
        """That of its first row: the same when the mail must be repeated after a crash."""
        eerste = min(self.rijen, key=lambda rij: rij.pk)
        return kenmerk("herinnering", eerste.pk, eerste.gepland_op)


@dataclass(frozen=True)
class _Gevraagd:
    """Who acts for whom, the questions that go with it, and until when (monotonic clock) that holds."""

    ontvangers: Ontvangers
    vragen: Vragen
    vers_tot: float


@dataclass
class _Ronde:
    """One run over the open rows of the asked steps."""

    vragen: Callable[[Ontvangers], Vragen]
    vandaag: datetime.date
    moment: datetime.datetime
    duur: float | None
    bezorgingen: tuple[Bezorging, ...]
    verslag: Verslag = field(default_factory=Verslag)
    antwoord_aan: list[str] = field(default_factory=list)
    gezegd: dict[Hashable, Brief] = field(default_factory=dict)

    def doe(self, *, wacht: bool) -> Verslag:
        verslag = self.verslag
        with zendbeurt(wacht=wacht) as aan_de_beurt:
            if not aan_de_beurt:
                verslag.gestopt = ANDER_BEZIG
                return verslag
            gevraagd = self._vraag()
            for _, vraag in gevraagd.vragen:
                verslag.gepland += leg_vast(vraag, vandaag=self.vandaag, moment=self.moment)
            self._draag_over(self._groepen([stap for stappen, _ in gevraagd.vragen for stap in stappen]), gevraagd)
        verslag.meld("berichten verstuurd")
        return verslag

    def _vraag(self) -> _Gevraagd:
        vers_tot = time.monotonic() + VERS
        ontvangers = Ontvangers(timezone.localdate(self.moment), moment=self.moment)
        return _Gevraagd(ontvangers, self.vragen(ontvangers), vers_tot)

    def _groepen(self, stappen: list[Stap]) -> list[list[_Rij]]:
        """The open rows as mails: one each, or one overview per person. What failed before comes last. One query."""
        rijen = (
            Herinnering.objects.te_versturen()
            .filter(stap__in=stappen, bezorging__in=self.bezorgingen, bezorgen_op__lte=self.vandaag)
            .order_by("pogingen", "id")
            .values_list("pk", "persoon", "stap", "bezorging", "gepland_op", "maatregel", "mijlpaal")
        )
        groepen: dict[tuple[int, str] | int, list[_Rij]] = {}
        for waarden in rijen:
            rij = _Rij(*waarden)
            los = rij.bezorging == Bezorging.DIRECT
            groepen.setdefault(rij.pk if los else (rij.persoon, rij.bezorging), []).append(rij)
        return list(groepen.values())

    def _draag_over(self, wachtend: list[list[_Rij]], gevraagd: _Gevraagd) -> None:
        """Hand over in lots; an answer that has become old is asked again for what is left of its lot. The first lot
        goes by what planning asked just now.
        """
        overdracht = Overdracht(
            self._schrijf, self._noteer, stop_op=time.monotonic() + self.duur if self.duur else None
        )
        while wachtend and not overdracht.gestopt:
            partij = list(_partij(wachtend))
            brieven = self._brieven(partij, gevraagd)
            uitslagen = overdracht.draag_over(brieven, vers_tot=gevraagd.vers_tot)
            self.verslag.regels += [_regel(uitslag) for uitslag in uitslagen]
            gedaan = {uitslag.brief.message_id for uitslag in uitslagen}
            rest = [brief.rijen for brief in brieven if brief.message_id not in gedaan]
            wachtend = rest + wachtend[len(partij) :]
            if wachtend and not overdracht.gestopt:
                gevraagd = self._vraag()
        self.verslag.blijft_open = len(wachtend)
        if wachtend or overdracht.gestopt != TIJD_OM:
            self.verslag.gestopt = overdracht.gestopt

    def _brieven(self, partij: list[list[_Rij]], gevraagd: _Gevraagd) -> list[_Brief]:
        """The mails of these rows that are still wanted; records those that are not. A fixed number of queries."""
        rijen = [rij for groep in partij for rij in groep]
        ontvangers = gevraagd.ontvangers
        nodig: dict[int, Aanzegging] = {}
        for stappen, vraag in gevraagd.vragen:
            zulke = [rij for rij in rijen if rij.stap in stappen]
            if zulke:
                over = vraag.over(
                    personen={rij.persoon for rij in zulke},
                    maatregelen={rij.maatregel for rij in zulke},
                    mijlpalen={rij.mijlpaal for rij in zulke if rij.mijlpaal},
                )
                nodig |= nog_nodig(over, [rij.pk for rij in zulke])
        self._sluit([rij.pk for rij in rijen if rij.pk not in nodig])
        if settings.ANTWOORDADRES:
            self.antwoord_aan = [settings.ANTWOORDADRES]
        else:
            self.antwoord_aan = [ontvangers.mensen[pk].email for pk in ontvangers.secretariaat[:1]]
        # Who chose another way of delivery since gets it that way, at the next planning.
        meldingen = laad({rij.pk: nodig[rij.pk] for rij in rijen if self._zoals_gewenst(rij, nodig)}, ontvangers)
        self.gezegd.clear()
        gewenst = [[rij for rij in groep if rij.pk in meldingen] for groep in partij]
        return [_Brief(groep, [meldingen[rij.pk] for rij in groep]) for groep in gewenst if groep]

    @staticmethod
    def _zoals_gewenst(rij: _Rij, nodig: dict[int, Aanzegging]) -> bool:
        return rij.pk in nodig and nodig[rij.pk].bezorging == rij.bezorging

    def _schrijf(self, brief: _Brief) -> EmailMessage:
        if brief.rijen[0].bezorging == Bezorging.DIRECT:
            return berichten.bericht(
                brief.meldingen[0],
                vandaag=self.vandaag,
                message_id=brief.message_id,
                antwoord_aan=self.antwoord_aan,
                gezegd=self.gezegd,
            )
        return berichten.overzicht(
            brief.meldingen,
            bezorging=brief.rijen[0].bezorging,
            vandaag=self.vandaag,
            message_id=brief.message_id,
            antwoord_aan=self.antwoord_aan,
        )

    def _noteer(self, uitslagen: Sequence[Uitslag[_Brief]]) -> None:
        """Record at once what became of these mails: one statement for those that ended alike."""
        gelijk: dict[tuple[Uitkomst, str, datetime.date | None], dict[int, str]] = defaultdict(dict)
        for uitslag in uitslagen:
            brief = uitslag.brief
            kenmerken = gelijk[uitslag.uitkomst, uitslag.fout, self._overzicht_van(brief)]
            kenmerken |= dict.fromkeys((rij.pk for rij in brief.rijen), brief.message_id)
        moment = timezone.now()
        for (uitkomst, fout, overzicht_van), kenmerken in gelijk.items():
            noteer(
                kenmerken,
                uitkomst=uitkomst,
                fout=fout,
                vandaag=self.vandaag,
                moment=moment,
                overzicht_van=overzicht_van,
            )

    def _overzicht_van(self, brief: _Brief) -> datetime.date | None:
        """The day whose overview this mail is; none for a mail about one thing."""
        bezorging = brief.rijen[0].bezorging
        if bezorging == Bezorging.WEEK:
            return overzichtsdag(self.vandaag)
        return self.vandaag if bezorging == Bezorging.DAG else None

    def _sluit(self, rijen: list[int]) -> None:
        """Record that these need not be told any more. One query."""
        if rijen:
            Herinnering.objects.filter(pk__in=rijen, uitkomst=Uitkomst.OPEN).update(
                uitkomst=Uitkomst.NIET_MEER_NODIG, afgehandeld_op=timezone.now()
            )
            self.verslag.regels += [Regel(Uitkomst.NIET_MEER_NODIG) for _ in rijen]


def _regel(uitslag: Uitslag[_Brief]) -> Regel:
    melding, aantal = uitslag.brief.meldingen[0], len(uitslag.brief.meldingen)
    return Regel(uitslag.uitkomst, melding.persoon.email, uitslag.onderwerp, melding.reden, uitslag.fout, aantal)


def _partij(groepen: list[list[_Rij]]) -> Iterator[list[_Rij]]:
    """As many mails as are checked by one question."""
    rijen = 0
    for groep in groepen:
        if rijen and rijen + len(groep) > PARTIJ:
            return
        rijen += len(groep)
        yield groep
