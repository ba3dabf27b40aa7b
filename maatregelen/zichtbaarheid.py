"""Who may see and change what: one question behind every door (page, API, export, feed, mail).

What somebody sees follows from their roles as a `Blik` (see blikveld): from which level on, and of which organisations
everything. The `zichtbare_...` of this module ask it of the rows themselves; a door that only shows asks within
`kijkend(wie.blik)`, so that what hangs on a row is asked too. Changes stay within the own organisation, which includes
the open work of an ended ministry whose successor it is.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from maatregelen.blikveld import BUREAU, NIETS, Blik
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    BetrokkenheidRol,
    Indicator,
    Lidmaatschap,
    Maatregel,
    Meting,
    Mijlpaal,
    Organisatie,
    Persoon,
    Pijler,
    Pijlerrol,
    Publicatiebeleid,
    Reactie,
    Rol,
    Statuswijziging,
    Thema,
    Themaplaats,
    Zichtniveau,
)
from maatregelen.models.agenda import AgendaQuerySet
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.models.organisatie import OrganisatieQuerySet

# Who keeps up the measures of their organisation: a coördinator too, who hands that work out.
HOUDT_BIJ = (Rol.DOSSIERHOUDER, Rol.COORDINATOR)


@dataclass
class Bevoegdheid:
    """What a person may do on a day; two queries, asked once per request."""

    persoon: Persoon | AnonymousUser
    vandaag: datetime.date
    # Looking at the past, with the rights of today: everything may be seen that may be seen now, nothing changed.
    kijkt_terug: bool = False
    # Whether an embargo is over is asked of this moment.
    moment: datetime.datetime = field(default_factory=timezone.now)

    @cached_property
    def lidmaatschappen(self) -> list[Lidmaatschap]:
        """The roles in force, none for who is not signed in or not active."""
        if not isinstance(self.persoon, Persoon) or not self.persoon.is_active:
            return []
        return list(
            Lidmaatschap.objects.geldig(self.vandaag).filter(persoon=self.persoon).select_related("organisatie")
        )

    @cached_property
    def rollen(self) -> frozenset[str]:
        """The roles, wherever they are held."""
        return frozenset(lidmaatschap.rol for lidmaatschap in self.lidmaatschappen)

    @cached_property
    def eigen_organisaties(self) -> frozenset[int]:
        """The organisations a person belongs to, in whatever role."""
        return frozenset(lidmaatschap.organisatie_id for lidmaatschap in self.lidmaatschappen)

    @cached_property
    def namens(self) -> frozenset[int]:
        """The organisations whose measures a dossierhouder keeps up: the own ones and those they succeeded."""
        eigen = {lid.organisatie_id for lid in self.lidmaatschappen if lid.rol in HOUDT_BIJ}
        return frozenset(Organisatie.objects.waarvoor_optreedt(eigen, self.vandaag)) if eigen else frozenset()

    @cached_property
    def blik(self) -> Blik:
        """What this person may see. A visitor sees what is for everybody, as long as there is such a part; who is
        signed in without a role sees nothing.
        """
        if not self.is_bezoeker:
            return blik_van(self.lidmaatschappen, self.moment)
        beleid = Publicatiebeleid.objects.values_list("is_openbaar", flat=True).first()
        return Blik(NIETS if beleid is False else Zichtniveau.OPENBAAR, self.moment)

    @property
    def mens(self) -> Persoon | None:
        """The person, or None where nobody is signed in."""
        return self.persoon if isinstance(self.persoon, Persoon) else None

    @property
    def is_bezoeker(self) -> bool:
        """Whether nobody is signed in."""
        return self.mens is None

    @property
    def is_auditor(self) -> bool:
        """Whether this person reads everything, the log too."""
        return Rol.AUDITOR in self.rollen

    @cached_property
    def werkt_bij(self) -> frozenset[int]:
        """The organisations in whose work a person takes part: in whatever role but that of auditor, who only reads."""
        return frozenset(lid.organisatie_id for lid in self.lidmaatschappen if lid.rol != Rol.AUDITOR)

    @cached_property
    def coordineert(self) -> frozenset[int]:
        """The organisations in which this person hands out work and rights."""
        return frozenset(lid.organisatie_id for lid in self.lidmaatschappen if lid.rol == Rol.COORDINATOR)

    @property
    def is_secretariaat(self) -> bool:
        """Whether this person works for the LRT-secretariaat."""
        return Rol.SECRETARIAAT in self.rollen

    @property
    def is_beheerder(self) -> bool:
        """Whether this person keeps up organisations and people."""
        return Rol.BEHEERDER in self.rollen


def blik_van(lidmaatschappen: Iterable[Lidmaatschap], moment: datetime.datetime) -> Blik:
    """What the holder of these roles (with their organisations) may see at a moment."""
    niveau, eigen, alles = int(NIETS), set(), False
    for lid in lidmaatschappen:
        eigen.add(lid.organisatie_id)
        if lid.rol == Rol.SECRETARIAAT:
            eigen.add(BUREAU)
        alles = alles or lid.rol == Rol.AUDITOR
        is_rijk = lid.organisatie.is_rijk or lid.rol == Rol.SECRETARIAAT
        niveau = min(niveau, Zichtniveau.RIJK if is_rijk else Zichtniveau.REGIETAFEL)
    return Blik(niveau, moment, frozenset(eigen), alles)


def peildag(wie: Bevoegdheid, naam: str) -> datetime.date | None:
    """The day that a name stands for where an address asks for a day in the past, such as that of a meeting.

    None for a day itself, and where this person may see nothing of that name. Who knows such names the settings say
    (`PEILNAMEN`): functions of who looks and a name.
    """
    if not naam or naam[0].isdigit() or "\x00" in naam:
        return None
    for pad in settings.PEILNAMEN:
        dag: datetime.date | None = import_string(pad)(wie, naam)
        if dag is not None:
            return dag
    return None


def terugkijkend(wie: Bevoegdheid, dag: datetime.date) -> Bevoegdheid:
    """The same person with the rights of today, looking at a day in the past. Ask this before going there."""
    ginds = Bevoegdheid(wie.persoon, dag, kijkt_terug=True, moment=wie.moment)
    ginds.__dict__.update(lidmaatschappen=wie.lidmaatschappen, namens=wie.namens, blik=wie.blik)
    return ginds


P = ParamSpec("P")


def alleen_nu(vraag: Callable[Concatenate[Bevoegdheid, P], bool]) -> Callable[Concatenate[Bevoegdheid, P], bool]:
    """A right to change something: nobody has it in the past."""

    @wraps(vraag)
    def antwoord(wie: Bevoegdheid, /, *args: P.args, **kwargs: P.kwargs) -> bool:
        return not wie.kijkt_terug and vraag(wie, *args, **kwargs)

    return antwoord


def kijkers(op: datetime.date) -> QuerySet[Persoon]:
    """The people with a role: `Bevoegdheid.rollen` for many at once, for who is told something without asking.

    What each of them may see, their `Blik` says (see ontvangers.Ontvangers.kan_zien). Programs are told nothing.
    """
    rollen = Lidmaatschap.objects.geldig(op).values("persoon")
    return Persoon.objects.filter(is_active=True, is_programma=False, pk__in=rollen)


def zichtbare_agendas(wie: Bevoegdheid) -> AgendaQuerySet:
    """The agendas this person may see."""
    return Agenda.objects.filter(wie.blik.voorwaarde())


def zichtbare_pijlers(wie: Bevoegdheid) -> QuerySet[Pijler]:
    """The sections this person may see."""
    return Pijler.objects.filter(wie.blik.voorwaarde())


def zichtbare_themas(wie: Bevoegdheid) -> QuerySet[Thema]:
    """The themes this person may see: those with a measure they may see; to who takes part also empty ones."""
    met: Any = Q(Exists(Themaplaats.objects.filter(wie.blik.voorwaarde("maatregel__"), thema=OuterRef("pk"))))
    if wie.rollen:
        met |= ~Exists(Themaplaats.objects.filter(thema=OuterRef("pk")))
    return Thema.objects.filter(met)


def zichtbare_maatregelen(wie: Bevoegdheid) -> MaatregelQuerySet:
    """The measures this person may see."""
    return Maatregel.objects.filter(wie.blik.voorwaarde())


def zichtbare_mijlpalen(wie: Bevoegdheid) -> MijlpaalQuerySet:
    """The milestones this person may see: those of the measures they may see."""
    return Mijlpaal.objects.filter(wie.blik.voorwaarde())


def zichtbare_statuswijzigingen(wie: Bevoegdheid) -> QuerySet[Statuswijziging]:
    """The status history this person may see: that of the measures they may see."""
    return Statuswijziging.objects.filter(wie.blik.voorwaarde("maatregel__"))


def zichtbare_organisaties(wie: Bevoegdheid) -> OrganisatieQuerySet:
    """The organisations: that they exist is no secret. Nothing where there is nothing to see."""
    return Organisatie.objects.none() if wie.blik.niveau >= NIETS and not wie.blik.alles else Organisatie.objects.all()


def zichtbare_indicatoren(wie: Bevoegdheid) -> QuerySet[Indicator]:
    """The figures this person may see: all who take part; for everybody those told in what is for everybody."""
    if wie.rollen:
        return Indicator.objects.all()
    verteld = Meting.objects.filter(wie.blik.voorwaarde("agenda__"), agenda__isnull=False)
    return Indicator.objects.filter(pk__in=verteld.values("indicator"))


def zichtbare_metingen(wie: Bevoegdheid) -> QuerySet[Meting]:
    """The values this person may see: of a document they may see; without one those who take part."""
    van = wie.blik.voorwaarde("agenda__")
    if wie.rollen:
        van |= Q(agenda=None)
    return Meting.objects.filter(van)


def zichtbare_reacties(wie: Bevoegdheid) -> QuerySet[Reactie]:
    """The reactions and dissents this person may see."""
    return Reactie.objects.filter(wie.blik.voorwaarde())


def mag_wijzigingen_zien(wie: Bevoegdheid) -> bool:
    """Who may follow the change feed: who may see everything that is in it."""
    return bool(wie.rollen)


def _trekkers(maatregel: Maatregel) -> set[int]:
    """Ids of the organisations responsible today; uses a list's prefetched rows where they are."""
    rijen: list[Betrokkenheid] | None = getattr(maatregel, "verantwoordelijken", None)
    if rijen is None:
        return set(
            Betrokkenheid.objects.trekkers().filter(maatregel=maatregel).values_list("organisatie_id", flat=True)
        )
    return {rij.organisatie_id for rij in rijen if not rij.organisatie.is_aanduiding}


@alleen_nu
def mag_maatregel_bijhouden(wie: Bevoegdheid, maatregel: Maatregel) -> bool:
    """Status, progress, milestones, content: who is responsible, and the secretariaat when nobody is."""
    trekkers = _trekkers(maatregel)
    if not trekkers:
        return wie.is_secretariaat
    return bool(trekkers & wie.namens)


@alleen_nu
def mag_status_wijzigen(wie: Bevoegdheid, maatregel: Maatregel) -> bool:
    """Who may move the status: the same people who keep the measure up."""
    return mag_maatregel_bijhouden(wie, maatregel)


@alleen_nu
def mag_betrokkenheid_bijhouden(wie: Bevoegdheid, maatregel: Maatregel) -> bool:
    """Who may say which organisations are involved: who keeps the measure up, and always the secretariaat."""
    return wie.is_secretariaat or mag_maatregel_bijhouden(wie, maatregel)


@alleen_nu
def mag_trekker_toewijzen(wie: Bevoegdheid) -> bool:
    """Who may say which organisation is responsible, also for what is nobody's."""
    return wie.is_secretariaat


@alleen_nu
def mag_agenda_maken(wie: Bevoegdheid) -> bool:
    """Who may start an agenda; a dossierhouder does so for the own organisation."""
    return wie.is_secretariaat or Rol.DOSSIERHOUDER in wie.rollen


@alleen_nu
def mag_agenda_bijhouden(wie: Bevoegdheid, agenda: Agenda) -> bool:
    """The secretariaat, and dossierhouders of the organisation that keeps it."""
    return wie.is_secretariaat or (agenda.houder_id is not None and agenda.houder_id in wie.namens)


@alleen_nu
def mag_pijler_bijhouden(wie: Bevoegdheid, pijler: Pijler) -> bool:
    """Who keeps the agenda, and dossierhouders of an organisation responsible for this section."""
    if mag_agenda_bijhouden(wie, pijler.agenda):
        return True
    if not wie.namens:
        return False
    return any(
        rij.rol == Pijlerrol.VERANTWOORDELIJK and rij.organisatie_id in wie.namens
        for rij in pijler.betrokkenheden.all()
    )


@alleen_nu
def mag_maatregel_maken(wie: Bevoegdheid, pijler: Pijler) -> bool:
    """Who may add a measure to a section."""
    return mag_pijler_bijhouden(wie, pijler)


@alleen_nu
def mag_volgen(wie: Bevoegdheid) -> bool:
    """Who takes part follows what they may see. An auditor reads everything and is told nothing."""
    return bool(wie.werkt_bij)


def mag_verzending_inzien(wie: Bevoegdheid, maatregel: Maatregel) -> bool:
    """Who sees why somebody was told and what went wrong in sending; others see that, when and to which function."""
    leest_alles = wie.is_secretariaat or wie.is_beheerder or wie.is_auditor
    return leest_alles or mag_maatregel_bijhouden(wie, maatregel)


def mag_volgers_zien(wie: Bevoegdheid) -> bool:
    """Who sees which people follow something; for others that is those people's own business."""
    return wie.is_secretariaat or wie.is_beheerder or wie.is_auditor


def mag_herinneringen_van(wie: Bevoegdheid, persoon: Persoon) -> bool:
    """Who sees what one person was told: that person, the secretariaat, a beheerder and an auditor."""
    leest_alles = wie.is_secretariaat or wie.is_beheerder or wie.is_auditor
    return bool(wie.rollen) and (wie.persoon == persoon or leest_alles)


@alleen_nu
def mag_uitstellen(wie: Bevoegdheid, maatregel: Maatregel, *, volgt: bool) -> bool:
    """Who may put off the own reminders of a termijn: who gets them, as keeper, as secretariaat or as follower."""
    return (volgt and mag_volgen(wie)) or wie.is_secretariaat or mag_maatregel_bijhouden(wie, maatregel)


@alleen_nu
def mag_cijfers_bijhouden(wie: Bevoegdheid) -> bool:
    """Who may add a figure or a target."""
    return wie.is_secretariaat


@alleen_nu
def mag_brontekst_toevoegen(wie: Bevoegdheid, agenda: Agenda) -> bool:
    """Who may attach the text of a document."""
    return mag_agenda_bijhouden(wie, agenda)


def mag_logboek_lezen(wie: Bevoegdheid) -> bool:
    """Who reads the log of what happened, and takes it along: an auditor, and nobody else."""
    return wie.is_auditor


@alleen_nu
def mag_beheren(wie: Bevoegdheid) -> bool:
    """Who keeps up organisations, people and their roles."""
    return wie.is_beheerder


def eigen_maatregelen(wie: Bevoegdheid) -> MaatregelQuerySet:
    """The measures whose work is this person's organisation's to do today."""
    return zichtbare_maatregelen(wie).filter(
        pk__in=Betrokkenheid.objects.geldend()
        .filter(rol=BetrokkenheidRol.VERANTWOORDELIJK, organisatie__in=wie.namens)
        .values("maatregel")
    )
