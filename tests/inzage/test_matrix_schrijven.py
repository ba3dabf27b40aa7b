"""What is sent: no answer to a form or a script tells what the sender may not see, and nothing of that changes.

The addresses are those of the matrix (see test_matrix.py), the names of fields those of every form there is. Each is
sent empty, with rubbish, and with the numbers and codes of things the sender may not see, by somebody who could keep
all of it up if only they saw it, by somebody who only reads, by the secretariaat, and by nobody in particular.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models, transaction
from rest_framework import serializers

from maatregelen.blikveld import Blik, kijkend
from maatregelen.models import Agenda, Maatregel, Organisatie, Persoon
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Actiepunt
from tests.factories import BetrokkenheidFactory
from tests.inzage.test_matrix import EEN_PER_STAAT, SAMEN_EEN, WOORD, Kijker, kijker, tabel
from tests.inzage.werelden import DAG, MOMENT, bouw_werelden, mensen_van, organisaties
from tests.regietafel.test_niets_van_later import adressen, routes

pytestmark = pytest.mark.django_db

API = "api/v1/"
METHODEN = ("post", "patch", "put", "delete")
GEEN_ZO_METHODE = 405
# A world of which none of those who send here sees anything.
HIER_VERBORGEN = "onderembargo"
RUBBISH = "<b>onzin'\u202e</b>"
# How many addresses there are to send to at least: a crawl that finds nothing proves nothing.
MINSTENS = 100
# Who sends, and of how many routes at least something is not refused to them beforehand: what they may change or ask.
NIET_GEWEIGERD = {"bezoeker": 4, "lezer IPO": 20, "dossierhouder VNG": 50, "secretariaat": 50}


@dataclass(frozen=True)
class Antwoord:
    """The status, the words of states, and whether it was refused before what was sent was looked at."""

    status: int
    woorden: set[str]
    is_geweigerd: bool

    @property
    def staten(self) -> set[str]:
        """Of which states something is told."""
        return {staat.lower() for woord in self.woorden for staat, _ in WOORD.findall(woord)}


class Schrijver(Kijker):
    """Somebody who sends something, and what they come to read by it."""

    def stuur(self, methode: str, adres: str, data: dict[str, str]) -> "Antwoord":
        """What comes back: in the answer, in where it sends them, and in what stands there."""
        stuur = getattr(self.client, methode)
        if adres.startswith(f"/{API}"):
            antwoord = stuur(adres, json.dumps(data), content_type="application/json", headers=self.kop)
        else:
            antwoord = stuur(adres, data)
        inhoud = b"".join(antwoord) if antwoord.streaming else antwoord.content
        teksten = [inhoud.decode("utf-8", "replace"), *(f"{naam}: {waarde}" for naam, waarde in antwoord.items())]
        naar = antwoord.get("Location", "")
        # Where one signs in nothing is told.
        moet_inloggen = naar.startswith("/inloggen/")
        if naar.startswith("/") and not moet_inloggen:
            teksten.append(self.haal(naar)[1])
        woorden = _woorden(" ".join(teksten), adres, data)
        return Antwoord(antwoord.status_code, woorden, moet_inloggen or antwoord.status_code in (401, 403, 404))


def _woorden(tekst: str, adres: str, data: dict[str, str]) -> set[str]:
    """The words in a text, leaving out what only repeats what was sent."""
    for echo in sorted({adres, *adres.strip("/").split("/"), *data.values()}, key=len, reverse=True):
        if WOORD.search(echo):
            tekst = re.sub(rf"{re.escape(echo)}(?![a-z])", "", tekst)
    return {(staat + soort).lower() for staat, soort in WOORD.findall(tekst)}


@pytest.fixture
def mensen(db: None) -> dict[str, Persoon]:
    """Who sends; VNG keeps up one measure, agenda and action of every world, whether or not it may see them."""
    orgs = organisaties()
    mensen = mensen_van(orgs)
    for maatregel in _werelden(orgs, mensen):
        BetrokkenheidFactory(maatregel=maatregel, organisatie=orgs["VNG"], vanaf=DAG)
    Actiepunt.objects.filter(code__endswith="-a1").update(organisatie=orgs["VNG"])
    Agenda.objects.update(houder=orgs["VNG"])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return mensen


def _werelden(orgs: dict[str, Organisatie], mensen: dict[str, Persoon]) -> list[Maatregel]:
    bouw_werelden(orgs, list(mensen.values()), mensen["coordinator AenM"], meer=True)
    return list(Maatregel.objects.filter(code__endswith="-1"))


# What there is to send


def _alle(soort: type[Any]) -> Iterator[type[Any]]:
    for onder in soort.__subclasses__():
        yield onder
        yield from _alle(onder)


VELD_VAN_VIEW = re.compile(r'POST(?:\.get(?:list)?\(|\[)"(\w+)"|"(\w+)" (?:not )?in (?:self\.)?request\.POST')


def velden() -> dict[str, type[models.Model] | None]:
    """The names of all that can be sent; with what it chooses from, where that is a table."""
    uit: dict[str, type[models.Model] | None] = {}
    for formulier in _alle(forms.BaseForm):
        for naam, veld in getattr(formulier, "base_fields", {}).items():
            keuze = getattr(veld, "queryset", None)
            uit[naam] = uit.get(naam) or (None if keuze is None else keuze.model)
    for serializer in _alle(serializers.Serializer):
        uit |= {naam: uit.get(naam) for naam in getattr(serializer, "_declared_fields", {})}
    return uit


def knoppen() -> list[str]:
    """The names that pages read past their forms, by which they know which button was pressed."""
    bronnen = [bron.read_text() for app in apps.get_app_configs() for bron in _views(Path(app.path))]
    return sorted({een or ander for bron in bronnen for een, ander in VELD_VAN_VIEW.findall(bron)})


def _views(pad: Path) -> Iterator[Path]:
    return (pad / "views").glob("*.py") if pad.is_relative_to(settings.BASE_DIR) else iter(())


# What may not change


class Verborgen:
    """The rows that somebody may not see: which there are, and how they stand."""

    def __init__(self, blik: Blik) -> None:
        self.blik = blik
        with connection.cursor() as cursor:
            cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = 'zicht' AND viewname !~ 'event$'")
            self.tabellen = [naam for (naam,) in cursor.fetchall()]
        self.voor = self.stand(self.tabellen)
        self.nummers = {naam: eerste for naam, (_, eerste, _) in self.voor.items() if eerste is not None}

    def stand(self, tabellen: list[str]) -> dict[str, tuple[int, int | None, str | None]]:
        """How many rows there are, the first of them, and all that stands in them."""
        if not tabellen:
            return {}
        vraag = " UNION ALL ".join(
            f"SELECT '{naam}', count(*), min(t.id), md5(string_agg(md5(t::text), '' ORDER BY t.id))"  # noqa: S608
            f" FROM public.{naam} t WHERE NOT EXISTS (SELECT 1 FROM zicht.{naam} z WHERE z.id = t.id)"
            for naam in tabellen
        )
        with kijkend(self.blik), connection.cursor() as cursor:
            cursor.execute(vraag)
            return {naam: (aantal, eerste, inhoud) for naam, aantal, eerste, inhoud in cursor.fetchall()}

    def keuzes(self, namen: Mapping[str, type[models.Model] | None]) -> dict[str, str]:
        """In each field that chooses a row one that is hidden, in every other a code of one."""
        return {
            veld: str(self.nummers.get(model._meta.db_table, 1)) if model else f"{HIER_VERBORGEN}-1"
            for veld, model in namen.items()
        }

    def gewijzigd(self, geschreven: set[str]) -> list[str]:
        """In which tables it is not as it was, of those that were written to."""
        na = self.stand([naam for naam in self.tabellen if naam in geschreven])
        return sorted(naam for naam, stand in na.items() if stand != self.voor[naam])


def geschreven() -> Counter[str]:
    """How many rows were written in this transaction so far, per table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return Counter(dict(cursor.fetchall()))


@contextmanager
def ongedaan(client: Any) -> Iterator[None]:
    """What is written within this is not; who is signed in stays so."""
    koekjes = client.cookies.output(header="", sep=";")
    punt = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(punt)
        client.cookies = SimpleCookie(koekjes)


def schrijfadressen(wie: Schrijver) -> dict[tuple[str, str], list[str]]:
    """The addresses per route and method that take something."""
    uit = {}
    for route, _ in routes():
        over = adressen(route, EEN_PER_STAAT, SAMEN_EEN)
        for methode in METHODEN if route.startswith(API) else METHODEN[:1]:
            if not over:
                continue
            with ongedaan(wie.client):
                antwoord = wie.stuur(methode, over[0], {})
            if antwoord.status != GEEN_ZO_METHODE:
                uit[methode, route] = over
    return uit


def schrijver(wie: Persoon | None, sleutel: Callable[..., dict[str, str]]) -> Schrijver:
    kijkt = kijker(wie, sleutel)
    return Schrijver(kijkt.client, kijkt.kop)


def test_what_is_sent_tells_and_changes_nothing_hidden(
    mensen: dict[str, Persoon], sleutel: Callable[..., dict[str, str]], stil: None
) -> None:
    """Of each route the first thing that is not refused gets all there is to send, the others what is hidden."""
    namen, fouten = velden(), {}
    with time_machine.travel(MOMENT, tick=False):
        doelen = schrijfadressen(schrijver(mensen["secretariaat"], sleutel))
        for naam, minstens in NIET_GEWEIGERD.items():
            mag, bezoek = tabel()[naam], schrijver(mensen.get(naam), sleutel)
            verborgen = Verborgen(Bevoegdheid(mensen.get(naam) or AnonymousUser(), MOMENT.date(), moment=MOMENT).blik)
            pakketten = {
                "vreemd": verborgen.keuzes(namen),
                "onzin": dict.fromkeys([*namen, *knoppen()], RUBBISH),
                "niets": {},
            }
            alles_gehad = set()
            for (methode, route), over in doelen.items():
                # A visitor has to sign in first, whatever it is about.
                for adres in over[: 1 if naam == "bezoeker" else None]:
                    for soort, data in pakketten.items():
                        begin = geschreven()
                        with ongedaan(bezoek.client):
                            antwoord = bezoek.stuur(methode, adres, data)
                            anders = verborgen.gewijzigd(set(geschreven() - begin))
                        if lek := antwoord.staten - mag:
                            fouten[naam, methode, adres, soort] = lek, antwoord.woorden
                        if anders:
                            fouten[naam, methode, adres, soort, "wijzigt"] = anders
                        if antwoord.is_geweigerd or (methode, route) in alles_gehad:
                            break
                    else:
                        alles_gehad.add((methode, route))
            assert len(alles_gehad) >= minstens
    assert fouten == {}
    assert len(doelen) >= MINSTENS
