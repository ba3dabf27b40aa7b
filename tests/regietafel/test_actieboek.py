"""Who was mailed about an action and what comes: on its page and on that of a person, and how much each reader sees."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from maatregelen.berichtvoorkeuren import zet_voorkeur
from maatregelen.models import Lidmaatschap, Persoon, Vervanging
from regietafel.actieboek import vooruit_van, vooruit_voor
from regietafel.actiepost import verstuur
from regietafel.models import Actiebericht, Actiepunt
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, MijlpaalFactory
from tests.paginatekst import queries, stuk, tekst
from tests.regietafel.factories import ActiepuntFactory

Als = Callable[[Persoon], Client]
VANDAAG = datetime.date(2026, 6, 11)
EINDE = datetime.date(2026, 6, 17)  # a Wednesday
FOUT = "550 5.1.1 <eigen@voorbeeld.nl>: Recipient address rejected"
KWAAD = "<script>alert(1)</script>"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _dag() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 6, 11, 9, 0, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def actie(mensen: Mensen) -> Actiepunt:
    """An action on the name of `eigen` of SZW, by 17 June 2026; another of somebody else."""
    ActiepuntFactory(organisatie=mensen.ander, persoon=mensen.vreemd, einde=EINDE, wat="Van een ander")
    return ActiepuntFactory(  # type: ignore[return-value]
        code="lrt-a99", wat="Notitie delen", organisatie=mensen.organisatie, persoon=mensen.eigen, einde=EINDE
    )


def boek(actie: Actiepunt, persoon: Persoon, **anders: Any) -> Actiebericht:
    """A row of the ledger: an announcement of 7 days that arrived, unless said otherwise."""
    moment = datetime.datetime(2026, 6, 10, 7, 0, tzinfo=datetime.UTC)
    velden: dict[str, Any] = {
        "actiepunt": actie, "persoon": persoon, "stap": "aankondiging", "trede": 7, "sleuteldag": EINDE,
        "reden": "het actiepunt staat op uw naam", "vandaag": datetime.date(2026, 6, 10), "uitkomst": "verzonden",
        "pogingen": 1, "afgehandeld_op": moment, "gepland_op": moment,
    }  # fmt: skip
    return Actiebericht.objects.create(**{**velden, **anders})


def blok(client: Client, actie: Actiepunt) -> str:
    """The words of the block on the page of an action."""
    return stuk(client.get(actie.get_absolute_url()), "Wie is wanneer gemaild", "Feiten")


def test_what_was_sent_and_what_comes(mensen: Mensen, als: Als, actie: Actiepunt) -> None:
    boek(actie, mensen.eigen)
    assert blok(als(mensen.eigen), actie) == (
        "Wie is wanneer gemaild 1 Wat er komt, als er niets verandert "
        "Wanneer wie mail krijgt, als er niets verandert Wanneer Aan "
        "16 jun 2026 1 dag vooraf 17 jun 2026 op de dag zelf 18 jun 2026 1 dag erna 25 jun 2026 8 dagen erna Eigen "
        "1 jul 2026 14 dagen erna Secretariaat als LRT-secretariaat "
        "Wat er is verstuurd Mail over actiepunten, nieuwste eerst Wat Wanneer Aan Uitkomst "
        "Termijn loopt af, 7 dagen vooraf over 17 jun 2026 10 jun 2026 "
        "U Waarom u Het actiepunt staat op uw naam Verzonden "
    )


def test_how_much_each_reader_sees(mensen: Mensen, als: Als, actie: Actiepunt) -> None:
    """When and which function for everybody; why and what went wrong for whose it is, secretariaat and beheerder."""
    boek(actie, mensen.eigen, uitkomst="geweigerd", fout=FOUT, reden=f"reden {KWAAD}")
    gezien = {}
    for naam in ("eigen", "collega", "vreemd", "partner", "secretariaat", "beheerder"):
        pagina = als(getattr(mensen, naam)).get(actie.get_absolute_url())
        inhoud = pagina.content.decode()
        assert ("eigen@voorbeeld.nl" in inhoud, KWAAD in inhoud) == (False, False)
        woorden = tekst(pagina)
        assert "Geweigerd door de mailserver" in woorden
        gezien[naam] = ("Waarom" in woorden, "550 5.1.1 <(adres)>: Recipient address rejected" in woorden)
    assert gezien == {
        "eigen": (True, True),
        "collega": (True, True),
        "vreemd": (False, False),
        "partner": (False, False),
        "secretariaat": (True, True),
        "beheerder": (True, True),
    }


def test_about_which_version_of_the_date(mensen: Mensen, als: Als, actie: Actiepunt) -> None:
    boek(actie, mensen.eigen, sleuteldag=datetime.date(2026, 6, 12))
    assert "over 12 jun 2026 (nu 17-06-2026)" in blok(als(mensen.eigen), actie)


def test_the_ledger_is_only_shown_in_the_present(mensen: Mensen, als: Als, actie: Actiepunt) -> None:
    boek(actie, mensen.eigen)
    client = als(mensen.eigen)
    assert 'id="gemaild"' in client.get(actie.get_absolute_url()).content.decode()
    toen = client.get(f"{actie.get_absolute_url()}?peildatum=2026-06-10")
    assert toen.status_code == 200
    assert 'id="gemaild"' not in toen.content.decode()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"stand": "afgerond", "afgerond_op": VANDAAG, "afronding": "Klaar."}, "Dit actiepunt is afgerond."),
        ({"is_afgesproken": False, "soort": "verzoek"}, "Dit is niet afgesproken."),
        ({"termijn_tekst": "", "precisie": "", "einde": None}, "Dit actiepunt heeft geen uiterste dag."),
    ],
)
def test_it_says_why_nothing_comes(mensen: Mensen, als: Als, velden: dict[str, Any], zin: str) -> None:
    actie = ActiepuntFactory(organisatie=mensen.organisatie, **velden)
    assert blok(als(mensen.eigen), actie) == f"Wie is wanneer gemaild Er komt geen mail. {zin} "


def test_a_milestone_that_promises_the_same_tells_it(mensen: Mensen, als: Als) -> None:
    mijlpaal = MijlpaalFactory(maatregel=MaatregelFactory(code="2024-2-03"), einde=EINDE)
    actie = ActiepuntFactory(organisatie=mensen.organisatie, einde=EINDE, mijlpaal=mijlpaal)
    pagina = als(mensen.eigen).get(actie.get_absolute_url())
    assert "Een mijlpaal belooft hetzelfde voor dezelfde dag: daarover gaat de mail." in tekst(pagina)
    assert 'href="/maatregelen/2024-2-03/herinneringen/"' in pagina.content.decode()


def test_what_is_over_for_too_long_says_so(mensen: Mensen, als: Als) -> None:
    actie = ActiepuntFactory(organisatie=mensen.organisatie, einde=datetime.date(2025, 3, 1))
    assert "Er komt geen mail meer: de uiterste dag is te lang voorbij" in blok(als(mensen.eigen), actie)


def test_much_that_was_sent_is_folded_away(mensen: Mensen, als: Als, actie: Actiepunt) -> None:
    for trede in range(13):
        boek(actie, mensen.eigen, stap="voorbij", trede=trede + 1)
    assert "8 eerdere berichten" in blok(als(mensen.eigen), actie)


def test_on_the_page_of_a_person(mensen: Mensen, als: Als, actie: Actiepunt) -> None:
    boek(actie, mensen.eigen)
    woorden = tekst(als(mensen.eigen).get("/mijn/herinneringen/"))
    deel = woorden[woorden.index("Mail over actiepunten van de Regietafel") :]
    assert deel.startswith(
        "Mail over actiepunten van de Regietafel De komende 60 dagen "
        "16 jun 2026 over 5 dagen Notitie delen lrt-a99 1 dag vooraf (t/m 17 jun 2026) "
        "daarna 17 jun 2026, 18 jun 2026, 25 jun 2026 en nog 6 keer Het actiepunt staat op uw naam Wat er is verstuurd"
    )
    assert "Notitie delen lrt-a99 · Termijn loopt af, 7 dagen vooraf · over 17 jun 2026 10 jun 2026 Verzonden" in deel
    assert "Van een ander" not in deel
    assert "Notitie delen" in tekst(als(mensen.secretariaat).get(f"/personen/{mensen.eigen.pk}/herinneringen/"))
    assert "Mail over actiepunten" not in tekst(als(mensen.partner).get("/mijn/herinneringen/"))


def test_what_comes_is_what_the_runs_tell(mensen: Mensen, actie: Actiepunt) -> None:
    """Run after run, with a deputy who begins, a role that ends and overviews by the week."""
    chef = Persoon.objects.create(email="chef@voorbeeld.nl", functie="Chef")
    Lidmaatschap.objects.create(persoon=chef, organisatie=mensen.organisatie, rol="lezer", vanaf=VANDAAG)
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=chef)
    Vervanging.objects.create(
        persoon=mensen.eigen, vervanger=mensen.collega, van=datetime.date(2026, 6, 18),
        tot_en_met=datetime.date(2026, 6, 24),
    )  # fmt: skip
    zet_voorkeur(mensen.collega, eigen="week", gevolgd="geen", versie=None)
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(tot=datetime.date(2026, 7, 20))
    verwacht = [(komt.dag, komt.wat, aan) for komt in vooruit_van(actie, vandaag=VANDAAG) for aan, _ in komt.aan]
    [voor_eigen] = vooruit_voor(mensen.eigen, Actiepunt.objects.all(), vandaag=VANDAAG)
    dag, gebeurd = VANDAAG, []
    while dag <= VANDAAG + datetime.timedelta(days=60):
        al = set(Actiebericht.objects.values_list("pk", flat=True))
        verstuur(dag, moment=datetime.datetime(dag.year, dag.month, dag.day, 7, tzinfo=datetime.UTC))
        for rij in Actiebericht.objects.filter(actiepunt=actie).exclude(pk__in=al).order_by("persoon__functie"):
            erna = "erna" if rij.stap == "voorbij" else "vooraf"
            dagen = "1 dag" if rij.trede == 1 else f"{rij.trede} dagen"
            gebeurd.append((dag, f"{dagen} {erna}" if rij.trede else "op de dag zelf", rij.persoon.functie))
        dag += datetime.timedelta(days=1)
    assert gebeurd[: len(verwacht)] == verwacht
    eigen = [(dag, wat) for dag, wat, aan in gebeurd if aan == "Eigen"]
    assert eigen[:4] == [(komt.dag, komt.wat) for komt in (voor_eigen.eerste, *voor_eigen.daarna)]
    assert len(eigen) == 4 + voor_eigen.meer
    assert gebeurd[0] == (VANDAAG, "7 dagen vooraf", "Eigen")  # the run of today catches up
    assert {aan for *_, aan in gebeurd[: len(verwacht)]} == {"Eigen", "Collega"}
    assert "Chef" in {aan for *_, aan in gebeurd}


def test_pages_cost_the_same_at_one_and_at_three(mensen: Mensen, als: Als, actie: Actiepunt) -> None:
    """Both pages: what was told, and the people, steps and ledger of what comes."""
    client, tellingen = als(mensen.eigen), []
    for keer, persoon in enumerate((mensen.eigen, mensen.collega, mensen.vreemd)):
        boek(actie, persoon, trede=keer)
        ander = ActiepuntFactory(organisatie=mensen.organisatie, persoon=mensen.eigen, einde=EINDE)
        boek(ander, mensen.eigen, trede=keer)
        if keer != 1:
            tellingen.append((queries(client, actie.get_absolute_url()), queries(client, "/mijn/herinneringen/")))
    assert tellingen == [(18, 22), (18, 22)]
