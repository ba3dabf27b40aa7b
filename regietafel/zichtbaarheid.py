"""Who may see and change what of the table: one question behind every door, as for the measures.

What hangs on a point of a meeting is seen by who may see that point. The secretariaat keeps meetings, agendas and
minutes; who must do something reports on it.
"""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from maatregelen.models import Maatregel
from maatregelen.zichtbaarheid import Bevoegdheid, alleen_nu, mag_maatregel_bijhouden, zichtbare_maatregelen
from regietafel.models import (
    Actiepunt,
    Agendapunt,
    Besluit,
    Bijlage,
    Inbreng,
    Reeks,
    Reekslid,
    Stuk,
    Terugkoppeling,
    Trend,
    Vergadercijfer,
    Vergadering,
)
from regietafel.models.actiepunt import ActiepuntQuerySet
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.models.verslag import TerugkoppelingQuerySet


def zichtbare_vergaderingen(wie: Bevoegdheid) -> VergaderingQuerySet:
    """The meetings this person may see."""
    return Vergadering.objects.filter(wie.blik.voorwaarde())


def dag_van_vergadering(wie: Bevoegdheid, naam: str) -> datetime.date | None:
    """The day of a meeting that was or is today, by its name in addresses; only who may see it learns the day."""
    geweest = zichtbare_vergaderingen(wie).filter(slug=naam, datum__lte=wie.vandaag)
    return geweest.values_list("datum", flat=True).first()


def zichtbare_reeksen(wie: Bevoegdheid) -> QuerySet[Reeks]:
    """The series of meetings this person may see; in the past those of which there was a meeting or a member."""
    if not wie.rollen:
        return Reeks.objects.none()
    if not wie.kijkt_terug:
        return Reeks.objects.all()
    # A series has no day of its own.
    tafels = Vergadering.objects.filter(reeks=OuterRef("pk"))
    return Reeks.objects.filter(Exists(tafels) | Exists(Reekslid.objects.filter(reeks=OuterRef("pk"))))


def zichtbare_agendapunten(wie: Bevoegdheid) -> QuerySet[Agendapunt]:
    """The points this person may see: those of the meetings they may see."""
    return Agendapunt.objects.filter(wie.blik.voorwaarde())


def zichtbare_bijlagen(wie: Bevoegdheid) -> QuerySet[Bijlage]:
    """The annexes this person may open: those of the points they may see."""
    return Bijlage.objects.filter(wie.blik.voorwaarde())


def zichtbare_inbreng(wie: Bevoegdheid) -> QuerySet[Inbreng]:
    """What was said, as far as this person may see it."""
    return Inbreng.objects.filter(wie.blik.voorwaarde("agendapunt__"))


def zichtbare_besluiten(wie: Bevoegdheid) -> QuerySet[Besluit]:
    """The decisions this person may see."""
    return Besluit.objects.filter(wie.blik.voorwaarde("agendapunt__"))


def zichtbare_terugkoppelingen(wie: Bevoegdheid) -> TerugkoppelingQuerySet:
    """What became of decisions, as far as this person may see it."""
    zichtbaar = Q(maatregel=None) | wie.blik.voorwaarde("maatregel__")
    return Terugkoppeling.objects.filter(zichtbaar, wie.blik.voorwaarde("besluit__agendapunt__"))


def zichtbare_actiepunten(wie: Bevoegdheid) -> ActiepuntQuerySet:
    """The actions this person may see."""
    return Actiepunt.objects.filter(wie.blik.voorwaarde("agendapunt__"))


def zichtbare_vergadercijfers(wie: Bevoegdheid) -> QuerySet[Vergadercijfer]:
    """The figures of meetings this person may see."""
    return Vergadercijfer.objects.filter(wie.blik.voorwaarde("agendapunt__"))


def zichtbare_trends(wie: Bevoegdheid) -> QuerySet[Trend]:
    """The trends in words this person may see."""
    return Trend.objects.filter(wie.blik.voorwaarde("agendapunt__"))


def eigen_stukken(wie: Bevoegdheid) -> QuerySet[Stuk]:
    """The papers this person asked for; the secretariaat sees those of everybody."""
    if not wie.rollen:
        return Stuk.objects.none()
    return Stuk.objects.all() if wie.is_secretariaat else Stuk.objects.filter(gevraagd_door=wie.persoon.pk)


@alleen_nu
def mag_vergaderingen_bijhouden(wie: Bevoegdheid) -> bool:
    """Who plans meetings, makes agendas, takes minutes and adds to them afterwards."""
    return wie.is_secretariaat


def is_eigen_actie(wie: Bevoegdheid, actiepunt: Actiepunt) -> bool:
    """Whether this is theirs to do: of their organisation, of one it took over, or put on their name."""
    eigen = wie.werkt_bij | wie.namens
    return actiepunt.organisatie_id in eigen or (
        bool(wie.werkt_bij) and actiepunt.persoon_id is not None and actiepunt.persoon_id == wie.persoon.pk
    )


def eigen_actiepunten(wie: Bevoegdheid) -> ActiepuntQuerySet:
    """The actions that are theirs to do: `is_eigen_actie` for many at once."""
    persoon = Q(persoon=wie.persoon.pk) if wie.werkt_bij else Q(pk__in=[])
    return zichtbare_actiepunten(wie).filter(Q(organisatie__in=wie.werkt_bij | wie.namens) | persoon)


@alleen_nu
def mag_actie_melden(wie: Bevoegdheid, actiepunt: Actiepunt) -> bool:
    """Who reports on an action, hands it over, splits or moves it: whose it is, and the secretariaat."""
    return wie.is_secretariaat or is_eigen_actie(wie, actiepunt)


def mag_actiepost_inzien(wie: Bevoegdheid, actiepunt: Actiepunt) -> bool:
    """Who sees why somebody was mailed about an action and what went wrong; others see that, when, what function."""
    return wie.is_secretariaat or wie.is_beheerder or wie.is_auditor or is_eigen_actie(wie, actiepunt)


@alleen_nu
def mag_actie_afspreken(wie: Bevoegdheid) -> bool:
    """Who records that the table agreed on a request or an offer after all."""
    return wie.is_secretariaat


@alleen_nu
def mag_uitvoering_melden(wie: Bevoegdheid, terugkoppeling: Terugkoppeling) -> bool:
    """Who says that a decision was carried out: who keeps the measure up, and the secretariaat."""
    if wie.is_secretariaat:
        return True
    return terugkoppeling.maatregel is not None and mag_maatregel_bijhouden(wie, terugkoppeling.maatregel)


@alleen_nu
def mag_terugkoppeling_sluiten(wie: Bevoegdheid) -> bool:
    """Who records that a meeting accepted it, or withdrew the decision."""
    return wie.is_secretariaat


def mag_stukken_maken(wie: Bevoegdheid) -> bool:
    """Who may have papers made: everybody who may read what is in them."""
    return bool(wie.rollen)


@alleen_nu
def mag_status_bij_besluit(wie: Bevoegdheid, maatregel: Maatregel) -> bool:
    """Who records that a decision of the table moves the status of a measure, whoever keeps that measure up: the
    secretariaat. The table decided; the reason names its decision. Without a decision the right is that of the owner.
    """
    return mag_vergaderingen_bijhouden(wie) and zichtbare_maatregelen(wie).filter(pk=maatregel.pk).exists()
