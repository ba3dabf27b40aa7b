"""What changed lately, as an Atom feed (RFC 4287) for people: status, terms, new measures, milestones reached.

Scripts pull everything from the change feed of the API instead (wijzigingen.py). The bytes follow from the content and
the day alone, so that an unchanged feed is the same one. An entry keeps its id for ever.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from maatregelen.abonnementen import leesbaar, maatregelen_van, naam_van, pad_van, regel
from maatregelen.huisadres import huisnaam, volledig
from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import Abonnement, Maatregel, Mijlpaal, Persoon, Statuswijziging, Termijnwijziging
from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    zichtbare_mijlpalen,
    zichtbare_statuswijzigingen,
)

SOORT = Atom1Feed.content_type
DAGEN, HOOGSTENS = 90, 200
NAAM = "Regiemonitor"
# The year in which these ids began to be given out (RFC 4151); it never changes, or every entry would be new again.
TAG_JAAR = 2026


@dataclass(frozen=True)
class Bericht:
    """One entry. `kenmerk` is its own name for ever; without `door` it follows from a document."""

    kenmerk: str
    op: datetime.datetime
    maatregel: Maatregel
    titel: str
    soort: str
    door: Persoon | None
    inhoud: dict[str, Any]


@dataclass(frozen=True)
class Dagen:
    """The days of a termijn as it was or as it became, to be put into words."""

    begin: datetime.date | None
    einde: datetime.date | None


class _Feed(Atom1Feed):
    """Django's feed, with a moment of its own when nothing changed: the clock would make every fetch a new one."""

    leeg_sinds: datetime.datetime

    def latest_post_date(self) -> datetime.datetime:
        """The last change, or when the address was made."""
        return super().latest_post_date() if self.items else self.leeg_sinds


def feed_van(abonnement: Abonnement, wie: Bevoegdheid) -> bytes:
    """The feed of an address as its person (`wie`) may see it now; a constant number of queries."""
    maatregelen = maatregelen_van(abonnement, wie).order_by().values("pk")
    eerste_dag = wie.vandaag - datetime.timedelta(days=DAGEN)
    sinds = timezone.make_aware(datetime.datetime.combine(eerste_dag, datetime.time.min))
    berichten = [
        *_statussen(zichtbare_statuswijzigingen(wie).filter(maatregel__in=maatregelen), sinds),
        *_termijnen(zichtbare_mijlpalen(wie).filter(maatregel__in=maatregelen), sinds),
        *_behaald(zichtbare_mijlpalen(wie).filter(maatregel__in=maatregelen), sinds),
    ]
    berichten.sort(key=lambda bericht: (bericht.op, bericht.kenmerk), reverse=True)
    berichten = berichten[:HOOGSTENS]
    met_verantwoordelijken([bericht.maatregel for bericht in berichten])
    return _feed(abonnement, wie, berichten)


def _feed(abonnement: Abonnement, wie: Bevoegdheid, berichten: Iterable[Bericht]) -> bytes:
    # No link to itself: who passes a feed on would give away the address.
    feed = _Feed(
        title=f"Regiemonitor: {regel(naam_van(abonnement, wie))}",
        link=volledig(pad_van(abonnement, wie)),
        description=None,
        subtitle=f"Wat de laatste {DAGEN} dagen veranderde.",
        language="nl",
        author_name=NAAM,
        feed_guid=_tag(f"abonnement-{abonnement.pk}"),
    )
    feed.leeg_sinds = abonnement.gemaakt_op
    for bericht in berichten:
        inhoud = {"maatregel": bericht.maatregel, "agenda": bericht.maatregel.pijler.agenda, **bericht.inhoud}
        feed.add_item(
            title=regel(f"{bericht.maatregel.code} {bericht.titel}"),
            link=volledig(bericht.maatregel.get_absolute_url()),
            description=leesbaar(render_to_string(f"feed/{bericht.soort}.html", inhoud)).strip(),
            unique_id=_tag(bericht.kenmerk),
            pubdate=bericht.op,
            updateddate=bericht.op,
            author_name=regel(bericht.door.functie) if bericht.door else NAAM,
            categories=[regel(bericht.maatregel.pijler.agenda.titel)],
        )
    return feed.writeString("utf-8").encode()


def _tag(kenmerk: str) -> str:
    return f"tag:{huisnaam()},{TAG_JAAR}:{kenmerk}"


def _statussen(rijen: QuerySet[Statuswijziging], sinds: datetime.datetime) -> Iterable[Bericht]:
    """Moves of the status; the first row of a measure is its beginning."""
    recent = (
        rijen.filter(vastgelegd_op__gte=sinds)
        .select_related("maatregel__pijler__agenda", "door")
        .order_by("-vastgelegd_op", "-pk")
    )
    for rij in recent[:HOOGSTENS]:
        nieuw = rij.van is None
        yield Bericht(
            kenmerk=f"statuswijziging-{rij.pk}",
            op=rij.vastgelegd_op,
            maatregel=rij.maatregel,
            titel=f"{'nieuw' if nieuw else 'nu ' + rij.get_naar_display()}: {rij.maatregel.titel}",
            soort="nieuw" if nieuw else "status",
            door=rij.door,
            inhoud={"wijziging": rij},
        )


def _termijnen(mijlpalen: QuerySet[Mijlpaal], sinds: datetime.datetime) -> Iterable[Bericht]:
    """Changes of a termijn."""
    recent = (
        Termijnwijziging.objects.filter(vastgelegd_op__gte=sinds, mijlpaal__in=mijlpalen.order_by().values("pk"))
        .select_related("mijlpaal__maatregel__pijler__agenda", "door")
        .order_by("-vastgelegd_op", "-pk")
    )
    for rij in recent[:HOOGSTENS]:
        yield Bericht(
            kenmerk=f"termijnwijziging-{rij.pk}",
            op=rij.vastgelegd_op,
            maatregel=rij.mijlpaal.maatregel,
            titel=f"termijn {rij.get_soort_display()}: {rij.mijlpaal.omschrijving}",
            soort="termijn",
            door=rij.door,
            inhoud={
                "wijziging": rij,
                "mijlpaal": rij.mijlpaal,
                "was": Dagen(rij.van_begin, rij.van_einde),
                "werd": Dagen(rij.naar_begin, rij.naar_einde),
            },
        )


def _behaald(mijlpalen: QuerySet[Mijlpaal], sinds: datetime.datetime) -> Iterable[Bericht]:
    """Milestones that a person marked as reached; the moment is that of the history row in which they became so.

    One that a document delivered as reached was never open here, and is no news apart from its measure.
    """
    historie: Any = Mijlpaal.pgh_event_model.objects  # type: ignore[attr-defined]
    versies = historie.filter(pgh_obj=OuterRef("pk")).order_by()
    open_geweest = versies.filter(behaald_op=None).values("pgh_obj").annotate(laatste=Max("pgh_id")).values("laatste")
    gemeld = (
        historie.filter(pgh_obj=OuterRef("pk"), pgh_id__gt=OuterRef("laatst_open"))
        .order_by("pgh_id")
        .values("gewijzigd_op")[:1]
    )
    recent = (
        mijlpalen.filter(behaald_op__isnull=False, gewijzigd_op__gte=sinds)
        .annotate(laatst_open=Subquery(open_geweest))
        .filter(laatst_open__isnull=False)
        .annotate(gemeld_op=Subquery(gemeld))
        .filter(gemeld_op__gte=sinds)
        .select_related("maatregel__pijler__agenda", "behaald_door")
        .order_by("-gemeld_op", "-pk")
    )
    for rij in recent[:HOOGSTENS]:
        yield Bericht(
            kenmerk=f"behaald-{rij.pk}",
            op=rij.gemeld_op,
            maatregel=rij.maatregel,
            titel=f"behaald: {rij.omschrijving}",
            soort="behaald",
            door=rij.behaald_door,
            inhoud={"mijlpaal": rij},
        )
