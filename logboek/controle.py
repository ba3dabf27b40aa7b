"""Checking: is everything that was sealed still there, unchanged, and is nothing put between it?

Reads from one moment, so that writing and sealing may go on meanwhile.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import TextChoices

from logboek.afscherming import uitgezet
from logboek.models import Zegel, Zegeldeel
from logboek.rijgetallen import Bewaakt, bewaakte_tabellen, getallen, getallen_van, zet_vaste_vorm
from logboek.verzegelen import BEGIN, deelgetal, laatste_sleutels, zegelgetal


class Soort(TextChoices):
    GEWIJZIGD = "gewijzigd", "gewijzigd"
    VERWIJDERD = "verwijderd", "verwijderd"
    TOEGEVOEGD = "toegevoegd", "later toegevoegd"
    ZEGEL = "zegel", "zegel klopt niet"
    KOP = "kop", "het genoteerde zegel is er niet meer"
    KOLOM = "kolom", "kan niet meer worden nagerekend: er is een kolom of tabel weg"
    AFSCHERMING = "afscherming", "afscherming staat uit"


@dataclass
class Verslag:
    """What was found: per table and kind the keys of the rows; what was looked at; where the chain ends."""

    bevindingen: dict[tuple[str, Soort], list[str]] = field(default_factory=dict)
    zegels: int = 0
    rijen: int = 0
    # Newer than the last seal: nothing can be said of these yet.
    onverzegeld: int = 0
    kop: tuple[int, str] | None = None

    @property
    def is_heel(self) -> bool:
        """Whether nothing was found."""
        return not self.bevindingen

    def meld(self, tabel: str, soort: Soort, sleutels: Iterable[str]) -> None:
        """Write down what is wrong, each key once, in the order of the rows."""
        nieuw = set(sleutels)
        if nieuw:
            alle = nieuw.union(self.bevindingen.get((tabel, soort), []))
            self.bevindingen[tabel, soort] = sorted(alle, key=lambda sleutel: (len(sleutel), sleutel))


def controleer(*, kop: tuple[int, str] | None = None) -> Verslag:
    """Check all of it. `kop`: number and check number of a seal that was noted elsewhere and must still be there."""
    verslag = Verslag()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        zet_vaste_vorm(cursor)
        _keten(verslag)
        for bewaakt in bewaakte_tabellen():
            _tabel(cursor, bewaakt, verslag)
        if kop is not None and not Zegel.objects.filter(nummer=kop[0], getal=kop[1]).exists():
            verslag.meld("logboek_zegel", Soort.KOP, [str(kop[0])])
        for plek in uitgezet():
            tabel, _, soort = plek.partition(": ")
            verslag.meld(tabel, Soort.AFSCHERMING, [soort])
    return verslag


def _keten(verslag: Verslag) -> None:
    """The links: consecutive, each over the one before and over its own parts."""
    vorige, nummer = BEGIN, 0
    for zegel in Zegel.objects.order_by("nummer").iterator(chunk_size=200):
        delen = list(zegel.delen.order_by("id"))
        fout = zegel.nummer != nummer + 1 or zegel.vorige != vorige
        for deel in delen:
            fout |= deel.getal != deelgetal(deel.sleutels, bytes(deel.rijgetallen))
        if fout or zegel.getal != zegelgetal(zegel.nummer, zegel.tijdstip, zegel.vorige, delen):
            verslag.meld("logboek_zegel", Soort.ZEGEL, [str(zegel.nummer)])
        vorige, nummer = zegel.getal, zegel.nummer
        verslag.zegels += 1
        verslag.kop = (zegel.nummer, zegel.getal)


def _delen(tabel: str) -> Iterator[Zegeldeel]:
    """The parts of a table since it last started anew, in order."""
    delen = Zegeldeel.objects.filter(tabel=tabel)
    begin = delen.filter(opnieuw=True).order_by("-id").values_list("id", flat=True).first()
    return (delen.filter(id__gt=begin) if begin else delen).order_by("id").iterator(chunk_size=50)


def _tabel(cursor: CursorWrapper, bewaakt: Bewaakt, verslag: Verslag) -> None:
    bestaand = _kolommen(cursor, bewaakt.tabel)
    na = 0
    for deel in _delen(bewaakt.tabel):
        if weg := sorted(set(deel.kolommen) - bestaand):
            verslag.meld(bewaakt.tabel, Soort.KOLOM, weg)
            continue
        toen = Bewaakt(bewaakt.tabel, bewaakt.sleutel, tuple(deel.kolommen))
        oud = _oud(deel)
        if bewaakt.is_context:
            nu = dict(getallen_van(cursor, toen, deel.sleutels))
        else:
            tot = int(deel.sleutels[-1])
            nu = dict(getallen(cursor, toen, na=na, tot=tot))
            na = max(na, tot)
            verslag.meld(bewaakt.tabel, Soort.TOEGEVOEGD, nu.keys() - oud.keys())
        verslag.meld(bewaakt.tabel, Soort.VERWIJDERD, oud.keys() - nu.keys())
        verslag.meld(
            bewaakt.tabel,
            Soort.GEWIJZIGD,
            {sleutel for sleutel in oud.keys() & nu.keys() if oud[sleutel] != nu[sleutel]},
        )
        verslag.rijen += len(oud)
    if not bewaakt.is_context:
        naam = connection.ops.quote_name
        laatste = laatste_sleutels(cursor, [bewaakt.tabel])[bewaakt.tabel]
        cursor.execute(
            f"SELECT count(*) FROM {naam(bewaakt.tabel)} WHERE {naam(bewaakt.sleutel)} > %s",  # noqa: S608  from the models
            [laatste],
        )
        verslag.onverzegeld += cursor.fetchone()[0]


def _oud(deel: Zegeldeel) -> dict[str, bytes]:
    getallen_toen = bytes(deel.rijgetallen)
    return {sleutel: getallen_toen[32 * plek : 32 * plek + 32] for plek, sleutel in enumerate(deel.sleutels)}


def _kolommen(cursor: CursorWrapper, tabel: str) -> set[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s",
        [tabel],
    )
    return {naam for (naam,) in cursor.fetchall()}
