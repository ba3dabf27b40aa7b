"""Who must be told what: what is due is asked, what was told is a row under a unique key.

Nothing is remembered between runs but the ledger. A run asks what is due, writes the rows that are not there yet, and
hands over the open ones, each in a transaction of its own after asking once more whether it is still wanted. A missed
night, a moved date, a finished measure or a lost message therefore need no clean-up: the next run asks again.
"""

import datetime
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator

from maatregelen import berichten
from maatregelen.berichten import Melding, Sleutel
from maatregelen.models import (
    Betrokkenheid,
    Herinnering,
    Lidmaatschap,
    Mijlpaal,
    Organisatie,
    Persoon,
    Rol,
    Stap,
    Statuswijziging,
    Uitkomst,
)
from maatregelen.verzending import Geweigerd, Mislukt, Postbode, omschrijving
from maatregelen.zichtbaarheid import kijkers

log = structlog.get_logger(__name__)

# A follower is told what is news. What could not be sent in this time was put in the ledger, and is sent however late.
STATUSDAGEN = 14
ZONDER_TREKKER = "de maatregel heeft geen trekker"
TERMIJNSTAPPEN = (Stap.AANKONDIGING, Stap.VOORBIJ)
WACHTTIJD = 60.0  # seconds that a command waits for mails that another process is handing over

Vraag = Callable[[Herinnering | None], list[Melding]]


# What is due


def te_herinneren(
    vandaag: datetime.date, *, op: datetime.date | None = None, alleen: Herinnering | None = None
) -> list[Melding]:
    """Who must be told about which deadline, told already or not; `alleen`: only the milestone and person of that row.

    `vandaag` is the day by which deadlines are judged; people, roles and successors are those of `op`, the real day.
    Sorted by date. Always four queries.
    """
    gevonden = _per_mijlpaal(vandaag, op or timezone.localdate(), alleen)
    return [melding for _, meldingen in gevonden for melding in meldingen]


def zonder_ontvanger(vandaag: datetime.date, *, op: datetime.date | None = None) -> list[Mijlpaal]:
    """The milestones that are due while there is nobody to tell: no dossierhouder, and no secretariaat either."""
    return [mijlpaal for mijlpaal, meldingen in _per_mijlpaal(vandaag, op or timezone.localdate()) if not meldingen]


def te_melden(*, moment: datetime.datetime, alleen: Herinnering | None = None) -> list[Melding]:
    """Which followers must be told about which change of status, told already or not.

    Changes of the last days, made by somebody else after they began to follow. `alleen`: only the change and person of
    that row, however long ago. Two queries.
    """
    mensen = kijkers(timezone.localdate(moment))
    rijen = Statuswijziging.objects.filter(van__isnull=False)
    if alleen is None:
        rijen = rijen.filter(vastgelegd_op__gte=moment - datetime.timedelta(days=STATUSDAGEN))
    else:
        rijen = rijen.filter(pk=alleen.statuswijziging_id or 0)
        mensen = mensen.filter(pk=alleen.persoon_id)
    paren = list(
        rijen.annotate(volger=F("maatregel__volgers__persoon"), sinds=F("maatregel__volgers__sinds"))
        .filter(volger__in=mensen.values("pk"), sinds__lt=F("vastgelegd_op"))
        .exclude(door=F("volger"))
        .select_related("maatregel__pijler__agenda", "door")
        .order_by("vastgelegd_op", "id", "volger")
    )
    volgers = Persoon.objects.in_bulk({rij.volger for rij in paren})
    return [
        Melding(
            persoon=volgers[rij.volger],
            maatregel=rij.maatregel,
            stap=Stap.STATUS,
            reden="u volgt deze maatregel",
            statuswijziging=rij,
        )
        for rij in paren
    ]


def _aan_de_beurt(vandaag: datetime.date, alleen: Herinnering | None) -> list[Mijlpaal]:
    """Open milestones within their term, or past it but not too long; one without a latest day until it begins."""
    grens = vandaag - datetime.timedelta(days=settings.HERINNEREN_TOT_DAGEN_NA)
    rijen = (
        Mijlpaal.objects.open()
        .met_sleuteldag()
        .filter(
            Q(einde__gte=grens) | Q(einde=None, begin__gte=vandaag),
            Q(sleuteldag__lte=vandaag + datetime.timedelta(days=30)),
        )
        .select_related("maatregel__pijler__agenda")
        .order_by(F("sleuteldag"), "maatregel__code", "id")
    )
    return list(rijen if alleen is None else rijen.filter(pk=alleen.mijlpaal_id or 0))


@dataclass
class _Ontvangers:
    """Who acts for whom on a day: two queries, however many milestones there are."""

    op: datetime.date
    dossierhouders: dict[Organisatie, dict[int, Persoon]] = field(default_factory=lambda: defaultdict(dict))
    secretariaat: dict[int, Persoon] = field(default_factory=dict)
    opvolgers: dict[int, Organisatie] = field(default_factory=dict)

    def __post_init__(self) -> None:
        leden = (
            Lidmaatschap.objects.geldig(self.op)
            .filter(rol__in=[Rol.DOSSIERHOUDER, Rol.SECRETARIAAT], persoon__in=kijkers(self.op))
            .select_related("persoon", "organisatie")
            .order_by("persoon__email", "id")
        )
        for lid in leden:
            if lid.rol == Rol.DOSSIERHOUDER:
                self.dossierhouders[lid.organisatie][lid.persoon_id] = lid.persoon
            else:
                self.secretariaat[lid.persoon_id] = lid.persoon
        # The other end of Organisatie.objects.waarvoor_optreedt(), for all organisations at once.
        for oud in Organisatie.objects.filter(geldig_tot__lte=self.op, opvolger__isnull=False).select_related(
            "opvolger"
        ):
            if oud.opvolger:
                self.opvolgers[oud.pk] = oud.opvolger

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

    def van(self, trekkers: Collection[Organisatie]) -> dict[int, tuple[Persoon, list[str]]]:
        """Per person who must be told, once each: the person and the reasons.

        Where nobody acts for who is responsible, the secretariaat is told: a deadline never passes unseen.
        """
        if not trekkers:
            return {pk: (persoon, [ZONDER_TREKKER]) for pk, persoon in self.secretariaat.items()}
        mensen: dict[int, tuple[Persoon, list[str]]] = {}
        for trekker in trekkers:
            for huidig in self.keten(trekker):
                over = f"{huidig} nam het werk over, " if huidig != trekker else ""
                reden = f"{trekker} is verantwoordelijk, {over}u bent dossierhouder van {huidig}"
                for pk, persoon in self.dossierhouders.get(huidig, {}).items():
                    mensen.setdefault(pk, (persoon, []))[1].append(reden)
        if not mensen:
            reden = f"{self.namen(trekkers)} is verantwoordelijk, maar heeft hier nog geen dossierhouder"
            return {pk: (persoon, [reden]) for pk, persoon in self.secretariaat.items()}
        return mensen


def _per_mijlpaal(
    vandaag: datetime.date, op: datetime.date, alleen: Herinnering | None = None
) -> Iterator[tuple[Mijlpaal, list[Melding]]]:
    rijen = _aan_de_beurt(vandaag, alleen)
    trekkers: dict[int, dict[int, Organisatie]] = defaultdict(dict)
    for rij in (
        Betrokkenheid.objects.trekkers()
        .filter(maatregel__in={mijlpaal.maatregel_id for mijlpaal in rijen})
        .select_related("organisatie")
    ):
        trekkers[rij.maatregel_id][rij.organisatie_id] = rij.organisatie
    ontvangers = _Ontvangers(op)
    for mijlpaal in rijen:
        van_wie = list(trekkers[mijlpaal.maatregel_id].values())
        dag = mijlpaal.einde or mijlpaal.begin
        stap = Stap.VOORBIJ if mijlpaal.einde and mijlpaal.einde < vandaag else Stap.AANKONDIGING
        yield (
            mijlpaal,
            [
                Melding(
                    persoon=persoon,
                    maatregel=mijlpaal.maatregel,
                    stap=stap,
                    reden=Truncator("; ".join(redenen)).chars(200),
                    mijlpaal=mijlpaal,
                    sleuteldag=dag,
                    verantwoordelijk=ontvangers.namen(van_wie),
                )
                for persoon, redenen in ontvangers.van(van_wie).values()
            ],
        )


# The ledger


def _sleutel(rij: Herinnering) -> Sleutel:
    return (rij.persoon_id, rij.mijlpaal_id, rij.statuswijziging_id, rij.stap, rij.sleuteldag)


def _bekend(meldingen: Collection[Melding]) -> dict[Sleutel, Herinnering]:
    """What the ledger knows already of these: one query."""
    rijen = Herinnering.objects.filter(
        Q(mijlpaal__in={melding.mijlpaal.pk for melding in meldingen if melding.mijlpaal})
        | Q(statuswijziging__in={melding.statuswijziging.pk for melding in meldingen if melding.statuswijziging})
    ).only("persoon", "mijlpaal", "statuswijziging", "stap", "sleuteldag", "uitkomst")
    return {_sleutel(rij): rij for rij in rijen}


def nog_te_doen(meldingen: Collection[Melding]) -> list[Melding]:
    """Those that were not handed over, nor refused for good. One query."""
    klaar = {
        sleutel
        for sleutel, rij in _bekend(meldingen).items()
        if rij.uitkomst in (Uitkomst.VERZONDEN, Uitkomst.GEWEIGERD)
    }
    return [melding for melding in meldingen if melding.sleutel not in klaar]


def leg_vast(meldingen: Collection[Melding], *, vandaag: datetime.date, moment: datetime.datetime) -> int:
    """Write the ledger rows that are not there yet, and answer how many; who loses the race to write one is silent.

    A row that was no longer needed, and now is again, is opened again: this person was never told.
    """
    bekend = _bekend(meldingen)
    nieuw = [
        Herinnering(
            persoon=melding.persoon,
            maatregel=melding.maatregel,
            mijlpaal=melding.mijlpaal,
            statuswijziging=melding.statuswijziging,
            stap=melding.stap,
            sleuteldag=melding.sleuteldag,
            reden=melding.reden,
            vandaag=vandaag,
            gepland_op=moment,
        )
        for melding in meldingen
        if melding.sleutel not in bekend
    ]
    Herinnering.objects.bulk_create(nieuw, batch_size=1000, ignore_conflicts=True)
    weer_nodig = [
        bekend[melding.sleutel].pk
        for melding in meldingen
        if melding.sleutel in bekend and bekend[melding.sleutel].uitkomst == Uitkomst.NIET_MEER_NODIG
    ]
    if weer_nodig:
        Herinnering.objects.filter(pk__in=weer_nodig, uitkomst=Uitkomst.NIET_MEER_NODIG).update(
            uitkomst=Uitkomst.OPEN, afgehandeld_op=None, vandaag=vandaag
        )
    return len(nieuw) + len(weer_nodig)


# Handing over


@dataclass(frozen=True)
class Regel:
    """What became of one mail."""

    uitkomst: Uitkomst
    aan: str = ""
    onderwerp: str = ""
    reden: str = ""
    fout: str = ""


@dataclass
class Verslag:
    """What a run did."""

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


def verstuur(
    vandaag: datetime.date, *, moment: datetime.datetime | None = None, wacht: bool = False, duur: float | None = None
) -> Verslag:
    """Ask which deadlines are due on `vandaag`, put it in the ledger, hand it over.

    `wacht`: also wait for what another process is handing over now. `duur`: seconds after which it stops by itself.
    What cannot be handed over stays open, for the next run.
    """
    moment = moment or timezone.now()
    op = timezone.localdate(moment)

    def vraag(rij: Herinnering | None) -> list[Melding]:
        return te_herinneren(vandaag, op=op, alleen=rij)

    return _Run(vraag, TERMIJNSTAPPEN, vandaag, moment, wacht, duur).doe()


def verstuur_statusberichten(
    *, moment: datetime.datetime | None = None, wacht: bool = False, duur: float | None = None
) -> Verslag:
    """Ask which followers must be told about a change of status, put it in the ledger, hand it over. See verstuur()."""
    moment = moment or timezone.now()

    def vraag(rij: Herinnering | None) -> list[Melding]:
        return te_melden(moment=moment, alleen=rij)

    return _Run(vraag, (Stap.STATUS,), timezone.localdate(moment), moment, wacht, duur).doe()


@dataclass
class _Run:
    """One run over the open rows of these steps."""

    vraag: Vraag
    stappen: tuple[Stap, ...]
    vandaag: datetime.date
    moment: datetime.datetime
    wacht: bool
    duur: float | None

    def doe(self) -> Verslag:
        meldingen = self.vraag(None)
        verslag = Verslag(gepland=leg_vast(meldingen, vandaag=self.vandaag, moment=self.moment))
        grens = time.monotonic() + self.duur if self.duur else None
        rijen = self._open_rijen({melding.sleutel for melding in meldingen})
        bezet: list[int] = []
        with Postbode() as postbode:
            for plaats, pk in enumerate(rijen):
                self._doe_een(pk, postbode, verslag, bezet)
                if postbode.is_weg or (grens and time.monotonic() > grens):
                    verslag.blijft_open = len(rijen) - plaats - 1
                    verslag.gestopt = verslag.regels[-1].fout if postbode.is_weg else "de tijd voor deze ronde is om"
                    break
            if self.wacht and not verslag.gestopt:
                self._wacht_op(bezet, postbode, verslag)
        self._log(verslag)
        return verslag

    def _open_rijen(self, gevraagd: set[Sleutel]) -> list[int]:
        """Which open rows this run handles: what is due, and what it may close. What failed before comes last."""
        rijen = Herinnering.objects.te_versturen().filter(stap__in=self.stappen).order_by("pogingen", "id")
        return [rij.pk for rij in rijen if _sleutel(rij) in gevraagd or self._mag_sluiten(rij)]

    def _mag_sluiten(self, rij: Herinnering) -> bool:
        """Whether this run may say that a row is no longer needed.

        A row of a run for another day (`--vandaag`) is judged by such runs, not by what the real day makes of it; from
        the next day on it is litter.
        """
        op, gepland = timezone.localdate(self.moment), timezone.localdate(rij.gepland_op)
        return (rij.vandaag != gepland) == (self.vandaag != op) or (self.vandaag == op and gepland < op)

    def _doe_een(self, pk: int, postbode: Postbode, verslag: Verslag, bezet: list[int]) -> None:
        """Claim one row, ask again, hand over, record: one short transaction, so a crash repeats one mail at most."""
        with transaction.atomic():
            rij = Herinnering.objects.te_versturen().select_for_update(skip_locked=True).filter(pk=pk).first()
            if rij is None:
                bezet.append(pk)
                return
            melding = next((een for een in self.vraag(rij) if een.sleutel == _sleutel(rij)), None)
            if melding is not None:
                verslag.regels.append(self._bezorg(rij, melding, postbode))
            else:
                self._noteer(rij, Uitkomst.NIET_MEER_NODIG)
                verslag.regels.append(Regel(Uitkomst.NIET_MEER_NODIG))

    def _bezorg(self, rij: Herinnering, melding: Melding, postbode: Postbode) -> Regel:
        uitkomst, fout, onderwerp = Uitkomst.VERZONDEN, "", ""
        try:
            mail = berichten.bericht(melding, vandaag=self.vandaag, message_id=berichten.kenmerk(rij))
            onderwerp = str(mail.subject)
            postbode.bezorg(mail)
        except Geweigerd as weigering:
            uitkomst, fout = Uitkomst.GEWEIGERD, str(weigering)
        except Mislukt as mislukking:
            uitkomst, fout = Uitkomst.OPEN, str(mislukking)
        except Exception as onverwacht:  # one mail that cannot be made must not keep the others
            uitkomst, fout = Uitkomst.OPEN, omschrijving(onverwacht)
            log.exception("bericht niet te maken", object=f"herinnering {rij.pk}")
        rij.pogingen += 1
        rij.reden, rij.vandaag = melding.reden, self.vandaag
        self._noteer(rij, uitkomst, fout)
        if fout:
            log.warning("mail niet overgedragen", object=f"herinnering {rij.pk}", resultaat=str(uitkomst), fout=fout)
        return Regel(uitkomst, melding.persoon.email, onderwerp, melding.reden, fout)

    def _noteer(self, rij: Herinnering, uitkomst: Uitkomst, fout: str = "") -> None:
        rij.uitkomst, rij.laatste_fout = uitkomst, fout
        rij.afgehandeld_op = None if uitkomst == Uitkomst.OPEN else timezone.now()
        rij.save(update_fields=["uitkomst", "laatste_fout", "afgehandeld_op", "pogingen", "reden", "vandaag"])

    def _wacht_op(self, bezet: list[int], postbode: Postbode, verslag: Verslag) -> None:
        """Somebody else has these: wait until they are done, and take over what they could not hand over."""
        tot = time.monotonic() + WACHTTIJD
        while bezet := list(Herinnering.objects.te_versturen().filter(pk__in=bezet).values_list("pk", flat=True)):
            nog_bezet: list[int] = []
            for pk in bezet:
                self._doe_een(pk, postbode, verslag, nog_bezet)
            if not nog_bezet or postbode.is_weg or time.monotonic() > tot:
                verslag.blijft_open += len(nog_bezet)
                return
            bezet = nog_bezet
            time.sleep(0.2)

    def _log(self, verslag: Verslag) -> None:
        if verslag.gestopt:
            log.error(
                "de mailserver is niet bereikbaar of de tijd is om; wat open staat gaat de volgende keer mee",
                oorzaak=verslag.gestopt,
                blijft_open=verslag.blijft_open + verslag.aantallen[Uitkomst.OPEN],
            )
        if verslag.gepland or verslag.regels:
            log.info(
                "berichten verstuurd",
                stappen=[str(stap) for stap in self.stappen],
                gepland=verslag.gepland,
                **verslag.aantallen,
            )
