"""The matrix sees it when a guard is gone: each of these is taken away for real, and a word comes out somewhere.

A guard in the database is a view; it is given back as it would be without, and put back by a savepoint. One in code is
replaced by what would stand there without. Where two guards stand behind one another, so that neither is missed by
itself, both are taken away and the name says so. In between, each address is asked with all of them there: no word.
"""

import dataclasses
import datetime
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import Q
from psycopg import sql

from maatregelen import api, berichten, herinnerplan, zichtbaarheid
from maatregelen.blikveld import Blik
from maatregelen.herinneringen import voorgenomen, voorgenomen_nieuws
from maatregelen.models import Mijlpaal, Organisatie, Persoon, Zichtniveau
from maatregelen.views.blikveld import Blikveld
from regietafel.stukken import maken
from regietafel.stukken.bewaring import plaats
from regietafel.views import stukken
from tests.inzage.test_matrix import WOORD, kijker, tabel
from tests.inzage.werelden import MOMENT, bouw_werelden, mensen_van, organisaties
from tests.regietafel.stukstof import gevraagd

pytestmark = pytest.mark.django_db

Zonder = Callable[[], AbstractContextManager[Any]]


# Ways to take a guard away


def venster(naam: str) -> Zonder:
    """All rows of a table, where the view of what may be seen stood."""
    return _weergave(naam, "SELECT {alle} FROM {basis} t")


def kolom(naam: str, *kolommen: str) -> Zonder:
    """The same rows of a view, with these columns as they stand in the table."""
    return _weergave(naam, "SELECT {alle} FROM {basis} t JOIN ({eerst}) v ON v.id = t.id", kolommen)


def _weergave(naam: str, tekst: str, uit_de_tabel: tuple[str, ...] | None = None) -> Zonder:
    @contextmanager
    def zonder() -> Iterator[None]:
        punt = transaction.savepoint()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
                [naam],
            )
            alle = ", ".join(
                f"{'t' if uit_de_tabel is None or kolom_ in uit_de_tabel else 'v'}.{kolom_}::{type_} AS {kolom_}"
                for kolom_, type_ in cursor.fetchall()
            )
            cursor.execute("SELECT pg_get_viewdef(%s::regclass)", [naam])
            ((eerst,),) = cursor.fetchall()
            schema, tabel_ = naam.split(".")
            basis = f"{schema.removeprefix('zicht').removeprefix('_') or 'public'}.{tabel_}"
            rijen = tekst.format(alle=alle, basis=basis, eerst=eerst.rstrip(";"))
            cursor.execute(f"CREATE OR REPLACE VIEW {naam} AS {rijen}")
        try:
            yield
        finally:
            transaction.savepoint_rollback(punt)

    return zonder


def anders(plaats: Any, naam: str, zonder_wachter: Any) -> Zonder:
    """What stands in the code by this name, as it would be without the guard."""

    @contextmanager
    def zonder() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as aap:
            aap.setattr(plaats, naam, zonder_wachter)
            yield

    return zonder


def samen(*wachters: Zonder) -> Zonder:
    """All of these at once: they stand behind one another."""

    @contextmanager
    def zonder() -> Iterator[None]:
        with ExitStack() as stapel:
            for wachter in wachters:
                stapel.enter_context(wachter())
            yield

    return zonder


def _geen_blik_op_paginas(*_: Any, **__: Any) -> None:
    """A page that only shows, made as it would be for who sees everything."""


def _blik_met(wat: str) -> Callable[..., Blik]:
    echt = zichtbaarheid.blik_van

    def blik_van(lidmaatschappen: Any, moment: datetime.datetime) -> Blik:
        blik = echt(lidmaatschappen, moment)
        if wat == "moment":
            return dataclasses.replace(blik, moment=datetime.datetime.max.replace(tzinfo=datetime.UTC))
        if wat == "niveau":
            return dataclasses.replace(blik, niveau=Zichtniveau.RIJK)
        return dataclasses.replace(blik, eigen=frozenset(Organisatie.objects.values_list("pk", flat=True)))

    return blik_van


@contextmanager
def alle_post() -> Iterator[None]:
    """What is due, without asking what each person may see."""
    with pytest.MonkeyPatch.context() as aap:
        aap.setattr(herinnerplan, "_ziet", lambda _rij: sql.SQL("true"))
        for naam in ("termijnen", "nieuws"):
            aap.setattr(herinnerplan, f"_{naam.upper()}", herinnerplan._vraag(naam))
        yield


zonder_pagina = anders(Blikveld, "process_view", _geen_blik_op_paginas)
zonder_voorwaarde = anders(Blik, "voorwaarde", lambda *_: Q())
zonder_api = anders(api, "kijkend", nullcontext)

# Which guard, how it goes, who then sees something that is not theirs, where, and a word of it.
TABEL = """
zicht.maatregelen_agenda                 | alle rijen     | lezer IPO    | /mijn/volgen/                                            | onderembargoagenda
zicht.maatregelen_maatregel              | alle rijen     | lezer IPO    | /api/v1/inbreng                                          | onderembargomaatregel
zicht.maatregelen_mijlpaal               | alle rijen     | lezer IPO    | /maatregelen/aantafel-1/                                 | onderembargomijlpaal
zicht.maatregelen_reactie                | alle rijen     | lezer IPO    | /maatregelen/aantafel-1/                                 | eigenrijkreactie
zicht.maatregelen_meting                 | alle rijen     | lezer IPO    | /api/v1/indicatoren                                      | eigenpartnermeting
zicht.regietafel_vergadering             | alle rijen     | lezer IPO    | /api/v1/wijzigingen?soort=vergadering                    | voorhetrijk
zicht.regietafel_besluit                 | alle rijen     | lezer IPO    | /api/v1/wijzigingen?soort=besluit                        | voorhetrijk
zicht.regietafel_actiepunt               | alle rijen     | lezer IPO    | /api/v1/wijzigingen?soort=actiepunt                      | eigenrijk
zicht_toen.maatregelen_maatregel         | alle rijen     | lezer IPO    | /api/v1/inbreng?peildatum=2026-11-19                     | onderembargomaatregel
zicht_toen_gezien.maatregelen_maatregel  | alle rijen     | lezer IPO    | /api/v1/inbreng?peildatum=2026-11-19&gezienOp=2026-11-19 | onderembargomaatregel
zicht_gezien.maatregelen_maatregel       | alle rijen     | lezer IPO    | /api/v1/inbreng?gezienOp=2026-11-19                      | onderembargomaatregel
zicht.maatregelen_maatregelevent         | alle rijen     | lezer IPO    | /api/v1/wijzigingen?soort=maatregel                      | eigenrijk
zicht.maatregelen_agendaevent            | alle rijen     | lezer IPO    | /api/v1/wijzigingen?soort=agenda                         | voorhetrijk
zicht.regietafel_besluitevent            | alle rijen     | lezer IPO    | /api/v1/wijzigingen?soort=besluit                        | voorhetrijk
zicht.maatregelen_maatregel: toelichting | kale kolom     | lezer IPO    | /maatregelen/aantafel-1/                                 | voorhetrijkveld
Blikveld om een pagina                   | weg            | lezer IPO    | /mijn/volgen/                                            | onderembargoagenda
kijkend in de API                        | weg            | lezer IPO    | /api/v1/inbreng                                          | eigenrijkmaatregel
kijkend om een stuk                      | weg            | lezer IPO    | stuk                                                     | onderembargoreactie
te_zien: stukken van een ander           | alle rijen     | secretariaat | /stukken/                                                | eigenrijkstuk
zichtbaar.sql: wat iemand gemaild krijgt | altijd waar    | lezer IPO    | mail                                                     | onderembargo
blik_van: het moment van een embargo     | altijd voorbij | lezer IPO    | /agendas/onderembargo/                                   | onderembargoagenda
blik_van: het niveau van een partner     | als het Rijk   | lezer IPO    | /agendas/voorhetrijk/                                    | voorhetrijkagenda
blik_van: de eigen organisatie           | van elke       | lezer IPO    | /agendas/eigenrijk/                                      | eigenrijkagenda
Blik.voorwaarde en Blikveld              | allebei weg    | bezoeker     | /agendas/onderembargo/                                   | onderembargoagenda
Blik.voorwaarde en kijkend in de API     | allebei weg    | lezer IPO    | /api/v1/inbreng                                          | eigenrijkinbreng
"""  # noqa: E501  a table
# Those that are no view. The last two stand behind one another: what is asked for by name is kept by the condition and
# by the view, and either is enough.
WEG: dict[str, Zonder] = {
    "Blikveld om een pagina": zonder_pagina,
    "kijkend in de API": zonder_api,
    "kijkend om een stuk": anders(maken, "kijkend", nullcontext),
    "te_zien: stukken van een ander": anders(stukken, "te_zien", lambda rijen, _wie: rijen),
    "zichtbaar.sql: wat iemand gemaild krijgt": alle_post,
    "blik_van: het moment van een embargo": anders(zichtbaarheid, "blik_van", _blik_met("moment")),
    "blik_van: het niveau van een partner": anders(zichtbaarheid, "blik_van", _blik_met("niveau")),
    "blik_van: de eigen organisatie": anders(zichtbaarheid, "blik_van", _blik_met("eigen")),
    "Blik.voorwaarde en Blikveld": samen(zonder_voorwaarde, zonder_pagina),
    "Blik.voorwaarde en kijkend in de API": samen(zonder_voorwaarde, zonder_api),
}
BIJNA_ALLEEN = 20


@dataclass(frozen=True)
class Wachter:
    """A line of the table."""

    naam: str
    hoe: str
    wie: str
    waar: str
    lekt: str

    def zonder(self) -> AbstractContextManager[Any]:
        """Within this the guard is not there."""
        if self.naam in WEG:
            return WEG[self.naam]()
        naam, _, veld = self.naam.partition(": ")
        return kolom(naam, veld)() if veld else venster(naam)()


def wachters() -> list[Wachter]:
    """The lines of the table."""
    return [Wachter(*map(str.strip, regel.split("|"))) for regel in TABEL.splitlines() if regel]


@pytest.fixture
def mensen(db: None) -> dict[str, Persoon]:
    """Who looks; the worlds are there, and every milestone is due."""
    orgs = organisaties()
    mensen = mensen_van(orgs)
    bouw_werelden(orgs, list(mensen.values()), mensen["coordinator AenM"], meer=True)
    over_een_week = MOMENT.date() + datetime.timedelta(days=7)
    Mijlpaal.objects.filter(behaald_op=None).update(
        einde=over_een_week, begin=None, precisie="dag", relatie="uiterlijk"
    )
    return mensen


def _mail(naam: str) -> set[str]:
    """What stands in the mails that this person would get."""
    uit = set()
    for melding in [*voorgenomen(MOMENT.date(), moment=MOMENT), *voorgenomen_nieuws(moment=MOMENT)]:
        if melding.persoon.functie == naam:
            brief = berichten.bericht(melding, vandaag=MOMENT.date(), message_id="<x@y>", antwoord_aan=[], gezegd={})
            uit |= _woorden(f"{brief.subject} {brief.body} {brief.alternatives}")  # type: ignore[attr-defined]
    return uit


def _stuk(door: Persoon) -> set[str]:
    """What stands in a paper that this person has made."""
    punt = transaction.savepoint()
    stuk = gevraagd(door, "onepager", "docx", maatregel="aantafel-1")
    assert maken.maak(stuk.pk)
    stuk.refresh_from_db()
    with zipfile.ZipFile(plaats(stuk.bestand)) as pak:
        tekst = pak.read("word/document.xml").decode()
    transaction.savepoint_rollback(punt)
    return _woorden(tekst)


def _woorden(tekst: str) -> set[str]:
    return {(staat + soort).lower() for staat, soort in WOORD.findall(tekst)}


def _gelekt(wachter: Wachter, mensen: dict[str, Persoon], sleutel: Callable[..., dict[str, str]]) -> set[str]:
    """The words that are found where the guard stands and may not be seen there."""
    if wachter.waar == "mail":
        gezien = _mail(wachter.wie)
    elif wachter.waar == "stuk":
        gezien = _stuk(mensen[wachter.wie])
    else:
        # A browser of its own: it takes the middleware along as it is now.
        bezoek = kijker(mensen.get(wachter.wie), sleutel)
        gezien = {staat + soort for staat, soort in bezoek.gezien(wachter.waar)}
    return {woord for woord in gezien if not woord.startswith(tuple(tabel()[wachter.wie]))}


def test_without_any_of_these_something_is_told(
    mensen: dict[str, Persoon], sleutel: Callable[..., dict[str, str]]
) -> None:
    met: dict[str, set[str]] = {}
    zonder: dict[str, set[str]] = {}
    with time_machine.travel(MOMENT, tick=False):
        for wachter in wachters():
            met[wachter.naam] = _gelekt(wachter, mensen, sleutel)
            with wachter.zonder():
                zonder[wachter.naam] = _gelekt(wachter, mensen, sleutel)
        na = {wachter.naam: _gelekt(wachter, mensen, sleutel) for wachter in wachters()}
    geen: dict[str, set[str]] = {wachter.naam: set() for wachter in wachters()}
    assert (met, na) == (geen, geen)
    assert {een.naam: zonder[een.naam] for een in wachters() if een.lekt not in zonder[een.naam]} == {}


def test_nearly_all_of_them_are_taken_away_by_themselves() -> None:
    namen = [wachter.naam for wachter in wachters()]
    assert len(set(namen)) == len(namen)
    assert set(WEG) <= set(namen)
    assert len([naam for naam in namen if " en " not in naam]) >= BIJNA_ALLEEN
