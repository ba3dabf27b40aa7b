"""Making papers: the same moment gives the same number, nothing is half or twice, and no stranger gets one."""

import datetime
import io
import itertools
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maatregelen.models import Maatregel, Persoon, Statuswijziging, Thema, Themaplaats
from maatregelen.signalen import geef_laatst_gemeld, met_laatst_gemeld
from maatregelen.statuswissel import wijzig_status
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Addendum, Stuk, Trend, Vergadercijfer, Vergadering
from regietafel.stukken import maken
from regietafel.stukken.beschrijving import Inhoud, Kop, kort, lijst
from regietafel.stukken.bewaring import plaats
from regietafel.stukken.controle import lees_getal, zoek
from regietafel.stukken.inhoud import BOUWERS
from tests.conftest import Mensen
from tests.factories import BetrokkenheidFactory, MaatregelFactory, MijlpaalFactory, PersoonFactory, PijlerFactory
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    DeelnameFactory,
    InbrengFactory,
    TerugkoppelingFactory,
    VergaderingFactory,
)
from tests.regietafel.stukstof import VIJANDIG, gevraagd, inhoud_voor, kaal, lees_odt, lees_pdf, teksten

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
KLAAR = {"stand": "klaar"}


@pytest.fixture(autouse=True)
def stukkenmap(settings: Any, tmp_path: Path) -> Path:
    """A folder of this test's own; nobody answers the broker."""
    settings.STUKKENMAP = tmp_path / "stukken"
    settings.CELERY_BROKER_URL = "memory://"
    return tmp_path / "stukken"


@pytest.fixture
def wachtrij(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was put in the queue: no worker takes it."""
    gezet: list[int] = []
    monkeypatch.setattr(
        "regietafel.views.stukken.maak_stuk.apply_async", lambda args, retry: gezet.append(args[0]), raising=True
    )
    return gezet


def bestanden(map_: Path) -> list[Path]:
    return [pad for pad in map_.rglob("*") if pad.is_file()]


def vergadering(tekst: str = "Gewoon", aantal: int = 1) -> Vergadering:
    """A meeting with everything on each of its points, each text made of `tekst`."""
    tafel = VergaderingFactory(
        titel=f"Tafel {tekst}", plaats=tekst, kenmerk=tekst[:60], secretariaat=tekst, begintijd=datetime.time(14, 5)
    )
    DeelnameFactory(vergadering=tafel, naam=tekst, ambt=tekst, aanwezigheid="aanwezig", rol="voorzitter")
    for nummer in range(1, aantal + 1):
        maatregel = MaatregelFactory(titel=tekst)
        MijlpaalFactory(maatregel=maatregel, omschrijving=tekst)
        punt = AgendapuntFactory(
            vergadering=tafel,
            volgorde=nummer,
            titel=f"Punt {tekst}",
            toelichting=tekst,
            bespreking=f"Besproken {tekst}",
        )
        punt.maatregelen.add(maatregel)
        InbrengFactory(agendapunt=punt, spreker=tekst, tekst=f"Zei {tekst}")
        besluit = BesluitFactory(agendapunt=punt, tekst=f"Besloot {tekst}")
        punt.eerdere_besluiten.add(TerugkoppelingFactory(besluit=besluit, maatregel=maatregel).besluit)
        actie = ActiepuntFactory(agendapunt=punt, wat=f"Doet {tekst}", wie_tekst=tekst, voorwaarde=tekst)
        actie.maatregelen.add(maatregel)
        ActiepuntFactory(agendapunt=punt, wat=f"Vraagt {tekst}", is_afgesproken=False, soort="verzoek")
        Vergadercijfer.objects.create(agendapunt=punt, naam=tekst, waarde="1234.50", eenheid="plekken")
        Trend.objects.create(agendapunt=punt, onderwerp=tekst, duiding=tekst)
        Addendum.objects.create(
            vergadering=tafel, agendapunt=punt, tekst=f"Later {tekst}", reden=tekst, op=datetime.date(2026, 4, 1)
        )
    return tafel


def alle_onderwerpen(tafel: Vergadering) -> list[tuple[str, dict[str, str]]]:
    """Each kind about each subject that there is."""
    punt = tafel.agendapunten.first()
    assert punt is not None
    maatregel = punt.maatregelen.get()
    pijler = maatregel.pijler
    thema = Thema.objects.create(slug="thema", titel=punt.titel, ontwikkeling=punt.toelichting)
    Themaplaats.objects.create(thema=thema, maatregel=maatregel)
    waarden = {
        "maatregel": maatregel.code, "agenda": pijler.agenda.slug, "pijler": pijler.nummer, "thema": "thema",
        "vergadering": tafel.slug, "organisatie": "szw",
    }  # fmt: skip
    return [(soort, {sleutel: waarden[sleutel] for sleutel in sleutels}) for soort, sleutels in BOUWERS]


@pytest.mark.parametrize("tekst", ["Gewoon", VIJANDIG[:60]], ids=["plain", "hostile"])
def test_every_kind_holds_what_was_typed_and_can_be_written(mensen: Mensen, tekst: str) -> None:
    tafel = vergadering(tekst)
    mensen.organisatie.__class__.objects.filter(pk=mensen.organisatie.pk).update(slug="szw")
    for soort, onderwerp in alle_onderwerpen(tafel):
        inhoud = inhoud_voor(mensen.secretariaat, soort, **onderwerp)
        for formaat, lees in (("pdf", lees_pdf), ("odt", lees_odt)):
            stuk = gevraagd(mensen.secretariaat, soort, formaat, gezien_op=inhoud.gezien_op, **onderwerp)
            assert maken.maak(stuk.pk), Stuk.objects.get(pk=stuk.pk).fout
            stuk.refresh_from_db()
            assert stuk.controlegetal == inhoud.controlegetal
            gelezen = kaal(lees(plaats(stuk.bestand).read_bytes()))
            # The foot of a page may stand in the middle of a text: nothing here is as long as a page.
            assert [deel for deel in teksten(inhoud) if kaal(deel) not in gelezen] == [], (soort, onderwerp, formaat)


def test_minutes_say_who_said_what_and_what_was_added_later(mensen: Mensen) -> None:
    tafel = vergadering("X")
    inhoud = inhoud_voor(mensen.secretariaat, "verslag", vergadering=tafel.slug)
    koppen = [(blok.niveau, blok.tekst) for blok in inhoud.blokken if isinstance(blok, Kop)]
    assert koppen == [
        (1, "Aanwezigheid"),
        (1, "1. Punt X"),
        (2, "Inbreng"),
        (2, "Besluiten en mededelingen"),
        (2, "Acties"),
        (2, "Gevraagd of aangeboden, niet afgesproken"),
        (2, "Cijfers"),
        (2, "In woorden"),
    ]
    assert [band.tekst for band in inhoud.banden] == ["Concept", "Met addenda"]
    assert {"Addendum van 1 april 2026", "Later X", "Reden: X", "1.234,5 plekken", "Zei X"} <= set(teksten(inhoud))


def test_an_agenda_says_which_earlier_decisions_a_point_is_about(mensen: Mensen) -> None:
    """Once, also when the table still has to hear of them."""
    tafel = vergadering("X")
    punt = tafel.agendapunten.get()
    vorig = VergaderingFactory(datum=datetime.date(2024, 3, 5))
    genomen, stil = (BesluitFactory(agendapunt__vergadering=vorig, tekst=f"Eerder {n}") for n in (1, 2))
    for besluit in (genomen, stil):
        TerugkoppelingFactory(besluit=besluit, maatregel=punt.maatregelen.get())
    punt.eerdere_besluiten.set([genomen])
    blokken = inhoud_voor(mensen.secretariaat, "agenda", vergadering=tafel.slug).blokken
    na_kop = {kop.tekst: blok for kop, blok in itertools.pairwise(blokken) if isinstance(kop, Kop)}
    assert na_kop["Gaat over eerdere besluiten"] == lijst([("5 maart 2024", "Eerder 1")])
    assert na_kop["Eerder besloten, nog niet teruggekoppeld"] == lijst(
        [("5 maart 2024", "Eerder 2 (nog uit te voeren)")]
    )


def vragen(inhoud_van: Callable[[], Inhoud]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as gesteld:
        inhoud_van()
    return len([rij for rij in gesteld if not rij["sql"].startswith(("SAVEPOINT", "ROLLBACK", "RELEASE"))])


@pytest.mark.parametrize(
    ("soort", "aantal"), [("agenda", 17), ("verslag", 13), ("onepager", 9), ("uitnodiging", 7), ("actielijst", 4)]
)
def test_a_paper_of_a_meeting_asks_as_much_for_one_point_as_for_three(mensen: Mensen, soort: str, aantal: int) -> None:
    een, drie = vergadering("A", 1), vergadering("B", 3)
    gesteld = {
        tafel.titel: vragen(lambda tafel=tafel: inhoud_voor(mensen.secretariaat, soort, vergadering=tafel.slug))
        for tafel in (een, drie)
    }
    assert gesteld == {"Tafel A": aantal, "Tafel B": aantal}


def test_a_pillar_asks_as_much_for_one_measure_as_for_three(mensen: Mensen) -> None:
    gesteld = []
    for aantal in (1, 3):
        pijler = PijlerFactory()
        for _ in range(aantal):
            maatregel = MaatregelFactory(pijler=pijler)
            BetrokkenheidFactory(maatregel=maatregel)
            MijlpaalFactory(maatregel=maatregel)
        onderwerp = {"agenda": pijler.agenda.slug, "pijler": pijler.nummer}
        gesteld.append(vragen(lambda onderwerp=onderwerp: inhoud_voor(mensen.secretariaat, **onderwerp)))
    assert gesteld == [10, 10]


def test_the_same_number_in_every_format_and_later(mensen: Mensen) -> None:
    """An edit afterwards changes the paper of now, and not that of then: made again it is the same."""
    maatregel = MaatregelFactory(titel="Zoals het was")
    BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie)
    stukken = maken.vraag_aan(
        soort="onepager", formaten=["pdf", "odt", "docx"], onderwerp={"maatregel": maatregel.code}, titel="x",
        door=mensen.eigen, moment=timezone.now(),
    )  # fmt: skip
    assert [maken.maak(stuk.pk) for stuk in stukken] == [True] * 3
    (getal,) = set(Stuk.objects.values_list("controlegetal", flat=True))
    wijzig_status(
        maatregel, "in_voorbereiding", door=mensen.eigen, toelichting="Begonnen.",
        per=timezone.localdate(), versie=maatregel.versie,
    )  # fmt: skip
    type(maatregel).objects.filter(pk=maatregel.pk).update(titel="Zoals het werd")
    eerste = Stuk.objects.get(pk=stukken[0].pk)
    nog_eens = maken.opnieuw(eerste, formaat="odt", door=mensen.eigen, moment=timezone.now())
    assert maken.maak(nog_eens.pk)
    nog_eens.refresh_from_db()
    assert nog_eens.controlegetal == getal
    assert "Zoals het was" in lees_odt(plaats(nog_eens.bestand).read_bytes())
    assert nog_eens.gemaakt_op is not None
    assert eerste.gemaakt_op is not None
    assert nog_eens.gemaakt_op > eerste.gemaakt_op
    nieuw = gevraagd(mensen.eigen, maatregel=maatregel.code)
    assert maken.maak(nieuw.pk)
    nieuw.refresh_from_db()
    assert nieuw.controlegetal != getal
    assert "Zoals het werd" in kaal_met_spatie(lees_pdf(plaats(nieuw.bestand).read_bytes()))
    wie = Bevoegdheid(mensen.partner, timezone.localdate())
    (bevinding,) = zoek(getal, wie)
    assert (bevinding.gelijk, [vorm for _, vorm in bevinding.gemaakt]) == (True, ["PDF", "ODT", "Word", "ODT"])


def kaal_met_spatie(tekst: str) -> str:
    return " ".join(tekst.split())


def test_the_paper_of_a_meeting_of_then_stays_too(mensen: Mensen) -> None:
    tafel = vergadering("Toen")
    stuk = gevraagd(mensen.secretariaat, "verslag", vergadering=tafel.slug)
    assert maken.maak(stuk.pk)
    stuk.refresh_from_db()
    tafel.agendapunten.update(bespreking="Nu iets anders")
    wie = Bevoegdheid(mensen.secretariaat, timezone.localdate())
    assert [deel.gelijk for deel in zoek(stuk.controlegetal, wie)] == [True]


def test_the_past_is_said_and_what_was_not_there_yet_is_not_made(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(geldt_vanaf=datetime.date(2024, 9, 26), pijler__agenda__geldt_vanaf="2024-09-26")
    toen = gevraagd(mensen.eigen, maatregel=maatregel.code, peildatum=datetime.date(2025, 3, 19))
    assert maken.maak(toen.pk)
    toen.refresh_from_db()
    assert "Stand per 19 maart 2025" in kaal_met_spatie(lees_pdf(plaats(toen.bestand).read_bytes()))
    ervoor = gevraagd(mensen.eigen, maatregel=maatregel.code, peildatum=datetime.date(2024, 1, 1))
    assert not maken.maak(ervoor.pk)
    ervoor.refresh_from_db()
    assert (ervoor.stand, ervoor.fout, ervoor.bestand) == ("mislukt", maken.TE_ZIEN, "")


def test_a_changed_moment_is_told(mensen: Mensen) -> None:
    """What a number on paper says must be what its moment says: a row that was tampered with is seen."""
    stuk = gevraagd(mensen.eigen, maatregel=MaatregelFactory().code)
    maken.maak(stuk.pk)
    Stuk.objects.filter(pk=stuk.pk).update(controlegetal="0" * 64)
    wie = Bevoegdheid(mensen.eigen, timezone.localdate())
    assert [deel.gelijk for deel in zoek("0" * 16, wie)] == [False]


def test_a_full_disk_leaves_nothing_half_and_says_so(
    mensen: Mensen, stukkenmap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuk = gevraagd(mensen.eigen, maatregel=MaatregelFactory().code)
    stukkenmap.parent.mkdir(exist_ok=True)
    stukkenmap.write_text("a file where the folder should be")
    assert not maken.maak(stuk.pk)
    stuk.refresh_from_db()
    assert (stuk.stand, stuk.fout, stuk.bestand, stuk.grootte) == ("mislukt", maken.VOL, "", None)
    stukkenmap.unlink()
    maken.opnieuw(stuk, formaat="pdf", door=mensen.eigen, moment=timezone.now())
    assert maken.maak(stuk.pk)
    assert len(bestanden(stukkenmap)) == 1


def test_an_error_is_told_in_words_and_can_be_tried_again(mensen: Mensen, monkeypatch: pytest.MonkeyPatch) -> None:
    stuk = gevraagd(mensen.eigen, maatregel=MaatregelFactory().code)

    def stuk_gegaan(*_: Any) -> bytes:
        raise RuntimeError("geheim pad /x/y")

    with monkeypatch.context() as tijdelijk:
        tijdelijk.setitem(maken.SCHRIJVERS, "pdf", stuk_gegaan)
        assert not maken.maak(stuk.pk)
    stuk.refresh_from_db()
    assert (stuk.stand, stuk.fout) == ("mislukt", maken.FOUT)
    assert not maken.maak(stuk.pk)
    maken.opnieuw(stuk, formaat="pdf", door=mensen.eigen, moment=timezone.now())
    assert maken.maak(stuk.pk)


def test_what_was_lost_is_due_and_what_never_ends_is_given_up(mensen: Mensen) -> None:
    code, nu = MaatregelFactory().code, timezone.now()
    stuk = gevraagd(mensen.eigen, maatregel=code)
    lang_geleden = nu - datetime.timedelta(minutes=2)
    assert list(maken.achtergebleven(nu)) == []
    Stuk.objects.update(gevraagd_op=lang_geleden)
    assert maken.maak_achtergebleven(nu, duur=60) == 1
    assert maken.maak_achtergebleven(nu, duur=60) == 0
    half = gevraagd(mensen.eigen, "onepager", "odt", maatregel=code)
    Stuk.objects.filter(pk=half.pk).update(stand="bezig", begonnen_op=lang_geleden)
    assert maken.maak_achtergebleven(nu, duur=60) == 1
    assert Stuk.objects.get(pk=stuk.pk).stand == Stuk.objects.get(pk=half.pk).stand == "klaar"
    eindeloos = gevraagd(mensen.eigen, "onepager", "docx", maatregel=code)
    Stuk.objects.filter(pk=eindeloos.pk).update(stand="bezig", begonnen_op=nu - maken.GEEF_OP_NA * 2)
    assert maken.maak_achtergebleven(nu, duur=60) == 0
    assert Stuk.objects.get(pk=eindeloos.pk).fout == maken.OPGEGEVEN


def test_files_go_after_their_term_and_the_row_stays(mensen: Mensen, settings: Any, stukkenmap: Path) -> None:
    settings.STUKKEN_BEWAARDAGEN = 30
    code = MaatregelFactory().code
    oud, jong = gevraagd(mensen.eigen, maatregel=code), gevraagd(mensen.eigen, "onepager", "odt", maatregel=code)
    for stuk in (oud, jong):
        maken.maak(stuk.pk)
    nu = timezone.now()
    Stuk.objects.filter(pk=oud.pk).update(gemaakt_op=nu - datetime.timedelta(days=31))
    assert maken.ruim_op(nu) == 1
    oud.refresh_from_db()
    jong.refresh_from_db()
    assert (oud.stand, oud.grootte, len(oud.controlegetal)) == ("klaar", None, 64)
    assert bestanden(stukkenmap) == [plaats(jong.bestand)]
    wees = stukkenmap / "aa" / "wees.deel"
    wees.parent.mkdir(exist_ok=True)
    wees.write_text("half")
    assert maken.ruim_op(nu) == 0
    assert maken.ruim_op(nu + datetime.timedelta(days=2)) == 1
    assert bestanden(stukkenmap) == [plaats(jong.bestand)]


def test_one_click_asks_and_the_page_waits_and_hands_over(mensen: Mensen, als: Als, wachtrij: list[int]) -> None:
    maatregel = MaatregelFactory()
    client = als(mensen.secretariaat)
    antwoord = client.post(reverse("stuk_vragen"), {"soort": "onepager", "formaat": "pdf", "maatregel": maatregel.code})
    (pk,) = wachtrij
    assert (antwoord.status_code, antwoord["Location"]) == (302, f"/stukken/{pk}/?wacht=1")
    assert client.get(f"/stukken/{pk}/stand/").json() == {"bezig": True, "stap": 0, "stand": "gevraagd"}
    bladzijde = client.get(antwoord["Location"]).content.decode()
    assert "Het stuk wordt gemaakt." in bladzijde
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in bladzijde
    assert client.get(f"/stukken/{pk}/bestand/").status_code == 404
    maken.maak(pk)
    klaar = client.get(antwoord["Location"]).content.decode()
    assert f'content="0;url=/stukken/{pk}/bestand/"' in klaar
    bestand = client.get(f"/stukken/{pk}/bestand/")
    assert bestand["Content-Type"] == "application/pdf"
    naam = f"onepager-{maatregel.code}-{timezone.localdate()}.pdf"
    assert bestand["Content-Disposition"] == f'attachment; filename="{naam}"'
    assert b"".join(bestand.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    # Asked twice at once is one paper.
    assert [
        client.post(reverse("stuk_vragen"), {"soort": "actielijst", "formaat": "odt"}).status_code for _ in "ab"
    ] == [302] * 2
    assert Stuk.objects.count() == 2


def test_a_broker_that_is_away_loses_nothing(mensen: Mensen, als: Als, monkeypatch: pytest.MonkeyPatch) -> None:
    from kombu.exceptions import OperationalError

    def weg(**_: Any) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr("regietafel.views.stukken.maak_stuk.apply_async", weg)
    antwoord = als(mensen.eigen).post(
        reverse("stuk_vragen"), {"soort": "onepager", "formaat": "pdf", "maatregel": MaatregelFactory().code}
    )
    assert antwoord.status_code == 302
    assert [stuk.stand for stuk in maken.achtergebleven(timezone.now() + datetime.timedelta(minutes=2))] == ["gevraagd"]


@pytest.mark.parametrize(
    "vraag",
    [
        {"soort": "onepager", "formaat": "pdf"},
        {"soort": "onepager", "formaat": "exe", "maatregel": "m"},
        {"soort": "sinds", "formaat": "pdf", "maatregel": "m"},
        {"soort": "onepager", "formaat": "pdf", "maatregel": "bestaat-niet"},
        {"soort": "onepager", "formaat": "pdf", "maatregel": "m", "peildatum": "2999-01-01"},
        {"soort": "onepager", "formaat": "pdf", "maatregel": "m", "gezienOp": "gisteren"},
        {"soort": "onepager", "formaat": "pdf", "agenda": "x", "pijler": "1"},
        {"soort": "onepager", "formaat": "pdf", "maatregel": "m", "vergadering": "v"},
    ],
)
def test_what_does_not_exist_is_refused_in_words(
    mensen: Mensen, als: Als, vraag: dict[str, str], wachtrij: Any
) -> None:
    MaatregelFactory(code="m")
    antwoord = als(mensen.eigen).post(reverse("stuk_vragen"), vraag)
    assert (antwoord.status_code, Stuk.objects.count(), wachtrij) == (400, 0, [])


def antwoordcode(client: Client, pad: str) -> int:
    antwoord = client.get(pad)
    if antwoord.streaming:
        b"".join(antwoord.streaming_content)  # type: ignore[attr-defined]  # read to its end, it closes its file
    return antwoord.status_code


def test_a_stranger_gets_nothing(mensen: Mensen, als: Als, client: Client, wachtrij: list[int]) -> None:
    """Whose paper it is, and the secretariaat; a number tells nobody without a role anything."""
    bundel = uuid.uuid4()
    stuk = gevraagd(mensen.eigen, "actielijst", bundel=bundel)
    maken.maak(stuk.pk)
    stuk.refresh_from_db()
    paden = [f"/stukken/{stuk.pk}/{deel}" for deel in ("", "stand/", "bestand/")]
    paden += [f"/stukken/bundel/{bundel}/{deel}" for deel in ("", "stand/", "alles.zip")]
    verwacht = {
        mensen.eigen: 200,
        mensen.secretariaat: 200,
        mensen.vreemd: 404,
        mensen.partner: 404,
        mensen.rolloos: 403,
    }
    for persoon, code in verwacht.items():
        assert {pad: antwoordcode(als(persoon), pad) for pad in paden} == dict.fromkeys(paden, code), persoon
    assert {client.get(pad).status_code for pad in paden} == {302}
    for persoon in (mensen.vreemd, mensen.partner):
        assert als(persoon).post(f"/stukken/{stuk.pk}/opnieuw/", {"formaat": "pdf"}).status_code == 404
        assert stuk.titel not in als(persoon).get("/stukken/").content.decode()
    assert (
        als(mensen.rolloos).post(reverse("stuk_vragen"), {"soort": "actielijst", "formaat": "pdf"}).status_code == 403
    )
    assert als(mensen.rolloos).get(f"/stukken/controle/?getal={stuk.controlegetal}").status_code == 403
    # Rights of today: who lost the role no longer gets what they once asked for.
    mensen.eigen.lidmaatschappen.update(tot=timezone.localdate())
    assert als(mensen.eigen).get(f"/stukken/{stuk.pk}/bestand/").status_code == 403
    assert wachtrij == []


def test_a_paper_for_who_lost_the_role_is_not_made(mensen: Mensen) -> None:
    stuk = gevraagd(mensen.eigen, maatregel=MaatregelFactory().code)
    mensen.eigen.lidmaatschappen.update(tot=timezone.localdate())
    assert not maken.maak(stuk.pk)
    assert Stuk.objects.get().fout == maken.TE_ZIEN


def test_a_number_is_confirmed_or_unknown(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(titel="Opvang")
    stuk = gevraagd(mensen.eigen, maatregel=maatregel.code)
    maken.maak(stuk.pk)
    stuk.refresh_from_db()
    client = als(mensen.partner)
    for getypt in (kort(stuk.controlegetal), stuk.controlegetal.upper(), kort(stuk.controlegetal).replace(" ", "-")):
        bladzijde = client.get("/stukken/controle/", {"getal": getypt}).content.decode()
        assert "geven nog dezelfde inhoud" in bladzijde
        assert stuk.titel in bladzijde
        assert mensen.eigen.functie not in bladzijde
    onbekend = client.get("/stukken/controle/", {"getal": "0" * 16})
    assert onbekend.status_code == 200
    assert "hier niet bekend" in onbekend.content.decode()
    assert client.get("/stukken/controle/", {"getal": "abc"}).status_code == 422
    for tekst in ("", "g" * 16, "0" * 17, "%" * 16):
        with pytest.raises(ValueError, match="geen controlegetal"):
            lees_getal(tekst)


def test_all_papers_of_a_meeting_at_once(mensen: Mensen, als: Als, wachtrij: list[int]) -> None:
    tafel = vergadering("Samen")
    client = als(mensen.secretariaat)
    bladzijde = client.get(f"/vergaderingen/{tafel.slug}/stukken/").content.decode()
    assert bladzijde.count('action="/stukken/vragen/"') == 6 * 3
    antwoord = client.post(f"/vergaderingen/{tafel.slug}/stukken/alles/", {"formaat": ["pdf", "odt"]})
    assert len(wachtrij) == 12
    assert "0 van 12 klaar" in client.get(antwoord["Location"]).content.decode()
    for pk in wachtrij:
        assert maken.maak(pk)
    assert Stuk.objects.values("gezien_op").distinct().count() == 1
    pad = antwoord["Location"].partition("?")[0]
    assert client.get(f"{pad}stand/").json() == {"bezig": False, "stap": 12}
    bestand = client.get(f"{pad}alles.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(bestand.streaming_content))) as pak:  # type: ignore[attr-defined]
        assert pak.testzip() is None
        namen = pak.namelist()
    soorten = ("uitnodiging", "agenda", "verslag", "onepager", "sinds", "actielijst")
    dag = timezone.localdate()
    assert set(namen) == {
        *(f"{soort}-{tafel.slug}-{dag}.{vorm}" for soort in soorten for vorm in ("pdf", "odt")), f"{tafel.slug}.ics",
    }  # fmt: skip
    geen = client.post(f"/vergaderingen/{tafel.slug}/stukken/alles/", {}, follow=True).content.decode()
    assert "Kies minstens één vorm." in geen


def test_the_convocation_for_a_calendar(mensen: Mensen, als: Als) -> None:
    """No METHOD: nobody's calendar answers it. The UID stays, a change makes the SEQUENCE higher."""
    tafel = VergaderingFactory(titel="Tafel, extra; \\x", begintijd=datetime.time(14, 5), duur_minuten=90)
    client = als(mensen.partner)

    def gebeurtenis() -> Any:
        kalender = icalendar.Calendar.from_ical(client.get(f"/vergaderingen/{tafel.slug}/uitnodiging.ics").content)
        assert "METHOD" not in kalender
        (rij,) = kalender.events
        return rij

    eerste = gebeurtenis()
    assert str(eerste["SUMMARY"]) == "Tafel, extra; \\x"
    assert eerste["DTSTART"].dt.isoformat() == "2026-03-18T14:05:00+01:00"
    assert (eerste["DTEND"].dt - eerste["DTSTART"].dt) == datetime.timedelta(minutes=90)
    Vergadering.objects.filter(pk=tafel.pk).update(versie=tafel.versie + 1, begintijd=None)
    tweede = gebeurtenis()
    assert tweede["UID"] == eerste["UID"]
    assert int(tweede["SEQUENCE"]) == int(eerste["SEQUENCE"]) + 1
    assert str(tweede["DTSTART"].dt) == "2026-03-18"
    Vergadering.objects.filter(pk=tafel.pk).update(datum=None, datum_tekst="voor de zomer")
    assert client.get(f"/vergaderingen/{tafel.slug}/uitnodiging.ics").status_code == 404


def test_the_list_of_papers_asks_as_much_for_one_as_for_three(mensen: Mensen, als: Als) -> None:
    code = MaatregelFactory().code
    client = als(mensen.secretariaat)
    gesteld = []
    for formaten in (["pdf"], ["odt", "docx"]):
        for formaat in formaten:
            gevraagd(mensen.eigen, "onepager", formaat, maatregel=code)
        with CaptureQueriesContext(connection) as vragen_:
            assert client.get("/stukken/").status_code == 200
        gesteld.append(len(vragen_))
    assert gesteld == [6, 6]


def test_a_choice_without_a_page_of_its_own(mensen: Mensen, als: Als, wachtrij: list[int]) -> None:
    client = als(mensen.eigen)
    assert client.post("/stukken/kiezen/", {"over": "acties", "formaat": "docx"}).status_code == 302
    assert Stuk.objects.get(pk=wachtrij[0]).titel == "Actielijst"
    assert client.post("/stukken/kiezen/", {"over": "zomaar", "formaat": "pdf"}).status_code == 422


def test_the_page_of_a_measure_makes_papers_of_its_themes(client: Client, mensen: Mensen) -> None:
    maatregel = MaatregelFactory()
    thema = Thema.objects.create(slug="opvang", titel="Opvang door de jaren")
    Themaplaats.objects.create(thema=thema, maatregel=maatregel)
    client.force_login(mensen.partner)
    assert (
        '<input type="hidden" name="thema" value="opvang">' in client.get(maatregel.get_absolute_url()).content.decode()
    )
    client.post("/stukken/vragen/", {"soort": "onepager", "formaat": "pdf", "thema": "opvang"})
    assert [(stuk.titel, stuk.onderwerp["thema"]) for stuk in Stuk.objects.all()] == [
        ("Onepager, Opvang door de jaren", "opvang")
    ]


def test_what_was_last_reported_is_the_same_read_for_each_measure_or_for_all_at_once() -> None:
    persoon, dag = PersoonFactory(), datetime.date(2026, 2, 1)
    for code in ("niets", "mens", "beide"):
        maatregel = MaatregelFactory(code=code)  # with the status of its document, which is nobody's report
        if code == "niets":
            continue
        for dagen in (0, -9):
            Statuswijziging.objects.create(
                maatregel=maatregel, van="aangekondigd", naar="in_uitvoering", door=persoon,
                per=dag + datetime.timedelta(days=dagen), toelichting="zo staat het er",
            )  # fmt: skip
        if code == "beide":
            Maatregel.objects.filter(pk=maatregel.pk).update(
                voortgang="op_schema", voortgang_op=datetime.date(2026, 3, 1), voortgang_toelichting="loopt"
            )
    los = {rij.code: (rij.stand_gemeld, rij.laatst_gemeld) for rij in met_laatst_gemeld(Maatregel.objects.all())}
    alle = list(Maatregel.objects.all())
    geef_laatst_gemeld(alle)
    assert {rij.code: (rij.stand_gemeld, rij.laatst_gemeld) for rij in alle} == los
    assert los == {
        "niets": (False, None),
        "mens": (True, dag),
        "beide": (True, datetime.date(2026, 3, 1)),
    }
