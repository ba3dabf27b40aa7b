"""The ledger in words: who was told what, when, about which version of the date, and what came of it. Reads only.

What one reader sees of it differs: that somebody was told, when, and in which function is for everybody who may see
the measure. Why it was that person, and what the mail server said, is for who keeps the measure up, the secretariaat,
a beheerder and that person. Who follows something is that person's own business. E-mail addresses are for nobody.
"""

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from maatregelen.models import Bezorging, Herinnering, Hoedanigheid, Maatregel, Persoon, Stap, Uitkomst
from maatregelen.models.herinnering import HerinneringQuerySet
from maatregelen.models.maatregel import MaatregelQuerySet

EENMAAL = -1
EEN_VOLGER = "een volger"
# What stands between two of these, or spaces, is an address when it has an @ inside.
_WOORD = re.compile(r"[^\s<>\"'(),;:]+")


@dataclass(frozen=True)
class Lezer:
    """Who reads, and how much of it: `voluit` with reasons and the words of the server."""

    persoon: Persoon
    voluit: bool
    ziet_volgers: bool


@dataclass(frozen=True)
class Boeking:
    """A row of the ledger as one reader sees it. `nu`: the day that counts now, where it differs from `sleuteldag`."""

    rij: Herinnering
    aan: str
    als: str
    wat: str
    over: str
    sleuteldag: datetime.date | None
    nu: str
    hoe: str
    moment: datetime.datetime
    uitkomst: str
    bijzonderheid: str
    reden: str


def van_maatregel(maatregel: Maatregel) -> HerinneringQuerySet:
    """The ledger of a measure, newest first: only which rows, so that counting and leafing stay quick among many."""
    return Herinnering.objects.filter(maatregel=maatregel).order_by("-id").only("id")


def van_persoon(persoon: Persoon, zichtbaar: MaatregelQuerySet) -> HerinneringQuerySet:
    """Which rows say what one person was told about measures that the reader may see, newest first."""
    eigen = Herinnering.objects.filter(persoon=persoon, maatregel__in=zichtbaar.order_by().values("pk"))
    return eigen.order_by("-id").only("id")


def boekingen(rijen: Iterable[Herinnering], lezer: Lezer) -> list[Boeking]:
    """These rows of the ledger in words, newest first. One query."""
    volledig = Herinnering.objects.filter(pk__in=[rij.pk for rij in rijen]).select_related(
        "persoon", "maatregel", "mijlpaal", "statuswijziging", "termijnwijziging__mijlpaal"
    )
    return [_boeking(rij, lezer) for rij in volledig.order_by("-id")]


def _boeking(rij: Herinnering, lezer: Lezer) -> Boeking:
    zelf = rij.persoon_id == lezer.persoon.pk
    verborgen = rij.hoedanigheid == Hoedanigheid.VOLGER and not zelf and not lezer.ziet_volgers
    voluit = zelf or (lezer.voluit and not verborgen)
    als = "" if verborgen else str(rij.get_hoedanigheid_display())
    return Boeking(
        rij=rij,
        aan="u" if zelf else EEN_VOLGER if verborgen else rij.persoon.functie,
        als=als,
        wat=_wat(rij),
        over=_over(rij),
        sleuteldag=rij.sleuteldag if rij.mijlpaal_id else None,
        nu=_nu(rij),
        hoe=_hoe(rij),
        moment=rij.afgehandeld_op or rij.gepland_op,
        uitkomst=uitkomstwoorden(rij.uitkomst, rij.pogingen),
        bijzonderheid=zonder_adres(rij.laatste_fout) if voluit else "",
        reden=rij.reden if voluit else "",
    )


def zonder_adres(tekst: str) -> str:
    """What a mail server said, without anybody's e-mail address."""
    return _WOORD.sub(lambda woord: "(adres)" if "@" in woord[0][1:-1] else woord[0], tekst)


def stapwoorden(stap: str, trede: int) -> str:
    """A step of the schedule in words: 14 dagen vooraf, op de dag zelf, 8 dagen erna."""
    vooraf = stap == Stap.AANKONDIGING
    if trede == EENMAAL:
        return "eenmaal vooraf" if vooraf else "eenmaal erna"
    if vooraf and trede == 0:
        return "op de dag zelf"
    return f"{'1 dag' if trede == 1 else f'{trede} dagen'} {'vooraf' if vooraf else 'erna'}"


def _wat(rij: Herinnering) -> str:
    if rij.stap == Stap.STATUS and rij.statuswijziging is not None:
        return f"Status werd {rij.statuswijziging.get_naar_display()}"
    if rij.stap in (Stap.AANKONDIGING, Stap.VOORBIJ):
        kop = "Termijn loopt af" if rij.stap == Stap.AANKONDIGING else "Termijn is voorbij"
        return f"{kop}, {stapwoorden(rij.stap, rij.trede)}"
    return str(Stap(rij.stap).label).capitalize()


def _over(rij: Herinnering) -> str:
    if rij.mijlpaal is not None:
        return rij.mijlpaal.omschrijving
    if rij.termijnwijziging is not None:
        wijziging = rij.termijnwijziging
        return f"{wijziging.mijlpaal.omschrijving}: {wijziging.van_tekst} → {wijziging.naar_tekst}"
    return ""


def _nu(rij: Herinnering) -> str:
    """What became of the date that was told, when it is not the one that counts now."""
    if rij.mijlpaal is None:
        return ""
    nu = rij.mijlpaal.einde or rij.mijlpaal.begin
    if nu == rij.sleuteldag:
        return ""
    return f"nu {nu:%d-%m-%Y}" if nu else "nu zonder dag"


def _hoe(rij: Herinnering) -> str:
    if rij.bezorging == Bezorging.DAG:
        return "in het dagoverzicht"
    if rij.bezorging == Bezorging.WEEK:
        return "in het weekoverzicht"
    return "los bericht"


def uitkomstwoorden(uitkomst: str, pogingen: int) -> str:
    """What came of a row after so many tries: verzonden, nog te versturen, 2 keer geprobeerd."""
    keer = f", {pogingen} keer geprobeerd" if pogingen > 1 else ""
    if uitkomst == Uitkomst.OPEN:
        return f"nog te versturen{keer or (', 1 keer geprobeerd' if pogingen else '')}"
    return f"{Uitkomst(uitkomst).label}{keer}"


@dataclass(frozen=True)
class Dagstand:
    """What went out on one day, about one milestone (`mijlpaal` 0: about anything): the worst outcome, and how many."""

    mijlpaal: int
    dag: datetime.date
    uitkomst: Uitkomst
    aantal: int


def dagen_van(maatregel: Maatregel, mijlpalen: Collection[int], sinds: datetime.date) -> list[Dagstand]:
    """The days since `sinds` on which these milestones (ids) were told about, oldest first. One query."""
    return _dagen(Herinnering.objects.filter(maatregel=maatregel, mijlpaal__in=mijlpalen), sinds, "mijlpaal")


def dagen_aan(persoon: Persoon, zichtbaar: MaatregelQuerySet, sinds: datetime.date) -> list[Dagstand]:
    """The days since `sinds` on which a person was told something, oldest first. One query."""
    return _dagen(van_persoon(persoon, zichtbaar), sinds)


def _dagen(rijen: HerinneringQuerySet, sinds: datetime.date, *per: str) -> list[Dagstand]:
    # The day on which it may go out: a row that waits for an overview was not told when it was written.
    gevonden = (
        rijen.exclude(uitkomst=Uitkomst.NIET_MEER_NODIG)
        .filter(bezorgen_op__gte=sinds)
        .order_by("bezorgen_op")
        .values("bezorgen_op", *per)
        .annotate(
            aantal=Count("pk"),
            geweigerd=Count("pk", filter=Q(uitkomst=Uitkomst.GEWEIGERD)),
            open=Count("pk", filter=Q(uitkomst=Uitkomst.OPEN)),
        )
    )
    uit = []
    for rij in gevonden:
        soort = Uitkomst.GEWEIGERD if rij["geweigerd"] else Uitkomst.OPEN if rij["open"] else Uitkomst.VERZONDEN
        uit.append(Dagstand(rij.get("mijlpaal") or 0, rij["bezorgen_op"], soort, rij["aantal"]))
    return uit
