"""Forms take what they show and nothing else. Every form of the product, found from the URL conf, is sent as a browser
would, and once more with the name of every field of every model beside it: what changes is the same. And what no form
offers is not taken: a choice that is not among the choices changes nothing.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client

from maatregelen.models import Maatregel, Organisatie, Persoon
from maatregelen.tijdreis import SLEUTELS
from maatregelen.views.volgen import VELDEN
from regietafel.forms.stukken import ONDERWERPEN
from regietafel.models import Vergadering
from regietafel.stukken.onderwerpen import BUNDEL
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory
from tests.regietafel.test_niets_van_later import MOMENT, adressen, routes
from tests.regietafel.twee_werelden import VROEG, VROEG_MERK, straks, wereld
from tests.toegang.buitenstaan import Blad, Formulier

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
# By chance or by the clock, each time another.
STEEDS_ANDERS = {
    "password", "last_login", "digest", "token_key", "kenmerk", "bestand", "bundel", "sleutel", "data", "session_key",
    "controlegetal", "geheim",
}  # fmt: skip
# What only shows, or is a matter of the browser.
GEEN_ZAAK = {"csrfmiddlewaretoken", "next"}
# One address behind the buttons of many pages, each with a part of the names. Whatever comes is looked up among what
# this person may see, and what is made is their own: it is a question like any other, not something that slips in. The
# day of a paper comes along from a page that looks back; a list offers to follow by the filters that are set on it.
KNOPPEN = {"/stukken/vragen/": {*ONDERWERPEN, *SLEUTELS}, "/mijn/volgen/": set(VELDEN)}
# The address of a program: it has no mail, so this is drawn at random, twenty characters.
GETROKKEN = re.compile(r"^[0-9a-f]{20}@")


def zaken() -> list[type[models.Model]]:
    """Every model of which rows are kept for the product itself; not what follows by itself: history and the log."""
    eigen = {"maatregelen", "regietafel", "toegang", "account", "mfa", "socialaccount"}
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in eigen and not model.__name__.endswith("Event") and model._meta.managed
    ]


def veldnamen() -> dict[str, str]:
    """The name of every field of every model, with something it could hold."""
    uit: dict[str, str] = {"is_staff": "on", "is_superuser": "on", "pk": "1", "id": "1", "groups": "1"}
    for model in zaken():
        for veld in model._meta.concrete_fields:
            naam = veld.name
            if veld.choices:
                waarde = str([keuze for keuze, _ in veld.flatchoices][-1])
            elif isinstance(veld, models.BooleanField):
                waarde = "on"
            elif isinstance(veld, models.DateTimeField | models.DateField):
                waarde = "2020-01-01"
            elif isinstance(veld, models.ForeignKey):
                waarde = str(veld.related_model._default_manager.values_list("pk", flat=True).last() or 1)
                uit.setdefault(veld.attname, waarde)
            elif isinstance(veld, models.IntegerField | models.DecimalField):
                waarde = "1"
            else:
                waarde = "ingeslopen"
            uit.setdefault(naam, waarde)
    return uit


def zonder_toeval(naam: str, waarde: Any, *, programma: bool) -> Any:
    """A value without what is drawn at random in it, and nothing more than that."""
    if naam == "email" and programma:
        return GETROKKEN.sub("getrokken@", waarde)
    if naam == "onderwerp" and isinstance(waarde, dict):
        return {sleutel: "bundel" if sleutel == BUNDEL else wat for sleutel, wat in waarde.items()}
    return waarde


def toestand(grens: dict[str, int]) -> dict[str, list[str]]:
    """All there is, comparable between two times that the same was done: new rows have no number of their own."""
    uit = {}
    for model in zaken():
        rijen = []
        for rij in model._default_manager.all().values():
            net = {}
            for veld in model._meta.concrete_fields:
                waarde = zonder_toeval(veld.name, rij[veld.attname], programma=rij.get("is_programma") is True)
                doel = veld.related_model if veld.is_relation else model if veld.primary_key else None
                nieuw = isinstance(waarde, int) and doel is not None and waarde > grens.get(doel._meta.db_table, 0)
                if veld.name not in STEEDS_ANDERS:
                    net[veld.attname] = "nieuw" if nieuw else waarde
            rijen.append(repr(sorted(net.items())))
        uit[model.__name__] = sorted(rijen)
    return uit


def grenzen() -> dict[str, int]:
    """The last number in use per table."""
    uit = {}
    for model in zaken():
        laatste = model._default_manager.order_by("pk").values_list("pk", flat=True).last()
        uit[model._meta.db_table] = laatste if isinstance(laatste, int) else 0
    return uit


def ingevuld(formulier: Formulier) -> dict[str, list[str]]:
    """As somebody would send it: what stands there, and something in whatever must be filled in."""
    uit = {naam: list(waarde) for naam, waarde in formulier.waarden.items()}
    for naam, kenmerk in formulier.soorten.items():
        gevuld = any(uit.get(naam, []))
        if gevuld or kenmerk["tag"] == "button":
            continue
        if naam in formulier.keuzes:
            echt = [keuze for keuze in formulier.keuzes[naam] if keuze]
            if echt and (naam in formulier.verplicht or kenmerk.get("type") == "radio"):
                uit[naam] = echt[:1]
        elif kenmerk.get("type") == "date":
            uit[naam] = [MOMENT.date().isoformat()] if naam in formulier.verplicht else [""]
        elif kenmerk.get("type") == "number":
            uit[naam] = ["1"] if naam in formulier.verplicht else [""]
        elif kenmerk.get("type") == "email":
            uit[naam] = ["iemand@voorbeeld.nl"]
        elif kenmerk.get("type") not in ("hidden", "file", "checkbox"):
            uit[naam] = ["ingevuld-1"]
    if formulier.knop and formulier.knop[0]:
        uit[formulier.knop[0]] = [formulier.knop[1]]
    return uit


class Proef:
    """Somebody who sends forms; whatever comes of it is undone."""

    def __init__(self, als: Als, wie: Persoon) -> None:
        self.als, self.wie = als, wie
        self.grens = grenzen()
        self.voor = toestand(self.grens)

    def na(self, adres: str, gegevens: dict[str, list[str]]) -> tuple[int, dict[str, list[str]]]:
        """The answer to this form and what there is after it."""
        eromheen = transaction.atomic()
        # A refusal is written down in a transaction of its own, which must not stand inside another. This one is of the
        # test, as the one that Django puts around each test.
        eromheen._from_testcase = True  # type: ignore[attr-defined]
        with eromheen:
            client = self.als(self.wie)
            client.raise_request_exception = False
            antwoord = client.post(adres, gegevens)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            uit = toestand(self.grens)
            transaction.set_rollback(True)
        return antwoord.status_code, uit

    def formulieren(self) -> Iterator[tuple[str, Formulier]]:
        """Every form that sends something, once for each shape of address."""
        gehad = set()
        client = self.als(self.wie)
        client.raise_request_exception = False
        for route, _ in routes():
            if route.startswith(("api/", "uitloggen", "mijn/sessies", "uitgelogd")):
                continue
            for adres in adressen(route)[:3]:
                antwoord = client.get(adres)
                if antwoord.status_code != 200 or not antwoord["Content-Type"].startswith("text/html"):
                    continue
                for formulier in Blad(antwoord.content.decode()).formulieren:
                    if formulier.methode != "post":
                        continue
                    doel = (formulier.adres or adres).split("#")[0]
                    vorm = (re.sub(r"\d+", "1", doel), tuple(sorted(re.sub(r"\d+", "1", n) for n in formulier.namen)))
                    if vorm in gehad or doel.startswith("/uitloggen"):
                        continue
                    gehad.add(vorm)
                    yield doel, formulier


@pytest.fixture
def werker(mensen: Mensen) -> Persoon:
    """Somebody with every role that changes something, in a world with one of everything."""
    rijen = wereld(VROEG_MERK, VROEG, mensen.secretariaat)
    straks(rijen)
    Vergadering.objects.filter(pk=rijen["tafel"].pk).update(vastgesteld_in=None)
    wie = mensen.secretariaat
    LidmaatschapFactory(persoon=wie, organisatie=mensen.organisatie, rol="beheerder")
    for rol in ("dossierhouder", "coordinator"):
        LidmaatschapFactory(persoon=wie, organisatie=rijen["org"], rol=rol)
    return wie


@pytest.fixture
def lid_van_koepel(mensen: Mensen) -> Persoon:
    """A partner who works on what is theirs."""
    rijen = wereld(VROEG_MERK, VROEG, mensen.secretariaat)
    Organisatie.objects.filter(pk=rijen["org"].pk).update(soort="koepel")
    LidmaatschapFactory(persoon=mensen.partner, organisatie=rijen["org"], rol="dossierhouder")
    return mensen.partner


def _vorm(adres: str) -> str:
    """The address without names and numbers."""
    return re.sub(r"\d+", "1", adres.split("?", maxsplit=1)[0])


def _verschil(gewoon: list[str], sluipend: list[str], naam: str) -> str:
    """The words in which the rows of a table differ."""
    eens, anders = (set(re.findall(r"\('\w+', [^)]*\)", " ".join(rijen))) for rijen in (gewoon, sluipend))
    return f"{naam}: {sorted(eens - anders)} / {sorted(anders - eens)}"


def _sluip(als: Als, wie: Persoon) -> tuple[dict[str, Any], int, int]:
    """What changed through names that a form does not show; how many forms there were, and how many did something."""
    erbij, gevonden, aantal, deed = veldnamen(), {}, 0, 0
    with time_machine.travel(MOMENT, tick=False):
        proef = Proef(als, wie)
        alle = list(proef.formulieren())
        # One address may take several forms, on one page or on several: what any of them shows is shown.
        getoond: dict[str, set[str]] = {}
        for adres, formulier in alle:
            getoond.setdefault(_vorm(adres), set(KNOPPEN.get(adres, ()))).update(formulier.namen)
        for adres, formulier in alle:
            gegevens = ingevuld(formulier)
            voorvoegsels = {m[1] for naam in formulier.namen if (m := re.match(r"(.+-)\w+$", naam))} | {""}
            meer = {
                voor + naam: [waarde]
                for voor in voorvoegsels
                for naam, waarde in erbij.items()
                if voor + naam not in getoond[_vorm(adres)] and voor + naam not in GEEN_ZAAK
            }
            code, gewoon = proef.na(adres, gegevens)
            aantal += 1
            deed += gewoon != proef.voor
            anders, sluipend = proef.na(adres, {**gegevens, **meer})
            if code >= 500 or anders >= 500:
                gevonden[adres] = (code, anders)
            elif sluipend != gewoon:
                gevonden[adres] = [
                    _verschil(gewoon[naam], rijen, naam) for naam, rijen in sluipend.items() if rijen != gewoon[naam]
                ]
    return gevonden, aantal, deed


def test_no_form_takes_a_name_that_it_does_not_show(werker: Persoon, als: Als) -> None:
    gevonden, aantal, deed = _sluip(als, werker)
    assert {adres: str(wat)[:160] for adres, wat in gevonden.items()} == {}
    assert aantal > 70
    assert deed > 35


def test_nor_does_any_form_of_a_partner(lid_van_koepel: Persoon, als: Als) -> None:
    gevonden, aantal, deed = _sluip(als, lid_van_koepel)
    assert gevonden == {}
    assert aantal > 8
    assert deed > 4


def test_what_is_not_offered_is_not_taken(werker: Persoon, als: Als) -> None:
    """Each choice of each form, once with what is not among it: another row that exists, or a word of ours."""
    bestaand = sorted(
        str(pk) for model in (Organisatie, Persoon, Maatregel) for pk in model.objects.values_list("pk", flat=True)
    )
    woorden = ["beheerder", "afgesloten", "vastgesteld", "0", "openbaar", "verantwoordelijk"]
    gevonden, gevraagd = {}, 0
    with time_machine.travel(MOMENT, tick=False):
        proef = Proef(als, werker)
        for adres, formulier in list(proef.formulieren()):
            for naam, keuzes in formulier.keuzes.items():
                if formulier.soorten[naam].get("type") == "checkbox" and keuzes == ["on"]:
                    continue
                vreemd = next(
                    (
                        w
                        for w in ([*bestaand, *woorden] if any(k.isdigit() for k in keuzes) else woorden)
                        if w not in keuzes
                    ),
                    "vreemd",
                )
                gegevens = {**ingevuld(formulier), naam: [vreemd]}
                code, na = proef.na(adres, gegevens)
                gevraagd += 1
                zonder, _ = {**ingevuld(formulier), naam: []}, None
                if code >= 500 or (na != proef.voor and na != proef.na(adres, zonder)[1]):
                    gevonden[f"{adres} {naam}={vreemd}"] = code
    assert gevonden == {}
    assert gevraagd > 60
    assert isinstance(MOMENT, datetime.datetime)
