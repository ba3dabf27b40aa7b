"""The maths of the drawings, the words of dates and terms, and the contrast of the colours."""

import datetime
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from maatregelen.models import Agenda, Betrokkenheid, Maatregel, Mijlpaal, Organisatie, Pijler, Status, Tijdsaanduiding
from maatregelen.templatetags import opmaak, tekening

VANDAAG = datetime.date(2025, 6, 8)
STAM = Path(__file__).resolve().parents[2]


def dag(tekst: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(tekst) if tekst else None


def mijlpaal(begin: str | None = None, einde: str | None = None, **velden: object) -> Mijlpaal:
    return Mijlpaal(begin=dag(begin), einde=dag(einde), peildatum=datetime.date(2025, 3, 1), **velden)


# --- words -----------------------------------------------------------------------------------------------------------


def test_datum() -> None:
    assert opmaak.datum(datetime.date(2024, 12, 30)) == "30 december 2024"
    assert opmaak.datum_kort(datetime.date(2024, 3, 1)) == "1 mrt 2024"
    assert opmaak.datum(None) == ""
    assert opmaak.datum_kort(None) == ""


def test_datum_of_a_moment_is_the_day_in_amsterdam() -> None:
    laat = datetime.datetime(2024, 12, 30, 23, 30, tzinfo=datetime.UTC)
    assert opmaak.datum(laat) == "31 december 2024"
    assert opmaak.moment(laat) == "31 december 2024, 0.30 uur"


@pytest.mark.parametrize(
    ("dagen", "woorden"),
    [
        (0, "vandaag"),
        (1, "morgen"),
        (2, "over 2 dagen"),
        (12, "over 12 dagen"),
        (1234, "over 1.234 dagen"),
        (-1, "gisteren"),
        (-3, "3 dagen geleden"),
    ],
)
def test_afstand(dagen: int, woorden: str) -> None:
    assert opmaak.afstand(VANDAAG + datetime.timedelta(dagen), VANDAAG) == woorden


@pytest.mark.parametrize(
    ("begin", "einde", "woorden"),
    [
        ("2026-10-01", "2026-12-31", "1 okt t/m 31 dec 2026"),
        ("2026-10-01", "2027-03-31", "1 okt 2026 t/m 31 mrt 2027"),
        ("2025-06-01", "2025-06-30", "1 t/m 30 jun 2025"),
        ("2025-06-12", "2025-06-12", "12 jun 2025"),
        (None, "2024-12-30", "t/m 30 dec 2024"),
        ("2027-01-01", None, "vanaf 1 jan 2027"),
        (None, None, "geen dag af te leiden"),
    ],
)
def test_termijn_dagen(begin: str | None, einde: str | None, woorden: str) -> None:
    assert opmaak.termijn_dagen(mijlpaal(begin, einde)) == woorden


@pytest.mark.parametrize(
    ("begin", "einde", "woorden"),
    [
        (None, "2025-06-20", "over 12 dagen"),
        (None, "2025-06-08", "vandaag"),
        (None, "2025-06-07", "1 dag voorbij"),
        ("2025-01-01", "2025-06-05", "3 dagen voorbij"),
        ("2025-07-01", None, "begint over 23 dagen"),
        ("2025-06-08", None, "begint vandaag"),
        ("2025-06-01", None, "begon 7 dagen geleden"),
        (None, None, ""),
    ],
)
def test_termijn_afstand(begin: str | None, einde: str | None, woorden: str) -> None:
    assert opmaak.termijn_afstand(mijlpaal(begin, einde), VANDAAG) == woorden


@pytest.mark.parametrize(
    ("duur", "woorden"),
    [
        ("", ""),
        ("P1Y", "elk jaar"),
        ("P2Y", "elke 2 jaar"),
        ("P1M", "elke maand"),
        ("P3M", "elk kwartaal"),
        ("P6M", "elk half jaar"),
        ("P2W", "elke 2 weken"),
        ("P1Y6M", "P1Y6M"),
        ("vaak", "vaak"),
    ],
)
def test_herhaling_woorden(duur: str, woorden: str) -> None:
    assert opmaak.herhaling_woorden(duur) == woorden


def test_aantal_woorden() -> None:
    assert opmaak.aantal_woorden(1, "maatregel,maatregelen") == "1 maatregel"
    assert opmaak.aantal_woorden(0, "maatregel,maatregelen") == "0 maatregelen"
    assert opmaak.aantal_woorden(1200, "maatregel,maatregelen") == "1.200 maatregelen"


# --- questions of a row ----------------------------------------------------------------------------------------------


def maatregel(*mijlpalen: Mijlpaal, lopend: bool = True, **velden: object) -> Maatregel:
    """An unsaved measure with its milestones where a list has prefetched them."""
    een = Maatregel(
        pk=1, code="2025-2-01", titel="Plan", pijler=Pijler(agenda=Agenda(titel="Agenda", is_lopend=lopend)), **velden
    )
    for stuk in mijlpalen:
        stuk.maatregel = een
    rij = Mijlpaal.objects.none()
    rij._result_cache = list(mijlpalen)
    een._prefetched_objects_cache = {"mijlpalen": rij}
    een.verantwoordelijken = []
    return een


def test_volgende_mijlpaal_is_the_first_open_one_and_vague_comes_last() -> None:
    vaag, later, gemist = mijlpaal(), mijlpaal("2025-07-01"), mijlpaal(None, "2025-05-01")
    behaald = mijlpaal(None, "2025-01-01", behaald_op=VANDAAG)
    assert opmaak.volgende_mijlpaal(maatregel(vaag, later, behaald, gemist)) is gemist
    assert opmaak.volgende_mijlpaal(maatregel(vaag, later, behaald)) is later
    assert opmaak.volgende_mijlpaal(maatregel(vaag, behaald)) is vaag
    assert opmaak.volgende_mijlpaal(maatregel(behaald)) is None
    assert opmaak.volgende_mijlpaal(maatregel(gemist, status=Status.VERVALLEN)) is None


@pytest.mark.parametrize(
    ("einde", "lopend", "status", "antwoord"),
    [
        ("2025-06-07", True, Status.IN_UITVOERING, True),
        ("2025-06-08", True, Status.IN_UITVOERING, False),
        ("2025-06-07", False, Status.IN_UITVOERING, False),
        ("2025-06-07", True, Status.UITGEVOERD, False),
    ],
)
def test_is_dringend_only_what_somebody_must_do(einde: str, lopend: bool, status: Status, antwoord: bool) -> None:
    stuk = mijlpaal(None, einde)
    maatregel(stuk, lopend=lopend, status=status)
    assert opmaak.is_dringend(stuk, VANDAAG) is antwoord


def test_voortgang_is_the_word_of_the_owner() -> None:
    een = maatregel(voortgang="op_schema")
    een.verantwoordelijken = [Betrokkenheid(organisatie=Organisatie(afkorting=naam)) for naam in ("AenM", "SZW", "VRO")]
    assert opmaak.voortgang_zin(een) == "volgens AenM, SZW en VRO op schema"
    assert opmaak.voortgang_zin(een, "BZK") == "volgens BZK op schema"
    assert opmaak.voortgang_zin(maatregel()) == "voortgang niet gemeld"


# --- places ----------------------------------------------------------------------------------------------------------


def test_plek() -> None:
    assert opmaak.plek("/", "/") == "page"
    assert opmaak.plek("/agendas/", "/agendas/") == "page"
    assert opmaak.plek("/agendas/x/", "/agendas/") == "true"
    assert opmaak.plek("/agendas/x/", "/") == ""


def test_zoekreeks_keeps_the_query_string() -> None:
    context = {"request": RequestFactory().get("/maatregelen/?status=a&status=b&pagina=2&zoek=w%26x")}
    assert opmaak.zoekreeks(context, pagina=3) == "?status=a&status=b&pagina=3&zoek=w%26x"
    assert opmaak.zoekreeks(context, pagina=None) == "?status=a&status=b&zoek=w%26x"


@pytest.mark.parametrize(
    ("nummer", "bladen"),
    [
        (1, [1, 2, None, 9]),
        (3, [1, 2, 3, 4, None, 9]),
        (4, [1, 2, 3, 4, 5, None, 9]),
        (5, [1, None, 4, 5, 6, None, 9]),
        (9, [1, None, 8, 9]),
    ],
)
def test_bladen(nummer: int, bladen: list[int | None]) -> None:
    assert opmaak.bladen(Paginator(range(90), 10).page(nummer)) == bladen


def test_plaats_counts_days_and_cuts_at_the_edges() -> None:
    van, tot = datetime.date(2025, 1, 1), datetime.date(2025, 1, 10)
    assert tekening.plaats(van, van, tot) == 0
    assert tekening.plaats(datetime.date(2025, 1, 6), van, tot) == 50
    assert tekening.plaats(tot + datetime.timedelta(1), van, tot) == 100
    assert tekening.plaats(datetime.date(2024, 1, 1), van, tot) == 0
    assert tekening.plaats(datetime.date(2026, 1, 1), van, tot) == 100
    with pytest.raises(ValueError, match="eindigt voor zij begint"):
        tekening.plaats(van, tot, van)


# --- bar of statuses -------------------------------------------------------------------------------------------------


def test_balk_is_full_and_done_comes_first() -> None:
    delen = tekening.balk({Status.AANGEKONDIGD: 1, Status.UITGEVOERD: 1, Status.IN_UITVOERING: 1, Status.VERVALLEN: 0})
    assert [(deel.status, deel.aantal, deel.x, deel.breedte) for deel in delen] == [
        ("uitgevoerd", 1, 0.0, 33.33),
        ("in_uitvoering", 1, 33.33, 33.34),
        ("aangekondigd", 1, 66.67, 33.33),
    ]


def test_balk_of_nothing_is_empty() -> None:
    assert tekening.balk({}) == []
    assert tekening.balk({Status.VERVALLEN: 0}) == []


def test_balk_beside_a_longer_one() -> None:
    delen = tekening.balk_tag({Status.UITGEVOERD: 3, Status.VERVALLEN: 1}, 8)
    assert [(deel.x, deel.breedte) for deel in delen] == [(0.0, 37.5), (37.5, 12.5)]
    assert tekening.deel_van(1, 1000) == 2
    assert tekening.deel_van(0, 10) == 0
    assert tekening.deel_van(12, 10) == 100


def test_every_status_has_a_place_in_the_bar_and_a_fill() -> None:
    assert set(tekening.BALKVOLGORDE) == set(Status)
    stijl = (STAM / "static/css/tekening.css").read_text()
    assert [status for status in Status if f".vulling--{status.value} " not in stijl] == []


# --- time axis -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "einde", "verwacht"),
    [
        ("2025-06-01", "2025-06-30", ("periode", 0.0, 100.0)),
        ("2025-06-16", "2025-06-30", ("periode", 50.0, 50.0)),
        ("2025-05-01", "2025-06-15", ("periode", 0.0, 50.0)),
        (None, "2025-06-15", ("uiterste", 0.0, 50.0)),
        ("2025-06-16", None, ("vanaf", 50.0, 50.0)),
        (None, None, ("vaag", 0.0, 100.0)),
    ],
)
def test_tijdasrij(begin: str | None, einde: str | None, verwacht: tuple[str, float, float]) -> None:
    rij = tekening.tijdasrij(mijlpaal(begin, einde), VANDAAG, datetime.date(2025, 6, 1), datetime.date(2025, 6, 30))
    assert (rij.vorm, rij.x, rij.breedte) == verwacht


@pytest.mark.parametrize(
    ("begin", "einde", "in_beeld"),
    [
        (None, "2025-05-31", False),
        (None, "2025-06-01", True),
        (None, "2025-09-01", True),
        ("2025-07-01", "2025-09-01", False),
        ("2025-07-01", None, False),
        ("2025-05-01", None, False),
        (None, None, True),
    ],
)
def test_what_lies_beside_the_axis_is_not_drawn_at_its_edge(
    begin: str | None, einde: str | None, in_beeld: bool
) -> None:
    rij = tekening.tijdasrij(mijlpaal(begin, einde), VANDAAG, datetime.date(2025, 6, 1), datetime.date(2025, 6, 30))
    assert rij.in_beeld is in_beeld


def test_te_laat_begins_the_day_after_and_ends_when_reached() -> None:
    grenzen = (VANDAAG, datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert tekening.tijdasrij(mijlpaal(None, "2025-06-07"), *grenzen).te_laat is True
    assert tekening.tijdasrij(mijlpaal(None, "2025-06-08"), *grenzen).te_laat is False
    behaald = tekening.tijdasrij(mijlpaal(None, "2025-06-07", behaald_op=VANDAAG), *grenzen)
    assert (behaald.te_laat, behaald.behaald, behaald.afstand) == (False, True, "")


def test_tijdas_spans_whole_months_and_today() -> None:
    as_ = tekening.tijdas([mijlpaal("2025-08-12", "2025-11-02"), mijlpaal()], VANDAAG)
    assert (as_.van, as_.tot) == (datetime.date(2025, 6, 1), datetime.date(2025, 11, 30))
    assert as_.vandaag_x == 3.83
    assert as_.vandaag_anker == "start"
    assert [(streepje.x, streepje.maand, streepje.jaar) for streepje in as_.streepjes] == [
        (0.0, "jun", "2025"),
        (16.39, "jul", ""),
        (33.33, "aug", ""),
        (50.27, "sep", ""),
        (66.67, "okt", ""),
        (83.61, "nov", ""),
    ]


def test_tijdas_without_today_in_it() -> None:
    as_ = tekening.tijdas([], VANDAAG, datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    assert as_.vandaag_x is None


def test_tijdas_takes_a_tijdsaanduiding() -> None:
    rij = tekening.tijdas([Tijdsaanduiding(peildatum=VANDAAG, begin=VANDAAG, einde=VANDAAG)], VANDAAG).rijen[0]
    assert (rij.vorm, rij.behaald) == ("periode", False)


@pytest.mark.parametrize("maanden", [1, 2, 6, 7, 8, 13, 14, 25, 40, 61, 130, 400])
def test_words_of_months_never_touch(maanden: int) -> None:
    van = datetime.date(2024, 11, 1)
    tot = tekening.einde_van_maand(van + datetime.timedelta(days=int(30.44 * (maanden - 1)) + 2))
    streepjes = tekening.maandstreepjes(van, tot)
    afstanden = [rechts.x - links.x for links, rechts in pairwise(streepjes)]
    # On 360 px the axis is 328 px wide and a word of a month or a year at most 34 px: 10.4 percent.
    assert len(streepjes) <= 8
    assert min(afstanden, default=100) >= 10.4
    assert streepjes or maanden < 24


# --- parts -----------------------------------------------------------------------------------------------------------


def test_delen_have_no_style_or_handler_of_their_own() -> None:
    """The content security policy would refuse them."""
    verboden = re.compile(r"\sstyle=|\son[a-z]+=|<style|javascript:|url\(data:")
    fout = [
        str(pad)
        for pad in (STAM / "templates").rglob("*.html")
        if "mail" not in pad.parts and verboden.search(re.sub(r"\{%.*?%\}", "", pad.read_text()))
    ]
    assert fout == []


def test_an_ended_ministry_says_who_took_over() -> None:
    jenv = Organisatie(slug="jenv", naam="ministerie van Justitie en Veiligheid", afkorting="JenV")
    aenm = Organisatie(
        slug="aenm",
        naam="ministerie van Asiel en Migratie",
        afkorting="AenM",
        geldig_tot=VANDAAG,
        opvolger=jenv,
    )
    betrokkenen = [Betrokkenheid(organisatie=aenm), Betrokkenheid(organisatie=jenv)]
    op = render_to_string("delen/wielijst.html", {"betrokkenen": betrokkenen, "vandaag": VANDAAG})
    assert leesbaar(op) == (
        "AenM, voluit ministerie van Asiel en Migratie (nu JenV), JenV, voluit ministerie van Justitie en Veiligheid"
    )
    gisteren = VANDAAG - datetime.timedelta(1)
    ervoor = render_to_string("delen/wielijst.html", {"betrokkenen": betrokkenen[:1], "vandaag": gisteren})
    assert leesbaar(ervoor) == "AenM, voluit ministerie van Asiel en Migratie"
    assert leesbaar(render_to_string("delen/wielijst.html", {"betrokkenen": []})) == "nog niemand"


def leesbaar(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_a_bar_says_its_numbers_in_words() -> None:
    tellingen = {Status.UITGEVOERD: 2, Status.AANGEKONDIGD: 11}
    assert leesbaar(render_to_string("delen/balk.html", {"tellingen": tellingen})) == "2 uitgevoerd11 aangekondigd"


def test_every_status_has_a_shape_of_its_own() -> None:
    vormen = {status: render_to_string("delen/statusvorm.html", {"status": status.value}) for status in Status}
    assert len(set(vormen.values())) == len(Status)


@pytest.mark.parametrize("naam", ["400.html", "500.html", "403_csrf.html"])
def test_pages_for_errors_need_nothing(naam: str) -> None:
    tekst = engines["django"].get_template(naam).render()
    assert tekst.count("<h1>") == 1
    assert 'lang="nl"' in tekst


# --- colours ---------------------------------------------------------------------------------------------------------


def kleuren() -> dict[str, str]:
    return dict(re.findall(r"--rm-([a-z-]+): (#[0-9a-f]{6});", (STAM / "static/css/thema.css").read_text()))


def helderheid(kleur: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2)."""
    delen = [int(kleur[plek : plek + 2], 16) / 255 for plek in (1, 3, 5)]
    rood, groen, blauw = (deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4 for deel in delen)
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def contrast(een: str, ander: str) -> float:
    licht, donker = sorted((helderheid(een), helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def test_contrast_of_text_and_of_lines() -> None:
    kleur = kleuren()
    tekst = [
        (voor, achter)
        for voor in ("inkt", "inkt-zacht", "accent", "accent-donker", "warm")
        for achter in ("wit", "vlak", "warm-vlak", "accent-vlak")
    ] + [("wit", "accent"), ("wit", "accent-donker"), ("wit", "inkt")]
    te_zwak = [(v, a, round(contrast(kleur[v], kleur[a]), 2)) for v, a in tekst if contrast(kleur[v], kleur[a]) < 4.5]
    assert te_zwak == []
    lijnen = [("grijs", "wit"), ("inkt-half", "wit"), ("grijs", "vlak"), ("warm", "warm-vlak")]
    assert [(v, a) for v, a in lijnen if contrast(kleur[v], kleur[a]) < 3] == []
