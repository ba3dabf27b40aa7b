"""What changed between two days: what the table wants to know since it last met. Reads only; changes nothing.

A day belongs to what came before it: between 19 March and 18 June is what happened from 20 March to 18 June. What
happened earlier but was recorded here only between the two days is told too, as such: at the earlier day nobody could
know it. A loaded document is no report by anybody: it counts by its own day alone.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from maatregelen.models import (
    AFGEROND,
    Betrokkenheid,
    BetrokkenheidRol,
    Doelwaarde,
    Maatregel,
    Meting,
    Mijlpaal,
    Organisatie,
    Organisatiesoort,
    Pijler,
    Status,
    Statuswijziging,
    Termijnwijziging,
    Wijzigingssoort,
)
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.reacties import zichtbaar_gekomen
from maatregelen.tijdreis import einde_van
from regietafel.models import (
    Actiepunt,
    Actiestand,
    Terugkoppeling,
    Vergadercijfer,
    Vergadering,
)
from regietafel.models.actiepunt import ActiepuntQuerySet
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.models.verslag import TerugkoppelingQuerySet

EERSTE_KEER = datetime.timedelta(days=90)  # what is looked back to before the first meeting


class Wending(models.TextChoices):
    """What can have happened to a measure, in the order in which the table asks for it."""

    NIEUW = "nieuw", "nieuw"
    STATUS = "status", "andere status"
    AFGEROND = "afgerond", "afgerond"
    VERVALLEN = "vervallen", "vervallen"
    VERPLAATST = "verplaatst", "termijn verplaatst"
    VERSCHERPT = "verscherpt", "termijn preciezer"
    VERSTREKEN = "verstreken", "termijn verstreken"
    BEHAALD = "behaald", "mijlpaal behaald"
    TREKKER = "trekker", "andere verantwoordelijke"
    VOORTGANG = "voortgang", "voortgang gemeld"
    REACTIE = "reactie", "reactie van een organisatie"


@dataclass(frozen=True)
class Tijdvak:
    """From the end of `van` to the end of `tot`. Raises ValueError when that is backwards."""

    van: datetime.date
    tot: datetime.date

    def __post_init__(self) -> None:
        if self.van > self.tot:
            raise ValueError("Het begin ligt na het einde.")

    @property
    def momenten(self) -> tuple[datetime.datetime, datetime.datetime]:
        """The ends of both days: what was recorded between them was recorded in this time."""
        return einde_van(self.van), einde_van(self.tot)

    def dagen(self, veld: str) -> Q:
        """The rows whose day lies in it."""
        return Q(**{f"{veld}__gt": self.van, f"{veld}__lte": self.tot})

    def vastgelegd(self, veld: str = "vastgelegd_op") -> Q:
        """The rows that were recorded in it."""
        begin, einde = self.momenten
        return Q(**{f"{veld}__gt": begin, f"{veld}__lte": einde})

    def is_later(self, dag: datetime.date) -> bool:
        """Whether something of that day is told now only because it was recorded later."""
        return dag <= self.van


@dataclass(frozen=True)
class Regel:
    """One thing that happened to a measure, in words and with where they come from."""

    soort: Wending
    op: datetime.date
    wat: str = ""
    van: str = ""
    naar: str = ""
    van_status: str = ""
    naar_status: str = ""
    reden: str = ""
    door: str = ""
    later: bool = False


@dataclass(frozen=True)
class Groep:
    """A section or an organisation: how many of its measures changed, and how."""

    naam: str
    sleutel: str
    agenda: str
    veranderd: int
    totaal: int
    per_soort: Counter[str]

    @property
    def deel(self) -> float:
        """The share that changed, in percent."""
        return 100 * self.veranderd / self.totaal if self.totaal else 0.0


@dataclass
class Maatregelverschil:
    """Which measures changed and how: counts over all, and the measures in the order of the lists."""

    tijdvak: Tijdvak
    soorten: dict[int, set[Wending]]
    volgorde: list[int]
    tellingen: Counter[str]
    per_pijler: list[Groep] = field(default_factory=list)
    per_organisatie: list[Groep] = field(default_factory=list)
    totaal: int = 0

    @property
    def aantal(self) -> int:
        """How many measures changed."""
        return len(self.volgorde)

    @property
    def ongewijzigd(self) -> int:
        """How many did not."""
        return self.totaal - self.aantal


# The rows behind each kind, of all measures: who asks keeps those of the measures one may see.


def _statussen(vak: Tijdvak) -> QuerySet[Statuswijziging]:
    """Moves of status that took effect in the time, or were recorded in it although they held before."""
    later = Q(per__lte=vak.van) & vak.vastgelegd()
    return Statuswijziging.objects.filter(van__isnull=False).filter(vak.dagen("per") | later).order_by("per", "id")


def _termijnen(vak: Tijdvak) -> QuerySet[Termijnwijziging]:
    """Changes of a termijn; an input error that was put right is none."""
    return (
        Termijnwijziging.objects.filter(vak.vastgelegd())
        .exclude(soort__in=[Wijzigingssoort.HERSTELD, Wijzigingssoort.HERSCHREVEN])
        .order_by("vastgelegd_op", "id")
    )


def _verstreken(vak: Tijdvak) -> QuerySet[Mijlpaal]:
    """Milestones whose latest day passed in the time, still not reached at its end, of work that still had to be done.

    The latest day itself is not past: what ends on `tot` has not passed by `tot`.
    """
    return (
        Mijlpaal.objects.filter(maatregel__pijler__agenda__is_lopend=True, peildatum__lte=vak.tot)
        .filter(einde__gte=vak.van, einde__lt=vak.tot)
        .filter(Q(behaald_op=None) | Q(behaald_op__gt=vak.tot))
        .exclude(maatregel__status__in=AFGEROND)
    )


def _behaald(vak: Tijdvak) -> QuerySet[Mijlpaal]:
    return Mijlpaal.objects.filter(vak.dagen("behaald_op"))


def _nieuw(vak: Tijdvak) -> MaatregelQuerySet:
    return Maatregel.objects.filter(vak.dagen("geldt_vanaf"))


def _voortgang(vak: Tijdvak) -> MaatregelQuerySet:
    return Maatregel.objects.filter(vak.dagen("voortgang_op"))


def _trekkers(vak: Tijdvak) -> QuerySet[Betrokkenheid]:
    """Responsibility that began or ended in the time, of measures that were there before."""
    return (
        Betrokkenheid.objects.filter(
            vak.dagen("vanaf") | vak.dagen("tot"),
            rol=BetrokkenheidRol.VERANTWOORDELIJK,
            maatregel__geldt_vanaf__lte=vak.van,
        )
        .exclude(organisatie__soort=Organisatiesoort.AANDUIDING)
        .order_by("vanaf", "id")
    )


def _reacties(vak: Tijdvak) -> QuerySet[Any]:
    """Reactions that others came to see in the time, or that were withdrawn in it after that."""
    return (
        zichtbaar_gekomen()
        .filter(vak.vastgelegd("zichtbaar_op") | vak.vastgelegd("ingetrokken_op"))
        .order_by("zichtbaar_op", "id")
    )


def _soort_van_status(naar: str) -> Wending:
    if naar == Status.VERVALLEN:
        return Wending.VERVALLEN
    return Wending.AFGEROND if naar in AFGEROND else Wending.STATUS


def _soort_van_termijn(soort: str) -> Wending:
    scherper = (Wijzigingssoort.VERSCHERPT, Wijzigingssoort.BEPAALD)
    return Wending.VERSCHERPT if soort in scherper else Wending.VERPLAATST


def verschil(maatregelen: MaatregelQuerySet, vak: Tijdvak, *, soort: str = "") -> Maatregelverschil:
    """Which of these measures changed in the time, and how often in which way; a fixed number of queries.

    `soort` keeps those to which that happened. A measure that ended is counted by the last move of its status.
    """
    per_pijler: dict[int, list[int]] = defaultdict(list)
    zichtbaar: dict[int, int] = dict(maatregelen.values_list("pk", "pijler"))  # in the order of the lists
    for pk, pijler in zichtbaar.items():
        per_pijler[pijler].append(pk)
    soorten: dict[int, set[Wending]] = {}
    for pk, wending in _gebeurd(vak):
        if pk in zichtbaar:  # nothing else is ever counted or named
            soorten.setdefault(pk, set()).add(wending)
    uit = Maatregelverschil(
        vak,
        soorten,
        volgorde=[pk for pk in zichtbaar if pk in soorten and (not soort or soort in soorten[pk])],
        tellingen=_geteld(soorten.values()),
        totaal=len(zichtbaar),
    )
    uit.per_pijler = _groepen(Pijler.objects.filter(pk__in=per_pijler).select_related("agenda"), per_pijler, uit)
    uit.per_organisatie = _per_organisatie(zichtbaar, uit)
    return uit


def _gebeurd(vak: Tijdvak) -> Iterator[tuple[int, Wending]]:
    """What happened to which measure, of all there are; eight queries."""
    for pk in _nieuw(vak).values_list("pk", flat=True).order_by():
        yield pk, Wending.NIEUW
    for pk, naar in dict(_statussen(vak).values_list("maatregel", "naar")).items():
        yield pk, _soort_van_status(naar)
    for pk, aard in _termijnen(vak).values_list("mijlpaal__maatregel", "soort").order_by().distinct():
        yield pk, _soort_van_termijn(aard)
    for pk in _verstreken(vak).values_list("maatregel", flat=True).order_by().distinct():
        yield pk, Wending.VERSTREKEN
    for pk in _behaald(vak).values_list("maatregel", flat=True).order_by().distinct():
        yield pk, Wending.BEHAALD
    for pk in _trekkers(vak).values_list("maatregel", flat=True).order_by().distinct():
        yield pk, Wending.TREKKER
    for pk in _voortgang(vak).values_list("pk", flat=True).order_by():
        yield pk, Wending.VOORTGANG
    for pk in _reacties(vak).values_list("maatregel", flat=True).order_by().distinct():
        yield pk, Wending.REACTIE


def _geteld(gebeurd: Iterable[Iterable[Wending]]) -> Counter[str]:
    """How many measures each thing happened to."""
    aantallen = Counter(chain.from_iterable(gebeurd))
    return Counter({str(wending): aantal for wending, aantal in aantallen.items()})


def _groep(naam: str, sleutel: str, agenda: str, leden: Collection[int], uit: Maatregelverschil) -> Groep:
    gebeurd = [uit.soorten[pk] for pk in leden if pk in uit.soorten]
    return Groep(naam, sleutel, agenda, len(gebeurd), len(leden), _geteld(gebeurd))


def _groepen(pijlers: QuerySet[Pijler], leden: dict[int, list[int]], uit: Maatregelverschil) -> list[Groep]:
    rijen = pijlers.order_by("-agenda__is_lopend", "-agenda__geldt_vanaf", "agenda", "volgorde", "nummer")
    return [_groep(str(rij), str(rij.pk), rij.agenda.titel, leden[rij.pk], uit) for rij in rijen]


def _per_organisatie(zichtbaar: Collection[int], uit: Maatregelverschil) -> list[Groep]:
    """The organisations that are responsible now, most changed first."""
    # What `trekkers` are, one row for each organisation. What has ended is left out while adding up: in the past that
    # is worked out for each row, and the database would expect almost none to be left and go by them one by one.
    verantwoordelijk = Betrokkenheid.objects.filter(rol=BetrokkenheidRol.VERANTWOORDELIJK).order_by()
    gezien = frozenset(zichtbaar)
    leden = {
        organisatie: gezien.intersection(maatregelen or ())
        for organisatie, maatregelen in verantwoordelijk.values_list("organisatie").annotate(
            maatregelen=ArrayAgg("maatregel", filter=Q(tot=None))
        )
    }
    rijen = [
        _groep(_naam_van_nu(rij), rij.slug, "", leden[rij.pk], uit)
        for rij in Organisatie.objects.echt()
        .filter(pk__in=[pk for pk, maatregelen in leden.items() if maatregelen])
        .select_related("opvolger")
        .order_by("afkorting")
    ]
    return sorted(rijen, key=lambda groep: (-groep.veranderd, groep.naam.casefold()))


def _naam_van_nu(organisatie: Organisatie) -> str:
    """The name of then, with who does the work now."""
    return f"{organisatie} (nu {organisatie.opvolger})" if organisatie.opvolger else str(organisatie)


# In words, for the measures of one page


def regels(maatregelen: Collection[int], vak: Tijdvak) -> dict[int, list[Regel]]:
    """What happened to each of these measures, by day; seven queries, however many there are."""
    uit: dict[int, list[Regel]] = defaultdict(list)
    for wijziging in _statussen(vak).filter(maatregel__in=maatregelen).select_related("door"):
        uit[wijziging.maatregel_id].append(_statusregel(wijziging, vak))
    for termijn in _termijnen(vak).filter(mijlpaal__maatregel__in=maatregelen).select_related("mijlpaal", "door"):
        uit[termijn.mijlpaal.maatregel_id].append(_termijnregel(termijn))
    for mijlpaal in _verstreken(vak).filter(maatregel__in=maatregelen):
        if mijlpaal.einde:
            dag = mijlpaal.einde + datetime.timedelta(days=1)
            uit[mijlpaal.maatregel_id].append(
                Regel(Wending.VERSTREKEN, dag, wat=mijlpaal.omschrijving, naar=mijlpaal.termijn_tekst)
            )
    for mijlpaal in _behaald(vak).filter(maatregel__in=maatregelen):
        if mijlpaal.behaald_op:
            uit[mijlpaal.maatregel_id].append(
                Regel(Wending.BEHAALD, mijlpaal.behaald_op, wat=mijlpaal.omschrijving, reden=mijlpaal.behaald_bewijs)
            )
    for rij in _trekkers(vak).filter(maatregel__in=maatregelen).select_related("organisatie", "door"):
        uit[rij.maatregel_id] += _trekkerregels(rij, vak)
    eigen = Maatregel.objects.filter(vak.dagen("geldt_vanaf") | vak.dagen("voortgang_op"), pk__in=maatregelen)
    for maatregel in eigen.select_related("pijler__agenda", "voortgang_door"):
        uit[maatregel.pk] += _eigen_regels(maatregel, vak)
    for reactie in _reacties(vak).filter(maatregel__in=maatregelen).select_related("organisatie", "door"):
        uit[reactie.maatregel_id].append(_reactieregel(reactie))
    for gevonden in uit.values():
        gevonden.sort(key=lambda regel: (regel.op, Wending.values.index(regel.soort)))
    return uit


def _statusregel(wijziging: Statuswijziging, vak: Tijdvak) -> Regel:
    return Regel(
        _soort_van_status(wijziging.naar),
        wijziging.per,
        van=wijziging.get_van_display() if wijziging.van else "",
        naar=wijziging.get_naar_display(),
        van_status=wijziging.van or "",
        naar_status=wijziging.naar,
        reden=wijziging.toelichting,
        door=wijziging.door.functie if wijziging.door else "",
        later=vak.is_later(wijziging.per),
    )


def _termijnregel(wijziging: Termijnwijziging) -> Regel:
    return Regel(
        _soort_van_termijn(wijziging.soort),
        timezone.localdate(wijziging.vastgelegd_op),
        wat=f"{wijziging.mijlpaal.omschrijving} ({wijziging.get_soort_display()})",
        van=wijziging.van_tekst,
        naar=wijziging.naar_tekst,
        reden=wijziging.reden,
        door=wijziging.door.functie if wijziging.door else "",
    )


def _reactieregel(reactie: Any) -> Regel:
    """What an organisation said, or that it withdrew that."""
    weg = reactie.ingetrokken_op is not None
    return Regel(
        Wending.REACTIE,
        timezone.localdate(reactie.ingetrokken_op or reactie.zichtbaar_op),
        wat=f"{reactie.organisatie.afkorting}: {reactie.get_soort_display()}{', ingetrokken' if weg else ''}",
        reden=reactie.intrekreden or reactie.tekst,
        door=reactie.door.functie if reactie.door else "",
    )


def _trekkerregels(rij: Betrokkenheid, vak: Tijdvak) -> list[Regel]:
    door = rij.door.functie if rij.door else ""
    uit = []
    if rij.vanaf > vak.van:
        uit.append(
            Regel(Wending.TREKKER, rij.vanaf, wat=f"{rij.organisatie} is verantwoordelijk", reden=rij.reden, door=door)
        )
    if rij.tot and vak.van < rij.tot <= vak.tot:
        uit.append(
            Regel(
                Wending.TREKKER,
                rij.tot,
                wat=f"{rij.organisatie} is niet meer verantwoordelijk",
                reden=rij.reden,
                door=door,
            )
        )
    return uit


def _eigen_regels(maatregel: Maatregel, vak: Tijdvak) -> list[Regel]:
    uit = []
    if vak.van < maatregel.geldt_vanaf <= vak.tot:
        uit.append(Regel(Wending.NIEUW, maatregel.geldt_vanaf, wat=maatregel.pijler.agenda.titel))
    if maatregel.voortgang_op and vak.van < maatregel.voortgang_op <= vak.tot:
        uit.append(
            Regel(
                Wending.VOORTGANG,
                maatregel.voortgang_op,
                naar=maatregel.get_voortgang_display(),
                reden=maatregel.voortgang_toelichting,
                door=maatregel.voortgang_door.functie if maatregel.voortgang_door else "",
            )
        )
    return uit


# What the table decided and promised


@dataclass(frozen=True)
class Tafelverschil:
    """What became of decisions and actions in the time, and what stayed silent."""

    aanvaard: list[Terugkoppeling]
    uitgevoerd: list[Terugkoppeling]
    stil: list[Terugkoppeling]
    acties_afgerond: list[Actiepunt]
    acties_te_laat: list[Actiepunt]
    gehouden: list[Vergadering]

    @property
    def is_leeg(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(
            (self.aanvaard, self.uitgevoerd, self.stil, self.acties_afgerond, self.acties_te_laat, self.gehouden)
        )


def van_de_tafel(
    terugkoppelingen: TerugkoppelingQuerySet,
    actiepunten: ActiepuntQuerySet,
    vergaderingen: VergaderingQuerySet,
    vak: Tijdvak,
) -> Tafelverschil:
    """Decisions reported back, carried out or silent; actions done or late; meetings held. Six queries.

    Silent is a decision of before the time of which nothing was heard since: not carried out, not reported back.
    """
    alle = terugkoppelingen.select_related("besluit__agendapunt__vergadering", "maatregel", "aanvaard_in").order_by(
        "besluit__agendapunt__vergadering__datum", "besluit__volgorde", "id"
    )
    acties = actiepunten.select_related("agendapunt__vergadering", "organisatie")
    return Tafelverschil(
        aanvaard=list(alle.filter(vak.dagen("aanvaard_in__datum"))),
        uitgevoerd=list(alle.niet_teruggekoppeld().filter(vak.dagen("uitgevoerd_op"))),
        stil=list(
            alle.te_doen()
            .filter(besluit__agendapunt__vergadering__datum__lte=vak.van)
            .exclude(vak.dagen("uitgevoerd_op"))
        ),
        acties_afgerond=list(
            acties.filter(vak.dagen("afgerond_op")).exclude(stand=Actiestand.OPEN).order_by("afgerond_op", "code")
        ),
        acties_te_laat=list(acties.te_laat(vak.tot).order_by("einde", "code")),
        gehouden=list(vergaderingen.geweest().filter(vak.dagen("datum")).order_by("datum", "id")),
    )


@dataclass(frozen=True)
class Cijferverschil:
    """A figure or target that is new in the time, with what it was before."""

    naam: str
    van: str
    naar: str
    eenheid: str
    op: datetime.date
    bron: str


def cijfers(
    metingen: QuerySet[Meting], doelen: QuerySet[Doelwaarde], getoond: QuerySet[Vergadercijfer], vak: Tijdvak
) -> list[Cijferverschil]:
    """Figures and targets that came in the time, each with the one before it; four queries."""
    uit: list[Cijferverschil] = []
    eerder: dict[int, str] = {}
    for meting in metingen.filter(peildatum__lte=vak.van).order_by("peildatum", "id"):
        eerder[meting.indicator_id] = _waarde(meting.waarde, meting.waarde_tot, meting.waarde_tekst)
    for meting in metingen.filter(vak.dagen("peildatum")).select_related("indicator").order_by("peildatum", "id"):
        nieuw = _waarde(meting.waarde, meting.waarde_tot, meting.waarde_tekst)
        was = meting.vorige or eerder.get(meting.indicator_id, "")
        eerder[meting.indicator_id] = nieuw
        uit.append(
            Cijferverschil(meting.indicator.naam, was, nieuw, meting.indicator.eenheid, meting.peildatum, meting.bron)
        )
    doel_eerder: dict[int, str] = {}
    for doel in doelen.filter(geldig_vanaf__lte=vak.tot).select_related("indicator").order_by("geldig_vanaf", "id"):
        nieuw = _waarde(doel.waarde, None, "")
        if doel.geldig_vanaf > vak.van:
            was = doel_eerder.get(doel.indicator_id, "")
            uit.append(
                Cijferverschil(
                    f"Doel: {doel.indicator.naam}", was, nieuw, doel.indicator.eenheid, doel.geldig_vanaf, doel.reden
                )
            )
        doel_eerder[doel.indicator_id] = nieuw
    for cijfer in getoond.filter(vak.dagen("agendapunt__vergadering__datum"), meting=None).select_related(
        "agendapunt__vergadering"
    ):
        vergadering = cijfer.agendapunt.vergadering
        if vergadering.datum:
            was = _waarde(cijfer.vorige_waarde, None, "")
            nieuw = " ".join(filter(None, (cijfer.kwalificatie, _waarde(cijfer.waarde, cijfer.waarde_tot, ""))))
            uit.append(Cijferverschil(cijfer.naam, was, nieuw, cijfer.eenheid, vergadering.datum, vergadering.titel))
    return sorted(uit, key=lambda rij: (rij.op, rij.naam))


def _waarde(waarde: Any, tot: Any, tekst: str) -> str:
    """A figure as people write it: 15.000, 1.000 tot 3.000, B1."""
    if waarde is None:
        return tekst
    getal = f"{waarde:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))
    return f"{getal} tot {_waarde(tot, None, '')}" if tot is not None else getal


def organisatiewissels(organisaties: QuerySet[Organisatie], vak: Tijdvak) -> list[Organisatie]:
    """Organisations that ended in the time, each with who took over."""
    return list(organisaties.filter(vak.dagen("geldig_tot")).select_related("opvolger").order_by("geldig_tot", "naam"))


def vorige_vergadering(vergaderingen: VergaderingQuerySet, voor: datetime.date) -> Vergadering | None:
    """The last meeting that was held on a known day before this one."""
    return vergaderingen.geweest().filter(datum__lt=voor).order_by("-datum", "-id").first()
