"""What opens at a moment opens everywhere at once: page, list, count, search, API, feed, calendar, paper, past view."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from maatregelen.abonnementen import maak_abonnement
from maatregelen.blikveld import kijkend
from maatregelen.models import Organisatie, Persoon, Reactie
from maatregelen.publicatie import ruim_embargo_op, scherm_af
from maatregelen.reacties import dien_in, trek_in
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Agendapunt, Bijlage, Vergadering
from regietafel.stukken.zicht import NietTeZien
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, MijlpaalFactory
from tests.maatregelen.test_publicatie import NU, OPEN, SECONDE
from tests.maatregelen.test_publicatiepaginas import in_twee_stappen
from tests.paginatekst import tekst
from tests.regietafel.factories import AgendapuntFactory, VergaderingFactory
from tests.regietafel.stukstof import inhoud_voor, teksten

pytestmark = pytest.mark.django_db


@pytest.fixture
def koepel(mensen: Mensen) -> Mensen:
    """The partner may speak for the VNG."""
    LidmaatschapFactory(persoon=mensen.partner, organisatie=Organisatie.objects.get(slug="vng"), rol="dossierhouder")
    return mensen


def standpunt(maatregel: Any, mensen: Mensen, tot: datetime.datetime | None, op: datetime.datetime = NU) -> Reactie:
    """A dissent of the VNG."""
    return dien_in(
        maatregel, Organisatie.objects.get(slug="vng"), soort="afwijkend", tekst="Onuitvoerbaar zonder geld.",
        embargo_tot=tot, door=mensen.partner, moment=op,
    )  # fmt: skip


def woorden(persoon: Persoon, soort: str = "onepager", **onderwerp: str) -> list[str]:
    """The texts of a paper made now for this person, within what they may see."""
    with kijkend(Bevoegdheid(persoon, timezone.localdate()).blik):
        return teksten(inhoud_voor(persoon, soort, **onderwerp))


def deuren(persoon: Persoon, als: Any, kop: dict[str, str], kalender: str) -> dict[str, bool]:
    """Behind which doors the measure m-geheim is found."""
    client, script = als(persoon), Client()

    def heeft(adres: str, woord: str = "m-geheim", wie: Any = client, **koppen: Any) -> bool:
        antwoord = wie.get(adres, **koppen)
        return antwoord.status_code == 200 and woord in antwoord.content.decode()

    telling = script.get("/api/v1/maatregelen", headers=kop).json()["count"]
    try:
        stuk = any("m-geheim" in zin for zin in woorden(persoon, maatregel="m-geheim"))
    except NietTeZien:
        stuk = False
    return {
        "pagina": heeft("/maatregelen/m-geheim/"),
        "lijst": heeft("/maatregelen/"),
        "agenda": heeft("/agendas/a/"),
        "termijnen": heeft("/termijnen/"),
        "zoeken": heeft("/zoeken/?zoek=Verborgen"),
        "vroeger": heeft("/maatregelen/?peildatum=2025-02-01"),
        "api": heeft("/api/v1/maatregelen", wie=script, headers=kop),
        "een": heeft("/api/v1/maatregelen/m-geheim", wie=script, headers=kop),
        "aantal": telling == 1,
        "feed": heeft("/api/v1/wijzigingen?pageSize=500", wie=script, headers=kop),
        "kalender": heeft(f"/kalender/{kalender}.ics", wie=script),
        "stuk": stuk,
    }


def test_a_measure_opens_behind_every_door_at_its_moment(mensen: Mensen, als: Any, sleutel: Any) -> None:
    # By the clock of today: a paper asks history, which the database writes by its own clock.
    nu = timezone.now()
    open_om = (nu + datetime.timedelta(hours=2)).replace(microsecond=0)
    with time_machine.travel(nu, tick=False):
        maatregel = MaatregelFactory(code="m-geheim", titel="Verborgen werk", pijler__agenda__slug="a",
                                     trekker=mensen.organisatie)  # fmt: skip
        MijlpaalFactory(maatregel=maatregel, einde=datetime.date(2026, 6, 1))
        _, geheim = maak_abonnement(mensen.vreemd, "agenda", agenda=maatregel.pijler.agenda, moment=nu)
        scherm_af(maatregel, zichtbaarheid=None, afgeschermd_voor=mensen.organisatie, embargo_tot=open_om,
                  door=mensen.eigen, moment=nu, versie=None)  # fmt: skip
    for om, open_ in ((open_om - SECONDE, False), (open_om, True), (open_om + SECONDE, True)):
        with time_machine.travel(om, tick=False):
            gevonden = deuren(mensen.vreemd, als, sleutel(mensen.vreemd), geheim)
            assert gevonden == dict.fromkeys(gevonden, open_), om
    with time_machine.travel(open_om - SECONDE, tick=False):
        assert als(mensen.eigen).get("/maatregelen/m-geheim/").status_code == 200
        eigen = Client().get("/api/v1/maatregelen/m-geheim", headers=sleutel(mensen.eigen)).json()
        assert (eigen["embargoTot"], eigen["zicht"], eigen["zichtbaarheid"]) == (
            f"{open_om.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}", "regietafel", None,
        )  # fmt: skip


def test_that_it_opened_is_told_in_the_feed_once_it_was_cleared(mensen: Mensen, sleutel: Any) -> None:
    maatregel = MaatregelFactory(code="m-geheim", trekker=mensen.organisatie)
    scherm_af(maatregel, zichtbaarheid=None, afgeschermd_voor=mensen.organisatie, embargo_tot=OPEN,
              door=mensen.eigen, moment=NU, versie=None)  # fmt: skip
    ruim_embargo_op(OPEN)
    with time_machine.travel(OPEN + SECONDE):
        kop = sleutel(mensen.vreemd)
        rijen = Client().get("/api/v1/wijzigingen?pageSize=500&soort=maatregel", headers=kop).json()["results"]
    assert [(rij["sleutel"], rij["actie"]) for rij in rijen][-1] == ("m-geheim", "gewijzigd")
    assert len(rijen) == 3


def test_a_dissent_stands_in_papers_api_and_feed(koepel: Mensen, als: Any, sleutel: Any) -> None:
    maatregel = MaatregelFactory(code="m-1", trekker=koepel.organisatie)
    ander = MaatregelFactory(code="m-2", pijler=maatregel.pijler)
    tafel = VergaderingFactory(slug="lrt", staat="gepland")
    punt = AgendapuntFactory(vergadering=tafel, volgorde=1)
    punt.maatregelen.add(maatregel, ander)
    nu = timezone.now()
    open_om = nu + datetime.timedelta(hours=2)
    reactie = standpunt(maatregel, koepel, open_om, nu)
    weg = standpunt(ander, koepel, None, nu)
    trek_in(weg, reden="Opgelost.", versie=None, moment=nu)
    agenda = maatregel.pijler.agenda.slug
    for om, open_ in ((open_om - SECONDE, False), (open_om, True)):
        with time_machine.travel(om, tick=False):
            stukken = [
                woorden(koepel.vreemd, maatregel="m-1"),
                woorden(koepel.vreemd, agenda=agenda, pijler=maatregel.pijler.nummer),
                woorden(koepel.vreemd, "agenda", vergadering="lrt"),
            ]
            for stuk in stukken:
                alles = " | ".join(stuk)
                assert ("Reacties van organisaties" in alles) is open_
                assert ("Onuitvoerbaar zonder geld." in alles) is open_
                assert ("VNG, afwijkend standpunt" in alles) is open_
            kop = sleutel(koepel.vreemd)
            lijst = Client().get("/api/v1/reacties?ingetrokken=false", headers=kop).json()
            assert [rij["id"] for rij in lijst["results"]] == ([reactie.pk] if open_ else [])
            assert Client().get(f"/api/v1/reacties/{reactie.pk}", headers=kop).status_code == (200 if open_ else 404)
            een = Client().get("/api/v1/maatregelen/m-1", headers=kop).json()
            assert [(rij["organisatie"], rij["soort"], rij["ingetrokkenOp"]) for rij in een["reacties"]] == (
                [("vng", "afwijkend", None)] if open_ else []
            )
            feed = Client().get("/api/v1/wijzigingen?soort=reactie", headers=kop).json()["results"]
            assert (str(reactie.pk) in {rij["sleutel"] for rij in feed}) is open_
    kop = sleutel(koepel.partner)
    met_reden = Client().get("/api/v1/reacties?ingetrokken=true&organisatie=vng&soort=afwijkend", headers=kop).json()
    assert [rij["intrekreden"] for rij in met_reden["results"]] == ["Opgelost."]
    fout = Client().get("/api/v1/reacties?soort=mening", headers=kop)
    assert fout.status_code == 400


def test_since_tells_it_on_the_day_others_could_read_it(koepel: Mensen, als: Any) -> None:
    maatregel = MaatregelFactory(code="m-1", geldt_vanaf=datetime.date(2024, 1, 1))
    with time_machine.travel(NU, tick=False):
        standpunt(maatregel, koepel, OPEN)
    with time_machine.travel(OPEN + datetime.timedelta(days=3), tick=False):
        for opgeruimd in (False, True):
            if opgeruimd:
                ruim_embargo_op(OPEN + SECONDE)
            voor = als(koepel.vreemd).get("/sinds/?van=2026-03-01&tot=2026-03-09")
            erna = als(koepel.vreemd).get("/sinds/?van=2026-03-09&tot=2026-03-12")
            assert "Onuitvoerbaar" not in tekst(voor)
            assert "VNG: afwijkend standpunt" in tekst(erna)
            assert "Onuitvoerbaar zonder geld." in tekst(erna)


def test_points_and_annexes_have_a_level_of_their_own(mensen: Mensen, als: Any) -> None:
    tafel = VergaderingFactory(slug="lrt", titel="De tafel")
    punt, ander = (AgendapuntFactory(vergadering=tafel, volgorde=n, titel=f"Punt {n}") for n in (1, 2))
    bijlage = Bijlage.objects.create(agendapunt=ander, naam="Concept")
    client = als(mensen.secretariaat)
    for adres in ("/vergaderingen/lrt/", f"/agendapunten/{punt.pk}/", f"/bijlagen/{bijlage.pk}/"):
        assert client.get(f"{adres}zichtbaarheid/").status_code == 200
        assert als(mensen.partner).get(f"{adres}zichtbaarheid/").status_code == 403
    gegevens = {"zichtbaarheid": "1", "versie": "1"}
    assert in_twee_stappen(client, f"/agendapunten/{punt.pk}/zichtbaarheid/", gegevens).status_code == 302
    assert in_twee_stappen(client, f"/bijlagen/{bijlage.pk}/zichtbaarheid/", gegevens).status_code == 302
    partner, rijk = (tekst(als(wie).get("/vergaderingen/lrt/")) for wie in (mensen.partner, mensen.eigen))
    assert ("Punt 1" in partner, "Punt 2" in partner, "Concept" in partner) == (False, True, False)
    assert ("Punt 1 alleen het Rijk" in rijk, "Concept (niet bijgevoegd) alleen het Rijk" in rijk) == (True, True)
    ruimer = client.post(f"/bijlagen/{bijlage.pk}/zichtbaarheid/", {"zichtbaarheid": "3", "versie": "2"})
    assert ruimer.status_code == 422
    # The minutes may be closed: for whom they are is no part of them.
    Vergadering.objects.filter(pk=tafel.pk).update(zichtbaarheid=1)
    assert als(mensen.partner).get("/vergaderingen/lrt/").status_code == 404
    assert Agendapunt.objects.get(pk=ander.pk).zicht == 1


def test_the_api_narrows_down_by_who_may_see_it(mensen: Mensen, sleutel: Any) -> None:
    MaatregelFactory(code="m-1")
    MaatregelFactory(code="m-2", zichtbaarheid=1)
    kop = sleutel(mensen.eigen)
    for vraag, codes in (("", ["m-1", "m-2"]), ("?zichtbaarheid=rijk", ["m-2"]), ("?zichtbaarheid=openbaar", [])):
        rijen = Client().get(f"/api/v1/maatregelen{vraag}", headers=kop).json()["results"]
        assert sorted(rij["code"] for rij in rijen) == codes
    assert Client().get("/api/v1/maatregelen?zichtbaarheid=2", headers=kop).status_code == 400
