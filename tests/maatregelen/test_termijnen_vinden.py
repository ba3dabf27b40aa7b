"""Moments in a running text: found with their place, and what only looks like one is left alone."""

from datetime import date

import pytest

from maatregelen.termijnen import vind

PEIL = date(2025, 3, 19)


def gevonden(tekst: str, peil: date = PEIL) -> list[tuple[str, str, str]]:
    """What was found, with its first and last day; the place is checked on the way."""
    vondsten = vind(tekst, peil)
    assert [tekst[vondst.van : vondst.tot] for vondst in vondsten] == [vondst.tekst for vondst in vondsten]
    return [(vondst.tekst, str(vondst.lezing.begin or "-"), str(vondst.lezing.einde or "-")) for vondst in vondsten]


def test_place_and_reading_of_what_was_found() -> None:
    tekst = "De minister neemt voor 31 december 2026 een besluit; de brief volgt uiterlijk in Q1 2027."
    eerste, tweede = vind(tekst, PEIL)
    assert (eerste.tekst, eerste.van, eerste.tot) == ("voor 31 december 2026", 18, 39)
    assert (eerste.lezing.einde, eerste.lezing.precisie, eerste.lezing.relatie) == (date(2026, 12, 30), "dag", "voor")
    assert (tweede.tekst, tweede.van, tweede.tot) == ("uiterlijk in Q1 2027", 68, 88)
    assert (tweede.lezing.einde, tweede.lezing.precisie, tweede.lezing.relatie) == (
        date(2027, 3, 31),
        "kwartaal",
        "uiterlijk",
    )


# A line or two of the five documents, each with its reference date.
UIT_DE_STUKKEN = [
    (
        date(2018, 3, 29),
        "beleidsnota die uw Kamer dit voorjaar ontvangt, wordt de inzet op het",
        [("dit voorjaar", "2018-03-21", "2018-06-20")],
    ),
    (
        date(2018, 3, 29),
        "een maximum van 1.000 in 2018 en 750 tot en met oktober 2019.",
        [("in 2018", "2018-01-01", "2018-12-31"), ("tot en met oktober 2019", "-", "2019-10-31")],
    ),
    (
        date(2018, 3, 29),
        "Handel en Ontwikkelingssamenwerking op 7 december 2017.5 Ook de",
        [],
    ),
    (
        date(2018, 3, 29),
        "gingsquotum wordt met ingang van 2018 verhoogd van 500 naar 750 \npersonen per jaar.",
        [("met ingang van 2018", "2018-01-01", "-")],
    ),
    (date(2018, 3, 29), "Tweede Kamer, vergaderjaar 2017–2018, 19 637, nr. 2375 11", []),
    (
        date(2023, 7, 7),
        "in werking treden per 1 september 2024. De bestuurlijke afspraken volgen na de zomer.",
        [("per 1 september 2024", "2024-09-01", "-"), ("na de zomer", "2023-09-01", "2023-11-30")],
    ),
    (date(2023, 7, 7), "Datum 7 juli 2023  \nOnderwerp Migratieagenda", []),
    (date(2023, 7, 7), "Directoraat-Generaal  \nMigratie\n\n7 juli 2023\n\nDe uitwerking", []),
    (date(2023, 7, 7), "Kamerbrief d.d. 21 april 2023: Beheersing internationale studentenstromen", []),
    (
        date(2024, 9, 26),
        "nog van kracht. Voor 1 \n\nnovember leveren de commissarissen van de Koning plannen aan",
        [("Voor 1 \n\nnovember", "-", "2024-10-31")],
    ),
    (date(2024, 9, 26), "In lijn met de motie Podt van 7 maart 2024 (TK 19367 nr. 3226) \n\nzetten we in", []),
    (
        date(2025, 3, 19),
        "- Het streven is de brief aan gemeenten voor 1 april uit te sturen.",
        [("voor 1 april", "-", "2025-03-31")],
    ),
    (
        date(2025, 3, 19),
        "Na evaluatie wordt de taakstelling van 2025-I bijgesteld van 17.700 naar 15.000.",
        [("2025-I", "2025-01-01", "2025-06-30")],
    ),
    (date(2025, 3, 19), "- Het verslag van de LRT van 18 december is vastgesteld.", []),
    (date(2025, 3, 19), "Uit een uitvraag bij gemeenten blijkt dat dit 1000-3000 plekken oplevert.", []),
    (
        date(2026, 1, 30),
        "vallen tot 2027 onder de tijdelijke \n\nbeschermingsrichtlijn. We creëren per 2027 een",
        [("tot 2027", "-", "2026-12-31"), ("per 2027", "2027-01-01", "-")],
    ),
    (date(2026, 1, 30), "begeleid tot \n\nhun 21e in plaats van hun 18e", []),
    (date(2026, 1, 30), "De asielketen loopt nu bijna elke dag tegen de grenzen van het mogelijke aan.", []),
]


@pytest.mark.parametrize(("peil", "tekst", "verwacht"), UIT_DE_STUKKEN)
def test_lines_of_the_documents(peil: date, tekst: str, verwacht: list[tuple[str, str, str]]) -> None:
    assert gevonden(tekst, peil) == verwacht


MOMENTEN = {
    "Gemeenten leveren jaarlijks voor 1 mei hun plannen aan.": ["jaarlijks voor 1 mei"],
    "Het COA rapporteert elk kwartaal aan de tafel.": ["elk kwartaal"],
    "Binnen drie maanden na inwerkingtreding van de wet wordt geëvalueerd.":
        ["Binnen drie maanden na inwerkingtreding van de wet"],
    "Met ingang van 1 januari 2026 geldt een nieuw tarief.": ["Met ingang van 1 januari 2026"],
    "- 1 juli 2025 brief\n- 1 september 2025 besluit": ["1 juli 2025", "1 september 2025"],
    # A dash at the start of a line is a bullet, not a range.
    "- 1 juli 2025\n- 1 september 2025": ["1 juli 2025", "1 september 2025"],
    "Op 1 juli 2025 - 1 september 2025.": ["Op 1 juli 2025 - 1 september 2025"],
    "Planning: 1 juli 2025 oplevering": ["1 juli 2025"],
    "In het najaar van 2025 of het voorjaar van 2026 volgt meer.": ["In het najaar van 2025 of het voorjaar van 2026"],
    "Zo spoedig mogelijk, uiterlijk op vrijdag 4 april, is het klaar.": ["Zo spoedig mogelijk",
                                                                         "uiterlijk op vrijdag 4 april"],
    "De pilot duurt drie jaar en stopt daarna.": ["drie jaar"],
    # The event belongs to it: without it the weeks would count from the day of the text.
    "De evaluatie volgt binnen drie weken na het begin van de pilot.": ["binnen drie weken na het begin van de pilot"],
    "Dit volgt binnen twee weken na het kerstreces.": ["binnen twee weken na het kerstreces"],
    "Het overleg is elke eerste maandag van de maand.": ["elke eerste maandag van de maand"],
    "Cijfers komen op de 15e van elke maand.": ["op de 15e van elke maand"],
    "Vóór het zomerreces\nvan 2025 komt een brief.": ["Vóór het zomerreces\nvan 2025"],
    "Dit gebeurt op Prinsjesdag.": ["op Prinsjesdag"],
    "Van 1 september t/m 30 november 2025 staat de regeling open.": ["Van 1 september t/m 30 november 2025"],
    "Uiterlijk 31-12-2025, of anders Q1 2026.": ["Uiterlijk 31-12-2025", "Q1 2026"],
    "Dat kan in de periode 2025-2027.": ["in de periode 2025-2027"],
    "Voor die tijd gebeurt er niets, en in een volgende LRT wel.": ["Voor die tijd", "in een volgende LRT"],
    "Medio 2026 en eind 2026 wordt gemeten.": ["Medio 2026 en eind 2026"],
    "Het loopt tot en met 2027 door.": ["tot en met 2027"],
    "1 juli 2025": ["1 juli 2025"],
    "Wet van 6 maart 2013. Uiterlijk 1 juli 2026 is zij vervangen (artikel 12, lid 3).": ["Uiterlijk 1 juli 2026"],
}  # fmt: skip


@pytest.mark.parametrize("tekst", MOMENTEN)
def test_moments_are_found_whole(tekst: str) -> None:
    assert [woorden for woorden, _, _ in gevonden(tekst)] == MOMENTEN[tekst]


GEEN_MOMENT = (
    # Dates of letters, papers and meetings.
    "Den Haag, 3 juli 2025", "'s-Gravenhage, 3 juli 2025", "Geachte voorzitter,\nDen Haag, 3 juli 2025\nHierbij",
    "Datum 14 maart 2026", "Datum: 14 maart 2026\nOns kenmerk 2026-0000123", "Datum\n\n14 maart 2026",
    "De brief van 3 juli 2025 over opvang", "zie de brief van 3 juli over opvang", "Kamerbrief d.d. 21 mei 2025",
    "Wet van 6 maart 2026 tot wijziging van de wet", "het besluit van de minister van 1 juni 2025",
    "motie-Podt van 7 mei 2025",
    "het verslag van de LRT van 18 december", "Overzicht per brief van 1 juni 2025",
    # Numbers of laws and papers.
    "Kamerstuk 19 637, nr. 2375", "Kamerstukken II 2025/26, 36 704, nr. 3", "Stb. 2025, 45", "Stcrt. 2026, 1234",
    "Verordening (EU) 2024/1348 van het Europees Parlement en de Raad van 14 mei 2024", "Verordening (EU) 2026/1348",
    "artikel 12, tweede lid", "art. 3.2", "vergaderjaar 2025-2026", "TK 2025-2026 22452 nr. 85",
    "ECLI:NL:RVS:2026:1234",
    "ISO 27001:2026", "versie 1.2.2026", "www.voorbeeld.nl/2026/05/01", "nummer 2026", "Postbus 2026, 2500 EH Den Haag",
    # What is over.
    "in 2015", "sinds 2015", "eind 2015 en begin 2016", "Op 1 januari 2024 trad de wet in werking.", "vorig jaar",
    "begin maart 2025 is gestart", "Op 10 maart 2025 en 12 maart 2025.", "de afgelopen drie jaar", "twee jaar geleden",
    "26 september jl.", "tot 2015", "tussen 2015 en 2019", "van 2015 t/m 2019",
    # Ages, amounts, rates, fractions, telephones.
    "onder de 30 jaar", "tot hun 21e", "vanaf 18 jaar", "kinderen van 12 jaar en ouder", "ouder dan 18 jaar",
    "18 jaar oud",
    "2025 euro", "€ 2.026", "€ 2026", "in 2026 plekken voorzien", "2000 plekken", "96.000", "van 17.700 naar 15.000",
    "Er zijn 750 personen per jaar", "het aantal uren per week", "Pace: 1/6 per maand", "T 070 370 79 11",
    "06-12345678",
    "Bel 06 - 12 34 56 78 of 030-2025 2026", "langer dan 1 uur", "3 jaar gevangenisstraf", "25% van 2026 woningen",
    # Names of things, and what is set for a year rather than before it.
    "Spreidingswet 2026", "Uitvoeringsagenda 2030", "de Uitvoeringsagenda 2025-2028", "Op weg naar 2030",
    "Staatscommissie Demografische Ontwikkeling 2050", "de begroting voor 2026", "de raming voor 2026", "24-weken-eis",
    # Words that only set the tone.
    "nu en morgen", "het land dat wij morgen willen zijn", "elke dag opnieuw", "een dag", "de zomer is warm",
    "Jan en Mei", "tot nu toe", "dagelijkse praktijk", "de jaarlijkse instroom", "drie keer zoveel", "A2 naar B1",
    "", "31 februari",
)  # fmt: skip


@pytest.mark.parametrize("tekst", GEEN_MOMENT)
def test_stranger_is_left_alone(tekst: str) -> None:
    assert gevonden(tekst) == []


def test_strangers_around_a_moment_do_not_hide_it() -> None:
    for vreemde in GEEN_MOMENT:
        tekst = f"{vreemde}.\n\nDe minister besluit uiterlijk 1 oktober 2026.\n\n{vreemde}."
        assert "uiterlijk 1 oktober 2026" in [woorden for woorden, _, _ in gevonden(tekst)], vreemde


def test_a_long_hostile_text_costs_no_more_than_its_length() -> None:
    """Words that could start something, again and again: none of them makes the reader look far ahead."""
    for stuk in (
        "voor ",
        " ",
        "1",
        "1-",
        "2025-",
        "eind van ",
        "eerste week van ",
        "tussen 1 en ",
        "de ",
        "na drie weken ",
    ):
        vind(stuk * (200_000 // len(stuk)), PEIL)
