"""What a mail says and carries: words by tense, text and HTML alike, headers, links that land where they say."""

import datetime
import email
import html
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from maatregelen import herinneringen
from maatregelen.afmelding import Afmeldsoort, afmeldadres
from maatregelen.berichtvoorkeuren import stel_uit, zet_voorkeur
from maatregelen.models import (
    Agenda,
    Berichtvoorkeur,
    Herinnering,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Persoon,
    Stap,
    Termijnwijziging,
    Volger,
    Volgfilter,
    Wijzigingssoort,
)
from maatregelen.statuswissel import wijzig_status
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory
from tests.maatregelen.herinnerstof import DAG, EINDE, NU, bewerk, d, dag, lang_geleden

SITE = "https://regie.example.nl"
VANDAAG = datetime.date(2024, 12, 17)


def lees(map_: Path) -> list[EmailMessage]:
    """The mails in a folder."""
    return [email.message_from_bytes(pad.read_bytes(), policy=default) for pad in sorted(map_.glob("*.eml"))]  # type: ignore[misc]


def deel(bericht: EmailMessage, soort: str) -> str:
    """The text or the HTML of a mail."""
    inhoud = bericht.get_body((soort,))
    assert inhoud is not None
    return str(inhoud.get_content()).replace("\r\n", "\n")


@pytest.fixture
def bestanden(settings: Any, tmp_path: Path) -> Path:
    """Mail as files, as the demo does; the folder they land in."""
    settings.EMAIL_BACKEND = "migratie.post.BestandenBackend"
    settings.SITE_URL = f"{SITE}/"
    return tmp_path / "mail"


@pytest.fixture
def mijlpaal(db: None) -> Mijlpaal:
    """A deadline of AenM, whose work one person of JenV does."""
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23), opvolger=jenv)
    LidmaatschapFactory(
        persoon=PersoonFactory(email="dossier.aenm@voorbeeld.nl"), organisatie=jenv, vanaf=datetime.date(2026, 2, 23)
    )
    maatregel = MaatregelFactory(code="2024-2-03", titel="Verdeelbesluit nemen", trekker=aenm)
    Agenda.objects.update(titel="Aanzet voor een gezamenlijke agenda")
    return MijlpaalFactory(maatregel=maatregel, hardheid="wettelijk")


def stuur(vandaag: datetime.date) -> None:
    """A run on a day after AenM ended, whatever day it is now."""
    herinneringen.verstuur(vandaag, moment=datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC))


# About a termijn


def test_the_whole_mail(mijlpaal: Mijlpaal, bestanden: Path) -> None:
    stuur(VANDAAG)
    [pad] = bestanden.glob("*")
    rij = Herinnering.objects.get()
    kenmerk = f"herinnering-{rij.pk}-{int(rij.gepland_op.timestamp() * 1_000_000):x}"
    assert pad.name == f"{kenmerk}-dossier.aenm@voorbeeld.nl.eml"
    [bericht] = lees(bestanden)
    assert {
        naam: waarde for naam, waarde in bericht.items() if naam not in ("Content-Type", "MIME-Version", "Date")
    } == {
        "Subject": "Verdeelbesluit genomen: uiterlijk 30 december 2024 (over 13 dagen)",
        "From": "Regiemonitor <regiemonitor@voorbeeld.nl>",
        "To": "dossier.aenm@voorbeeld.nl",
        "Message-ID": f"<{kenmerk}@regie.example.nl>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    assert bericht.get_content_type() == "multipart/alternative"
    assert deel(bericht, "plain") == (
        "Verdeelbesluit genomen\n"
        "\n"
        "De termijn loopt af over 13 dagen, op 30 december 2024.\n"
        "\n"
        "Wat kunt u doen?\n"
        "Meld hoe het staat, of meld dat de mijlpaal is behaald.\n"
        "\n"
        "Bekijk de maatregel:\n"
        "https://regie.example.nl/maatregelen/2024-2-03/\n"
        "\n"
        "Termijn in woorden: voor 31 december 2024\n"
        "Dat is: t/m 30 dec 2024\n"
        "Soort termijn: wettelijk\n"
        "Maatregel: 2024-2-03 Verdeelbesluit nemen\n"
        "Agenda: Aanzet voor een gezamenlijke agenda\n"
        "Verantwoordelijk: AenM (nu JenV)\n"
        "Status: aangekondigd\n"
        "\n"
        "Waarom krijgt u dit bericht? "
        "AenM is verantwoordelijk, JenV nam het werk over, u bent dossierhouder van JenV.\n"
        "\n"
        "Bepaal hoe u berichten krijgt:\n"
        "https://regie.example.nl/mijn/berichten/\n"
        "\n"
        "Dit bericht is automatisch verstuurd door Regiemonitor.\n"
    )
    opmaak = deel(bericht, "html")
    assert '<html lang="nl">' in opmaak
    assert re.search(r'<a href="https://regie.example.nl/maatregelen/2024-2-03/" [^>]*>Bekijk de maatregel</a>', opmaak)
    # Nothing that fetches, runs or needs a style sheet.
    assert re.findall(r"<(img|script|style|link|iframe|form)\b|url\(", opmaak) == []


@pytest.mark.parametrize(
    ("dagen", "onderwerp", "zin"),
    [
        (-2, "uiterlijk 30 december 2024 (over 2 dagen)", "De termijn loopt af over 2 dagen, op 30 december 2024."),
        (-1, "uiterlijk 30 december 2024 (morgen)", "De termijn loopt morgen af, op 30 december 2024."),
        (0, "uiterlijk 30 december 2024 (vandaag)", "De termijn loopt vandaag af, op 30 december 2024."),
        (
            1,
            "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2024 (gisteren)",
            "De termijn is voorbij: die liep gisteren af, op 30 december 2024. De stand is hier niet gemeld.",
        ),
        (
            8,
            "termijn voorbij, stand niet gemeld, was uiterlijk 30 december 2024 (8 dagen geleden)",
            "De termijn is voorbij: die liep 8 dagen geleden af, op 30 december 2024. De stand is hier niet gemeld.",
        ),
    ],
)
def test_words_by_tense(mijlpaal: Mijlpaal, bestanden: Path, dagen: int, onderwerp: str, zin: str) -> None:
    mijlpaal.einde = EINDE
    weekend = EINDE + dagen * DAG
    if weekend.weekday() > 4:  # two days before is a Saturday: the mail comes on a working day
        Mijlpaal.objects.update(einde=EINDE + 2 * DAG)
        weekend += 2 * DAG
        onderwerp, zin = (tekst.replace("30 december 2024", "1 januari 2025") for tekst in (onderwerp, zin))
    stuur(weekend)
    [bericht] = lees(bestanden)
    assert bericht["Subject"] == f"Verdeelbesluit genomen: {onderwerp}"
    assert deel(bericht, "plain").split("\n")[2] == zin
    assert f"<p>{zin}</p>" in deel(bericht, "html")
    assert "te laat" not in deel(bericht, "plain") + deel(bericht, "html") + bericht["Subject"]


def test_late_is_said_only_where_somebody_reported_the_state(
    mensen: Mensen, mijlpaal: Mijlpaal, bestanden: Path
) -> None:
    wijzig_status(mijlpaal.maatregel, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.", moment=NU)
    stuur(EINDE + 7 * DAG)
    [bericht] = lees(bestanden)
    assert bericht["Subject"] == "Verdeelbesluit genomen: te laat, was uiterlijk 30 december 2024 (7 dagen geleden)"
    assert "Dit is te laat: de termijn liep 7 dagen geleden af, op 30 december 2024.\n" in deel(bericht, "plain")
    assert "<p>Dit is te laat: de termijn liep 7 dagen geleden af, op 30 december 2024.</p>" in deel(bericht, "html")


def test_words_for_a_first_day_a_single_day_and_an_interval(mensen: Mensen, bestanden: Path) -> None:
    for tekst, velden in {
        "vanaf 30 december": {"begin": EINDE, "einde": None, "relatie": "vanaf"},
        "op 30 december": {"begin": EINDE, "relatie": "op"},
        "vierde kwartaal": {"begin": datetime.date(2024, 10, 1), "einde": EINDE, "relatie": "in"},
    }.items():
        MijlpaalFactory(omschrijving=tekst, termijn_tekst=tekst, maatregel=MaatregelFactory(), **velden)
    stuur(VANDAAG)
    berichten = {
        bericht["Subject"]: [
            regel for regel in deel(bericht, "plain").split("\n") if regel.startswith(("De termijn", "Dat is"))
        ]
        for bericht in lees(bestanden)
    }
    assert berichten == {
        "vanaf 30 december: vanaf 30 december 2024 (over 13 dagen)": [
            "De termijn begint over 13 dagen, op 30 december 2024.", "Dat is: vanaf 30 dec 2024",
        ],
        "op 30 december: op 30 december 2024 (over 13 dagen)": [
            "De termijn loopt af over 13 dagen, op 30 december 2024.", "Dat is: 30 dec 2024",
        ],
        "vierde kwartaal: uiterlijk 30 december 2024 (over 13 dagen)": [
            "De termijn loopt af over 13 dagen, op 30 december 2024.", "Dat is: 1 okt t/m 30 dec 2024",
        ],
    }  # fmt: skip


def test_the_secretariaat_is_asked_for_a_trekker(mensen: Mensen, bestanden: Path) -> None:
    MijlpaalFactory(toelichting="Datum volgens de pers.", bron="NOS", maatregel=MaatregelFactory(geaccordeerd=False))
    stuur(VANDAAG)
    [bericht] = lees(bestanden)
    regels = deel(bericht, "plain").split("\n")
    for regel in (
        "Let op: Datum volgens de pers.",
        "Bron: NOS",
        "Verantwoordelijk: nog niemand",
        "PM: over deze maatregel is nog geen overeenstemming",
        "Wijs een trekker aan, of meld zelf hoe het staat.",
        "Waarom krijgt u dit bericht? De maatregel heeft geen trekker.",
    ):
        assert regel in regels


def test_who_cannot_report_is_not_asked_to_and_sees_who_put_it_off(mensen: Mensen, bestanden: Path) -> None:
    """The chief is asked to talk, a follower is asked nothing; both see the reason why a colleague waits."""
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(leidinggevende=mensen.partner)
    rij = MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie))
    Volgfilter.objects.create(persoon=mensen.vreemd, naam="SZW", organisatie=mensen.organisatie, sinds=NU - DAG)
    vandaag = datetime.date(2026, 11, 20)
    stel_uit(rij, mensen.eigen, tot=vandaag + 7 * DAG, reden="De Kamer behandelt het in januari.", vandaag=vandaag)
    herinneringen.verstuur(dag(na=15), moment=datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC))
    teksten = {bericht["To"]: deel(bericht, "plain") for bericht in lees(bestanden)}
    assert set(teksten) == {
        "collega@voorbeeld.nl",
        "partner@voorbeeld.nl",
        "vreemd@voorbeeld.nl",
        "eigen@voorbeeld.nl",
    } - ({"eigen@voorbeeld.nl"} if dag(na=15) < vandaag + 7 * DAG else set())
    uitstel = "Eigen heeft de herinneringen uitgesteld tot 27 november 2026: De Kamer behandelt het in januari.\n"
    assert all(uitstel in tekst for tekst in teksten.values())
    assert "Wie dit bijhoudt is al eerder herinnerd. Overleg wat er nodig is" in teksten["partner@voorbeeld.nl"]
    assert "Wat kunt u doen?" not in teksten["vreemd@voorbeeld.nl"]
    assert "Is het al klaar? Meld dan" in teksten["collega@voorbeeld.nl"]


# What a title may contain


def test_a_title_is_text_whatever_it_contains(mensen: Mensen, bestanden: Path) -> None:
    kwaad = 'A & B\r\nBcc: ander@example.com\n\n<script>alert("x")</script>\u2028' + "é" * 150
    MijlpaalFactory(omschrijving=kwaad, termijn_tekst="vóór <b>31</b>", maatregel=MaatregelFactory(titel=kwaad))
    stuur(VANDAAG)
    [bericht] = lees(bestanden)
    assert (bericht["Bcc"], bericht["To"]) == (None, "secretariaat@voorbeeld.nl")
    assert sorted(bericht.keys()) == sorted(set(bericht.keys()))
    assert bericht["Subject"].strip().startswith('A & B Bcc: ander@example.com <script>alert("x")</script> éé')
    assert bericht["Subject"].endswith("…: uiterlijk 30 december 2024 (over 13 dagen)")
    assert "<b>" not in deel(bericht, "html")
    assert "<script" not in deel(bericht, "html")
    assert "vóór <b>31</b>" in deel(bericht, "plain")


def test_the_names_that_people_give_are_text_too(mensen: Mensen, bestanden: Path) -> None:
    """The name of a selection, a reason, a function: none of them makes a header or a tag."""
    kwaad = "<b>x</b>\r\nBcc: ander@example.com"
    stuk = MaatregelFactory(titel=kwaad)
    Volgfilter.objects.create(persoon=mensen.partner, naam=kwaad[:100], pijler=stuk.pijler, sinds=NU - DAG)
    Persoon.objects.filter(pk=mensen.eigen.pk).update(functie=kwaad)
    wijzig_status(stuk, "in_uitvoering", door=mensen.eigen, toelichting=kwaad, moment=NU)
    herinneringen.verstuur_statusberichten(moment=NU)
    bericht = next(bericht for bericht in lees(bestanden) if "nu in uitvoering" in bericht["Subject"])
    assert (bericht["Bcc"], "<b>" in deel(bericht, "html")) == (None, False)


def test_an_address_in_a_domain_with_accents_gets_its_mail(mensen: Mensen, bestanden: Path) -> None:
    LidmaatschapFactory(persoon=PersoonFactory(email="a@één.example"), organisatie=mensen.organisatie)
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie))
    assert dict(herinneringen.verstuur(VANDAAG).aantallen) == {"verzonden": 3}
    assert {bericht["To"] for bericht in lees(bestanden)} == {
        "a@xn--n-9faa.example", "collega@voorbeeld.nl", "eigen@voorbeeld.nl",
    }  # fmt: skip


# News


@pytest.fixture
def gevolgd(mensen: Mensen) -> Maatregel:
    """A measure that the partner follows since yesterday."""
    stuk = MaatregelFactory(code="2024-2-03", titel="Verdeelbesluit nemen")
    lang_geleden()
    Volger.objects.create(maatregel=stuk, persoon=mensen.partner, sinds=NU - DAG)
    return stuk


def test_the_mail_of_a_follower(gevolgd: Maatregel, mensen: Mensen, bestanden: Path) -> None:
    wijzig_status(gevolgd, "in_uitvoering", door=mensen.eigen, toelichting="Besluit <genomen>.\nEindelijk.", moment=NU)
    herinneringen.verstuur_statusberichten(moment=NU)
    [bericht] = lees(bestanden)
    assert (bericht["To"], bericht["Subject"], bericht["Reply-To"]) == (
        "partner@voorbeeld.nl", "2024-2-03 Verdeelbesluit nemen: nu in uitvoering (was aangekondigd)",
        "secretariaat@voorbeeld.nl",
    )  # fmt: skip
    afmelden = afmeldadres(mensen.partner.pk, Afmeldsoort.MAATREGEL, gevolgd.pk)
    assert deel(bericht, "plain") == (
        "2024-2-03 Verdeelbesluit nemen\n"
        "\n"
        "De status ging per 17 december 2024 van 'aangekondigd' naar 'in uitvoering'.\n"
        "\n"
        "Reden: Besluit <genomen>.\n"
        "Eindelijk.\n"
        "Gemeld door: Eigen, op 17 december 2024\n"
        f"Agenda: {gevolgd.pijler.agenda.titel}\n"
        "\n"
        "Bekijk de maatregel:\n"
        "https://regie.example.nl/maatregelen/2024-2-03/\n"
        "\n"
        "Waarom krijgt u dit bericht? U volgt deze maatregel.\n"
        "\n"
        "Stop deze berichten met één klik:\n"
        f"{afmelden}\n"
        "\n"
        "Bepaal hoe u berichten krijgt:\n"
        "https://regie.example.nl/mijn/berichten/\n"
        "\n"
        "Dit bericht is automatisch verstuurd door Regiemonitor. Antwoorden gaan naar het LRT-secretariaat.\n"
    )
    assert "Besluit &lt;genomen&gt;.<br>Eindelijk.</dd>" in deel(bericht, "html")


@pytest.mark.parametrize(
    ("soort", "onderwerp", "zin"),
    [
        ("verscherpt", "termijn preciezer gemaakt", "De termijn van 'Brief' is preciezer gemaakt"),
        ("uitgesteld", "termijn uitgesteld", "De termijn van 'Brief' is uitgesteld"),
        ("vervroegd", "termijn vervroegd", "De termijn van 'Brief' is vervroegd"),
        ("vervaagd", "termijn vaag geworden", "De termijn van 'Brief' is vaag geworden"),
        ("herschreven", "termijn anders verwoord", "De termijn van 'Brief' is anders verwoord"),
        ("bepaald", "termijn bepaald door een gebeurtenis", "De termijn van 'Brief' is bepaald door een gebeurtenis"),
        ("hersteld", "invoerfout in de termijn hersteld", "In de termijn van 'Brief' is een invoerfout hersteld"),
    ],
)
def test_words_for_each_change_of_a_termijn(
    gevolgd: Maatregel, bestanden: Path, soort: str, onderwerp: str, zin: str
) -> None:
    rij = MijlpaalFactory(maatregel=gevolgd, omschrijving="Brief")
    Termijnwijziging.objects.create(
        mijlpaal=rij, soort=soort, van_tekst="voor de zomer", van_einde=d("2025-07-03"), van_precisie="seizoen",
        naar_tekst="ooit", naar_precisie="vaag", reden="Daarom.", vastgelegd_op=NU,
    )  # fmt: skip
    herinneringen.verstuur_statusberichten(moment=NU)
    [bericht] = lees(bestanden)
    assert bericht["Subject"] == f"2024-2-03 Brief: {onderwerp}"
    assert f"{zin}: was 'voor de zomer' (t/m 3 juli 2025), is nu 'ooit'.\n" in deel(bericht, "plain")
    assert "Gewijzigd door: Regiemonitor, op 17 december 2024\n" in deel(bericht, "plain")


def test_every_change_of_a_termijn_has_words() -> None:
    geprobeerd = {"verscherpt", "uitgesteld", "vervroegd", "vervaagd", "herschreven", "bepaald", "hersteld"}
    assert {str(soort) for soort in Wijzigingssoort} == geprobeerd


# Text and HTML


def woorden(tekst: str) -> list[str]:
    """The words of a text, in any order."""
    return sorted(re.findall(r"[^\s:.]+", tekst))


def zichtbaar(opmaak: str) -> tuple[list[str], set[str]]:
    """The words of the body of an HTML mail, and the addresses of its links."""
    lijf = opmaak[opmaak.index("<body") :]
    return woorden(html.unescape(re.sub(r"<[^>]+>", " ", lijf))), set(
        map(html.unescape, re.findall(r'href="([^"]+)"', lijf))
    )


def alle_berichten(mensen: Mensen) -> None:
    """One mail of every kind."""
    stuk = MaatregelFactory(code="2024-2-03", titel="Het 'verdeelbesluit' & meer", trekker=mensen.organisatie)
    rij = MijlpaalFactory(maatregel=stuk, bron="Wet X, artikel 5", toelichting="Twee data.\nDe laatste telt.")
    MaatregelFactory(code="los", geaccordeerd=False)
    lang_geleden()
    Volger.objects.create(maatregel=stuk, persoon=mensen.partner, sinds=NU - DAG)
    Volgfilter.objects.create(persoon=mensen.vreemd, naam='alles "hier"', pijler=stuk.pijler, sinds=NU - DAG)
    MaatregelFactory(code="nieuw", pijler=stuk.pijler, aangemaakt_op=NU)
    bewerk(stuk, mensen.eigen, NU, voorwaarde="Als er geld is.")
    wijzig_status(stuk, "in_uitvoering", door=mensen.eigen, toelichting="Begonnen.", moment=NU)
    Termijnwijziging.objects.create(
        mijlpaal=rij, soort="uitgesteld", van_tekst="eerst", van_precisie="vaag", naar_tekst="later",
        naar_precisie="vaag", reden="Regel een.\nRegel twee.", vastgelegd_op=NU,
    )  # fmt: skip
    Berichtvoorkeur.objects.create(persoon=mensen.collega, eigen="dag")
    MijlpaalFactory(maatregel=stuk, omschrijving="Te laat", einde=VANDAAG - 3 * DAG)
    later = NU + datetime.timedelta(hours=1)
    herinneringen.verstuur(VANDAAG, moment=later, met_nieuws=True)
    zet_voorkeur(mensen.partner, eigen="direct", gevolgd="week", versie=None)


def test_every_fact_of_the_text_is_in_the_html_and_the_other_way_round(mensen: Mensen, bestanden: Path) -> None:
    alle_berichten(mensen)
    berichten = lees(bestanden)
    assert len(berichten) == 12
    assert set(Herinnering.objects.values_list("stap", flat=True)) == {str(stap) for stap in Stap}
    for bericht in berichten:
        tekst = deel(bericht, "plain")
        adressen = set(re.findall(r"https?://\S+", tekst))
        in_opmaak, links = zichtbaar(deel(bericht, "html"))
        zonder_adressen = re.sub(r"https?://\S+", "", re.sub(r"(?m)^- ", "", tekst))
        assert woorden(zonder_adressen) == in_opmaak, bericht["Subject"]
        assert adressen == links
        assert max(len(regel) for regel in bericht.as_bytes().splitlines()) < 998


# Links and headers


def test_links_land_on_their_page(mensen: Mensen, bestanden: Path, als: Any, client: Client, settings: Any) -> None:
    alle_berichten(mensen)
    mensen_per_adres = {persoon.email: persoon for persoon in Persoon.objects.all()}
    for bericht in lees(bestanden):
        lezer = als(mensen_per_adres[bericht["To"]])
        for adres in set(re.findall(rf"{SITE}(/\S+)", deel(bericht, "plain"))):
            pagina = (client if adres.startswith("/afmelden/") else lezer).get(adres)
            assert pagina.status_code == 200, adres
            if adres.startswith("/maatregelen/"):
                assert adres.split("/")[2] in pagina.content.decode()
    # A link is only looked at; one click by the mail program stops it, and what was left is not sent.
    assert Volger.objects.count() == 1
    [eerste, *_] = [bericht for bericht in lees(bestanden) if bericht["To"] == "partner@voorbeeld.nl"]
    adres = eerste["List-Unsubscribe"].strip("<>").removeprefix(SITE)
    antwoord = client.post(adres, dict([eerste["List-Unsubscribe-Post"].split("=")]))
    assert (antwoord.status_code, Volger.objects.count()) == (200, 0)


def kop(bericht: Any) -> tuple[str | None, str | None]:
    """How a mail program may leave."""
    return bericht.extra_headers.get("List-Unsubscribe"), bericht.extra_headers.get("List-Unsubscribe-Post")


def test_leaving_at_one_click_only_what_one_follows_and_exactly_that(gevolgd: Maatregel, mensen: Mensen) -> None:
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie))
    rij = Volgfilter.objects.create(persoon=mensen.vreemd, naam="deze", pijler=gevolgd.pijler, sinds=NU - DAG)
    Volgfilter.objects.create(persoon=mensen.beheerder, naam="die", pijler=gevolgd.pijler, sinds=NU - DAG)
    Volgfilter.objects.create(persoon=mensen.beheerder, naam="en die", agenda=gevolgd.pijler.agenda, sinds=NU - DAG)
    for persoon, eigen, volgt in ((mensen.secretariaat, "direct", "dag"), (mensen.collega, "dag", "dag")):
        Volger.objects.create(maatregel=gevolgd, persoon=persoon, sinds=NU - DAG)
        Berichtvoorkeur.objects.create(persoon=persoon, eigen=eigen, gevolgd=volgt)
    wijzig_status(gevolgd, "in_uitvoering", door=mensen.eigen, toelichting="x", moment=NU)
    herinneringen.verstuur(VANDAAG, moment=NU, met_nieuws=True)
    een_klik = "List-Unsubscribe=One-Click"

    def adres(persoon: Persoon, soort: Afmeldsoort, sleutel: int = 0) -> tuple[str, str]:
        return f"<{afmeldadres(persoon.pk, soort, sleutel)}>", een_klik

    assert {bericht.to[0]: kop(bericht) for bericht in mail.outbox} == {
        "eigen@voorbeeld.nl": (None, None),  # what is one's own
        "collega@voorbeeld.nl": (None, None),  # an overview with something of one's own in it
        "partner@voorbeeld.nl": adres(mensen.partner, Afmeldsoort.MAATREGEL, gevolgd.pk),
        "vreemd@voorbeeld.nl": adres(mensen.vreemd, Afmeldsoort.SELECTIE, rij.pk),
        "beheerder@voorbeeld.nl": adres(mensen.beheerder, Afmeldsoort.GEVOLGD),  # for two reasons
        "secretariaat@voorbeeld.nl": adres(mensen.secretariaat, Afmeldsoort.GEVOLGD),  # an overview
    }


@pytest.mark.parametrize(
    ("adres", "secretariaat", "antwoord_aan"),
    [("", True, ["secretariaat@voorbeeld.nl"]), ("lrt@example.nl", True, ["lrt@example.nl"]), ("", False, [])],
)
def test_an_answer_goes_to_the_secretariaat(
    mensen: Mensen, settings: Any, adres: str, secretariaat: bool, antwoord_aan: list[str]
) -> None:
    settings.ANTWOORDADRES = adres
    Persoon.objects.filter(pk=mensen.secretariaat.pk).update(is_active=secretariaat)
    Berichtvoorkeur.objects.create(persoon=mensen.collega, eigen="dag")
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=mensen.organisatie))
    herinneringen.verstuur(VANDAAG)
    assert [bericht.reply_to for bericht in mail.outbox] == [antwoord_aan, antwoord_aan]
    belofte = "Antwoorden gaan naar het LRT-secretariaat." if antwoord_aan else "verstuurd door Regiemonitor.\n"
    assert all(belofte in bericht.body for bericht in mail.outbox)


def test_a_mail_that_is_tried_again_is_the_same_mail(mensen: Mensen, bestanden: Path) -> None:
    """The Message-ID is that of the ledger, for an overview that of its first row."""
    zet_voorkeur(mensen.collega, eigen="dag", gevolgd="dag", versie=None)
    stuk = MaatregelFactory(trekker=mensen.organisatie)
    for naam in ("Een", "Twee"):
        MijlpaalFactory(maatregel=stuk, omschrijving=naam)
    bestanden.write_text("hier staat al iets")
    herinneringen.verstuur(VANDAAG)
    eerst = set(Herinnering.objects.values_list("pk", "kenmerk", "uitkomst", "pogingen"))
    assert {(uitkomst, pogingen) for _, _, uitkomst, pogingen in eerst} <= {("open", 0), ("open", 1)}
    bestanden.unlink()
    herinneringen.verstuur(VANDAAG + DAG)
    kenmerken = {bericht["Message-ID"] for bericht in lees(bestanden)}
    assert len(kenmerken) == 3
    assert {kenmerk for _, kenmerk, _, _ in eerst if kenmerk} <= kenmerken
    van_collega = Herinnering.objects.filter(persoon=mensen.collega)
    assert set(van_collega.values_list("kenmerk", flat=True)) == {
        f"<herinnering-{rij.pk}-{int(rij.gepland_op.timestamp() * 1_000_000):x}@regie.example.nl>"
        for rij in [van_collega.order_by("pk")[0]]
    }
