"""What changed between two days: each kind of change is told once, on its day, and nothing else is."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maatregelen.models import (
    Betrokkenheid,
    Doelwaarde,
    Indicator,
    Maatregel,
    Meting,
    Statuswijziging,
    Termijnwijziging,
    Zichtniveau,
)
from maatregelen.statuswissel import wijzig_status
from regietafel.models import Actiepunt, Terugkoppeling, Vergadercijfer, Vergadering
from regietafel.sinds import (
    Tijdvak,
    Wending,
    cijfers,
    organisatiewissels,
    regels,
    van_de_tafel,
    verschil,
    vorige_vergadering,
)
from tests.conftest import Mensen
from tests.factories import BetrokkenheidFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PijlerFactory
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    TerugkoppelingFactory,
    VergaderingFactory,
)

MAART, JUNI = datetime.date(2026, 3, 18), datetime.date(2026, 6, 17)
VAK = Tijdvak(MAART, JUNI)
pytestmark = pytest.mark.django_db


def moment(dag: datetime.date, uur: int = 12) -> datetime.datetime:
    """A moment on a day."""
    return datetime.datetime(dag.year, dag.month, dag.day, uur, tzinfo=datetime.UTC)


def status(
    maatregel: Maatregel, per: datetime.date, *, op: datetime.date, naar: str = "in_uitvoering", door: Any = None
) -> None:
    """A move of status that took effect on `per` and was recorded on `op`."""
    Statuswijziging.objects.create(
        maatregel=maatregel,
        van="aangekondigd",
        naar=naar,
        per=per,
        toelichting="begonnen",
        door=door,
        vastgelegd_op=moment(op),
    )


def soorten(vak: Tijdvak = VAK) -> dict[str, set[Wending]]:
    """What happened, per code."""
    codes = dict(Maatregel.objects.values_list("pk", "code"))
    return {codes[pk]: gebeurd for pk, gebeurd in verschil(Maatregel.objects.all(), vak).soorten.items()}


def test_a_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="begin"):
        Tijdvak(JUNI, MAART)


def test_nothing_changed_is_an_answer(mensen: Mensen) -> None:
    MaatregelFactory(code="stil-1")
    gevonden = verschil(Maatregel.objects.all(), VAK)
    assert (gevonden.aantal, gevonden.ongewijzigd, gevonden.totaal, gevonden.soorten) == (0, 1, 1, {})
    assert [(groep.veranderd, groep.totaal) for groep in gevonden.per_pijler] == [(0, 1)]


@pytest.mark.parametrize(
    ("per", "telt"),
    [
        (MAART - datetime.timedelta(days=1), False),
        (MAART, False),
        (MAART + datetime.timedelta(days=1), True),
        (JUNI, True),
        (JUNI + datetime.timedelta(days=1), False),
    ],
)
def test_the_day_of_the_meeting_itself_belongs_to_before(mensen: Mensen, per: datetime.date, telt: bool) -> None:
    maatregel = MaatregelFactory(code="a-1")
    status(maatregel, per, op=per, door=mensen.eigen)
    assert soorten() == ({"a-1": {Wending.STATUS}} if telt else {})


def test_what_was_recorded_later_is_told_and_said_to_be_late(mensen: Mensen) -> None:
    """At the meeting of March nobody could know it."""
    gemeld = MaatregelFactory(code="a-1")
    status(gemeld, datetime.date(2026, 3, 1), op=datetime.date(2026, 4, 1), door=mensen.eigen)
    assert soorten() == {"a-1": {Wending.STATUS}}
    (regel,) = regels([gemeld.pk], VAK)[gemeld.pk]
    assert (regel.later, regel.op, regel.door) == (True, datetime.date(2026, 3, 1), "Eigen")


@pytest.mark.parametrize(
    ("naar", "soort"),
    [("uitgevoerd", Wending.AFGEROND), ("afgesloten", Wending.AFGEROND), ("vervallen", Wending.VERVALLEN)],
)
def test_ended_and_removed_are_told_apart(mensen: Mensen, naar: str, soort: Wending) -> None:
    status(MaatregelFactory(code="a-1"), MAART + datetime.timedelta(days=3), op=JUNI, naar=naar, door=mensen.eigen)
    assert soorten() == {"a-1": {soort}}


def test_new_measures_by_the_day_of_their_document() -> None:
    MaatregelFactory(code="oud-1", geldt_vanaf=MAART)
    MaatregelFactory(code="nieuw-1", geldt_vanaf=JUNI)
    assert soorten() == {"nieuw-1": {Wending.NIEUW}}


def wijziging(mijlpaal: Any, soort: str, op: datetime.date) -> None:
    """A change of a termijn, recorded on `op`."""
    Termijnwijziging.objects.create(
        mijlpaal=mijlpaal, soort=soort, van_tekst="voor de zomer", van_precisie="seizoen", naar_tekst="op 15 juni",
        naar_precisie="dag", reden="afgesproken", vastgelegd_op=moment(op),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("soort", "wending"),
    [
        ("uitgesteld", Wending.VERPLAATST),
        ("vervroegd", Wending.VERPLAATST),
        ("vervaagd", Wending.VERPLAATST),
        ("verscherpt", Wending.VERSCHERPT),
        ("bepaald", Wending.VERSCHERPT),
        ("hersteld", None),
        ("herschreven", None),
    ],
)
def test_moved_and_sharpened_termijnen_are_told_apart(soort: str, wending: Wending | None) -> None:
    mijlpaal = MijlpaalFactory(maatregel__code="a-1", einde=datetime.date(2027, 1, 1))
    wijziging(mijlpaal, soort, datetime.date(2026, 5, 1))
    assert soorten() == ({"a-1": {wending}} if wending else {})


@pytest.mark.parametrize(
    ("einde", "behaald", "wending"),
    [
        (MAART - datetime.timedelta(days=1), None, None),
        (MAART, None, Wending.VERSTREKEN),  # its latest day was that of the meeting: it passed the day after
        (JUNI - datetime.timedelta(days=1), None, Wending.VERSTREKEN),
        (JUNI, None, None),  # today is its latest day: not late
        (datetime.date(2026, 5, 1), datetime.date(2026, 5, 20), Wending.BEHAALD),
        (datetime.date(2027, 5, 1), datetime.date(2026, 5, 20), Wending.BEHAALD),
    ],
)
def test_passed_and_reached(einde: datetime.date, behaald: datetime.date | None, wending: Wending | None) -> None:
    MijlpaalFactory(
        maatregel__code="a-1",
        maatregel__pijler__agenda__is_lopend=True,
        einde=einde,
        behaald_op=behaald,
        behaald_bewijs="brief" if behaald else "",
    )
    assert soorten() == ({"a-1": {wending}} if wending else {})


def test_who_is_responsible_now(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(code="a-1", trekker=mensen.organisatie)
    rij = Betrokkenheid.objects.get(maatregel=maatregel)
    Betrokkenheid.objects.filter(pk=rij.pk).update(tot=datetime.date(2026, 4, 1), reden="overgedragen")
    Betrokkenheid.objects.create(
        maatregel=maatregel, organisatie=mensen.ander, rol="verantwoordelijk", herkomst="toegewezen",
        vanaf=datetime.date(2026, 4, 1), reden="overgenomen",
    )  # fmt: skip
    assert soorten() == {"a-1": {Wending.TREKKER}}
    assert [regel.wat for regel in regels([maatregel.pk], VAK)[maatregel.pk]] == [
        "SZW is niet meer verantwoordelijk",
        "OCW is verantwoordelijk",
    ]
    per = {
        groep.naam: (groep.veranderd, groep.totaal) for groep in verschil(Maatregel.objects.all(), VAK).per_organisatie
    }
    assert per == {"OCW": (1, 1)}


def test_a_word_from_a_text_and_who_only_takes_part_are_not_counted_as_responsible(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(code="a-1", geldt_vanaf=JUNI, trekker=mensen.organisatie)
    MaatregelFactory(code="geheim-1", geldt_vanaf=JUNI, trekker=mensen.ander)
    for organisatie, rol in ((OrganisatieFactory(soort="aanduiding"), "verantwoordelijk"), (mensen.ander, "betrokken")):
        BetrokkenheidFactory(maatregel=maatregel, organisatie=organisatie, rol=rol)
    per = verschil(Maatregel.objects.filter(pk=maatregel.pk), VAK).per_organisatie
    assert [(groep.naam, groep.veranderd, groep.totaal) for groep in per] == [("SZW", 1, 1)]


def test_only_what_one_may_see_is_counted_or_named() -> None:
    zichtbaar = MaatregelFactory(code="a-1", geldt_vanaf=JUNI)
    MaatregelFactory(code="geheim-1", geldt_vanaf=JUNI, pijler=PijlerFactory(titel="Geheime pijler"))
    gevonden = verschil(Maatregel.objects.filter(pk=zichtbaar.pk), VAK)
    assert (gevonden.volgorde, gevonden.totaal, dict(gevonden.tellingen)) == ([zichtbaar.pk], 1, {"nieuw": 1})
    assert "Geheime pijler" not in str(gevonden.per_pijler)


def test_decisions_reported_back_carried_out_and_silent() -> None:
    maart, juni = VergaderingFactory(datum=MAART), VergaderingFactory(datum=JUNI)
    punt = AgendapuntFactory(vergadering=maart)
    besluit = BesluitFactory(agendapunt=punt)
    aanvaard = TerugkoppelingFactory(
        besluit=besluit,
        maatregel=MaatregelFactory(),
        stand="teruggekoppeld",
        uitgevoerd_op=MAART,
        uitkomst="klaar",
        aanvaard_in=juni,
    )
    uitgevoerd = TerugkoppelingFactory(
        besluit=besluit,
        maatregel=MaatregelFactory(),
        stand="uitgevoerd",
        uitgevoerd_op=datetime.date(2026, 4, 1),
        uitkomst="klaar",
    )
    stil = TerugkoppelingFactory(besluit=besluit, maatregel=MaatregelFactory())
    TerugkoppelingFactory(besluit=besluit, maatregel=MaatregelFactory(), stand="niet_nodig")
    TerugkoppelingFactory(
        besluit=BesluitFactory(agendapunt=AgendapuntFactory(vergadering=juni))
    )  # of today: not silent yet
    tafel = van_de_tafel(Terugkoppeling.objects.all(), Actiepunt.objects.all(), Vergadering.objects.all(), VAK)
    assert (tafel.aanvaard, tafel.uitgevoerd, tafel.stil) == ([aanvaard], [uitgevoerd], [stil])
    assert tafel.gehouden == [juni]


def test_actions_done_and_late() -> None:
    te_laat = ActiepuntFactory(einde=datetime.date(2026, 5, 31))
    ActiepuntFactory(einde=JUNI)
    ActiepuntFactory(einde=datetime.date(2026, 5, 31), is_afgesproken=False)
    gedaan = ActiepuntFactory(stand="afgerond", afgerond_op=JUNI, afronding="verstuurd")
    ActiepuntFactory(stand="afgerond", afgerond_op=MAART, afronding="verstuurd")
    tafel = van_de_tafel(Terugkoppeling.objects.all(), Actiepunt.objects.all(), Vergadering.objects.all(), VAK)
    assert (tafel.acties_afgerond, tafel.acties_te_laat) == ([gedaan], [te_laat])


def test_figures_with_what_they_were_before() -> None:
    indicator = Indicator.objects.create(slug="bezetting", naam="Bezetting", eenheid="personen")
    for dag, waarde in ((MAART, 70_000), (JUNI, 71_250)):
        Meting.objects.create(indicator=indicator, waarde=waarde, peildatum=dag, bron=f"dashboard {dag}")
    Doelwaarde.objects.create(indicator=indicator, waarde=96_000, geldig_vanaf=MAART, reden="raming")
    Doelwaarde.objects.create(indicator=indicator, waarde=88_000, geldig_vanaf=JUNI, reden="nieuwe raming")
    punt = AgendapuntFactory(vergadering=VergaderingFactory(datum=JUNI, titel="LRT juni"))
    Vergadercijfer.objects.create(agendapunt=punt, naam="Taakstelling", waarde=15_000, vorige_waarde=17_700)
    gevonden = cijfers(Meting.objects.all(), Doelwaarde.objects.all(), Vergadercijfer.objects.all(), VAK)
    assert [(rij.naam, rij.van, rij.naar) for rij in gevonden] == [
        ("Bezetting", "70.000", "71.250"),
        ("Doel: Bezetting", "96.000", "88.000"),
        ("Taakstelling", "17.700", "15.000"),
    ]


def test_organisations_that_ended() -> None:
    nieuw = OrganisatieFactory()
    weg = OrganisatieFactory(geldig_tot=datetime.date(2026, 4, 1), opvolger=nieuw)
    OrganisatieFactory(geldig_tot=MAART, opvolger=nieuw)
    assert organisatiewissels(type(weg).objects.all(), VAK) == [weg]


def test_the_meeting_before() -> None:
    maart = VergaderingFactory(datum=MAART)
    VergaderingFactory(datum=datetime.date(2026, 5, 1), staat="gepland")
    assert vorige_vergadering(Vergadering.objects.all(), JUNI) == maart
    assert vorige_vergadering(Vergadering.objects.all(), MAART) is None


# The page

VANDAAG = time_machine.travel("2026-06-17T10:00:00+02:00", tick=False)


@VANDAAG
def test_the_page_starts_at_the_previous_meeting(als: Any, mensen: Mensen) -> None:
    VergaderingFactory(datum=MAART, titel="LRT van maart")
    status(MaatregelFactory(code="a-1", titel="Huizen bouwen"), datetime.date(2026, 4, 1), op=JUNI, door=mensen.eigen)
    tekst = als(mensen.partner).get("/sinds/").content.decode()
    assert "LRT van maart" in tekst
    assert "Huizen bouwen" in tekst
    assert "1 maatregel van 1 veranderd; 0 niet." in tekst


@VANDAAG
@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        ("van=2026-06-18", "Het begin ligt na het einde"),
        ("van=gisteren", "geen vergadering met een datum en geen dag"),
        ("tot=2026-06-18", "ligt in de toekomst"),
        ("van=2026-13-45", "geen vergadering met een datum en geen dag"),
        ("soort=iets", "Selecteer een geldige keuze"),
        ("kleur=rood", "bestaat niet"),
    ],
)
def test_a_wrong_question_is_told(als: Any, mensen: Mensen, vraag: str, zin: str) -> None:
    antwoord = als(mensen.partner).get(f"/sinds/?{vraag}")
    assert antwoord.status_code == 400
    assert zin in antwoord.content.decode()


@VANDAAG
def test_up_to_a_past_day_nothing_later_is_known(als: Any, mensen: Mensen) -> None:
    """Fails without `terug` around the page: the later measure, status and successor would be named."""
    VergaderingFactory(datum=MAART)
    MaatregelFactory(code="later-1", titel="Later bedacht", geldt_vanaf=JUNI)
    maatregel = MaatregelFactory(code="a-1", titel="Huizen bouwen")
    status(maatregel, datetime.date(2026, 4, 1), op=datetime.date(2026, 4, 1), door=mensen.eigen)
    wijzig_status(maatregel, "in_voorbereiding", door=mensen.eigen, toelichting="nu pas", per=JUNI)
    tekst = als(mensen.partner).get("/sinds/?van=2026-03-18&tot=2026-05-01").content.decode()
    assert "Huizen bouwen" in tekst
    for later in ("Later bedacht", "later-1", "nu pas", "in voorbereiding</span>"):
        assert later not in tekst


@VANDAAG
def test_strangers_learn_nothing(als: Any, mensen: Mensen, client: Client) -> None:
    """A visitor is told what changed in what is for everybody, and of the rest not even that it changed."""
    for naam, voor in (("zwaluw", Zichtniveau.REGIETAFEL), ("merel", Zichtniveau.OPENBAAR)):
        pijler = PijlerFactory(agenda__zichtbaarheid=voor, agenda__titel=f"{naam}agenda", titel=f"{naam}pijler")
        maatregel = MaatregelFactory(code=f"{naam}-1", titel=f"{naam}maatregel", pijler=pijler)
        status(maatregel, datetime.date(2026, 4, 1), op=JUNI, door=mensen.eigen)
    ActiepuntFactory(wat="zwaluwactie", agendapunt__vergadering__titel="zwaluwtafel")
    pad = f"/sinds/?van={MAART}"
    antwoord, partner = client.get(pad), als(mensen.partner).get(pad)
    assert (antwoord.status_code, partner.status_code) == (200, 200)
    for pagina, zwaluw in ((antwoord, False), (partner, True)):
        woorden = pagina.content.decode().lower()
        assert ("merel" in woorden, "zwaluw" in woorden) == (True, zwaluw)
    assert als(mensen.rolloos).get("/sinds/").status_code == 403


@VANDAAG
@pytest.mark.parametrize("aantal", [1, 3])
def test_queries_do_not_grow_with_what_changed(
    als: Any, mensen: Mensen, django_assert_num_queries: DjangoAssertNumQueries, aantal: int
) -> None:
    punt = AgendapuntFactory(vergadering=VergaderingFactory(datum=MAART))
    for nummer in range(aantal):
        maatregel = MaatregelFactory(code=f"a-{nummer}", trekker=mensen.organisatie)
        status(maatregel, datetime.date(2026, 4, 1), op=JUNI, door=mensen.eigen)
        mijlpaal = MijlpaalFactory(maatregel=maatregel, einde=datetime.date(2026, 5, 1))
        wijziging(mijlpaal, "uitgesteld", datetime.date(2026, 5, 1))
        TerugkoppelingFactory(besluit=BesluitFactory(agendapunt=punt), maatregel=maatregel)
        ActiepuntFactory(agendapunt=punt, organisatie=mensen.organisatie)
    browser = als(mensen.partner)
    browser.get("/sinds/")
    with django_assert_num_queries(38):
        assert browser.get("/sinds/").status_code == 200
