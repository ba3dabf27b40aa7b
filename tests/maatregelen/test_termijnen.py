"""Every row and every rule of how policy texts name a moment, and every spelling officials use."""

from datetime import date

import pytest

from maatregelen.models import Precisie, Relatie
from maatregelen.termijnen import Lezing, is_begrepen, lees

PEIL = date(2025, 3, 19)
VAAG = Lezing(None, None, Precisie.VAAG, Relatie.OP)


def lezing(verwacht: str) -> Lezing:
    """A reading as a row of the table: begin, einde, precision, relation, and what else there is by name."""
    begin, einde, precisie, relatie, *rest = verwacht.split(maxsplit=6)
    velden = dict(deel.split("=", 1) for deel in rest if "=" in deel)
    return Lezing(
        None if begin == "-" else date.fromisoformat(begin),
        None if einde == "-" else date.fromisoformat(einde),
        Precisie(precisie),
        None if relatie == "-" else Relatie(relatie),
        herhaling=velden.get("herhaling", ""),
        duur=velden.get("duur", ""),
        gebeurtenis=velden.get("gebeurtenis", "").replace("_", " "),
    )


def zonder_alternatief(uit: Lezing) -> Lezing:
    """The reading without the other judgement, which has its own tests."""
    return Lezing(uit.begin, uit.einde, uit.precisie, uit.relatie, uit.herhaling, uit.duur, uit.gebeurtenis)


RIJEN = {
    "voor 31 december 2024": "- 2024-12-30 dag voor",
    "uiterlijk 31 december": "- 2025-12-31 dag uiterlijk",
    "deadline 31 december": "- 2025-12-31 dag uiterlijk",
    "tot en met 31 december": "- 2025-12-31 dag tot",
    "t/m 31 december": "- 2025-12-31 dag tot",
    "tot 1 juli": "- 2025-06-30 dag tot",
    "op 19 maart 2025": "2025-03-19 2025-03-19 dag op",
    "in juni 2025": "2025-06-01 2025-06-30 maand in",
    "juni 2025": "2025-06-01 2025-06-30 maand in",
    "deze maand": "2025-03-01 2025-03-31 maand in",
    "uiterlijk juni": "- 2025-06-30 maand uiterlijk",
    "uiterlijk in juni": "- 2025-06-30 maand uiterlijk",
    "voor eind juni": "- 2025-06-30 maand voor",
    "voor juni": "- 2025-05-31 maand voor",
    "voor 2026": "- 2025-12-31 jaar voor",
    "derde kwartaal van 2024": "2024-07-01 2024-09-30 kwartaal in",
    "Q3 2024": "2024-07-01 2024-09-30 kwartaal in",
    "3e kwartaal": "2025-07-01 2025-09-30 kwartaal in",
    "eerste helft 2024": "2024-01-01 2024-06-30 halfjaar in",
    "begin 2026": "2026-01-01 2026-03-31 seizoen in",
    "medio 2026": "2026-05-01 2026-08-31 seizoen in",
    "half 2026": "2026-05-01 2026-08-31 seizoen in",
    "eind 2026": "2026-10-01 2026-12-31 seizoen in",
    "begin juni": "2025-06-01 2025-06-10 periode in",
    "medio juni": "2025-06-11 2025-06-20 periode in",
    "eind juni": "2025-06-21 2025-06-30 periode in",
    "voorjaar 2025": "2025-03-21 2025-06-20 seizoen in",
    "zomer 2025": "2025-06-21 2025-09-20 seizoen in",
    "najaar 2025": "2025-09-21 2025-12-20 seizoen in",
    "winter 2025": "2025-12-21 2026-03-20 seizoen in",
    "voor de zomer": "- 2025-06-20 seizoen voor",
    "voor het zomerreces": "- 2025-07-03 seizoen voor",
    "na de zomer": "2025-09-01 2025-11-30 seizoen vanaf",
    "na het zomerreces": "2025-09-01 2025-11-30 seizoen vanaf",
    "per 1 september 2024": "2024-09-01 - dag vanaf",
    "met ingang van 1 september 2024": "2024-09-01 - dag vanaf",
    "m.i.v. 1 september 2024": "2024-09-01 - dag vanaf",
    "vanaf 1 september 2024": "2024-09-01 - dag vanaf",
    "per 2027": "2027-01-01 - jaar vanaf",
    "na 2026": "2027-01-01 - jaar vanaf",
    "tussen 2025 en 2027": "2025-01-01 2027-12-31 periode tussen",
    "van 2025 tot en met 2027": "2025-01-01 2027-12-31 periode tussen",
    "2025-2026": "2025-01-01 2026-12-31 periode tussen",
    "najaar 2025/voorjaar 2026": "2025-09-21 2026-06-20 periode tussen",
    "binnen zes weken": "- 2025-04-30 week binnen",
    "binnen drie maanden": "- 2025-06-19 maand binnen",
    "binnen drie maanden na inwerkingtreding": "- - vaag binnen duur=P3M gebeurtenis=inwerkingtreding",
    "zes weken na de vaststelling": "- - vaag binnen duur=P6W gebeurtenis=de_vaststelling",
    "drie jaar": "- - duur - duur=P3Y",
    "maximaal 14 weken": "- - duur - duur=P14W",
    "jaarlijks voor 1 mei": "- 2025-04-30 dag voor herhaling=P1Y",
    "elk kwartaal": "2025-01-01 2025-03-31 kwartaal in herhaling=P3M",
    "halfjaarlijks": "2025-01-01 2025-06-30 halfjaar in herhaling=P6M",
    "op korte termijn": "- - vaag op",
    "zo spoedig mogelijk": "- - vaag op",
    "binnenkort": "- - vaag op",
    "per direct": "- - vaag op",
    "deze kabinetsperiode": "- - vaag op",
    "voor de begrotingsbehandeling": "- - vaag op",
    "een volgende LRT": "- - vaag op",
    # The rules below the table.
    "voor 1 november": "- 2025-10-31 dag voor",
    "dit najaar": "2025-09-21 2025-12-20 seizoen in",
    "volgend voorjaar": "2026-03-21 2026-06-20 seizoen in",
    "komend jaar": "2026-01-01 2026-12-31 jaar in",
    "eind volgend jaar": "2026-10-01 2026-12-31 seizoen in",
    "nog dit jaar": "2025-01-01 2025-12-31 jaar in",
    "uiterlijk over twee weken": "- 2025-04-02 week uiterlijk",
    "Prinsjesdag": "2025-09-16 2025-09-16 dag op",
    "Prinsjesdag 2026": "2026-09-15 2026-09-15 dag op",
    "Ultimo 2024": "2024-12-31 2024-12-31 dag op",
    "31-12-2024": "2024-12-31 2024-12-31 dag op",
    "1/7/2025": "2025-07-01 2025-07-01 dag op",
    "1 juli '25": "2025-07-01 2025-07-01 dag op",
    "Voor 1 \n november": "- 2025-10-31 dag voor",
    "Voor 1 / november": "- 2025-10-31 dag voor",
    "Voor 1 /\n november": "- 2025-10-31 dag voor",
}  # fmt: skip


@pytest.mark.parametrize("woorden", RIJEN)
def test_row_of_the_table(woorden: str) -> None:
    assert zonder_alternatief(lees(woorden, PEIL)) == lezing(RIJEN[woorden])
    assert is_begrepen(woorden, PEIL) is True


@pytest.mark.parametrize("woorden", RIJEN)
def test_capitals_spaces_accents_and_signs_around_it_do_not_matter(woorden: str) -> None:
    verwacht = lees(woorden, PEIL)
    anders = [
        woorden.upper().replace("T/M", "t/m"),
        f"  {woorden}. ",
        woorden.replace(" ", "\u00a0"),
        woorden.replace(" ", "\n"),
        woorden.replace(" ", "  \r\n "),
        f"({woorden})",
        f"{woorden};",
    ]
    if "gebeurtenis" not in RIJEN[woorden]:
        assert [lees(tekst, PEIL) for tekst in anders] == [verwacht] * len(anders)
    assert lees(woorden.replace("voor", "vóór"), PEIL) == verwacht
    assert lees(woorden.replace("voor", "vo\u0301o\u0301r"), PEIL) == verwacht


GELIJK = {
    "voor 31 december 2024": (
        "vóór 31-12-2024", "voor 31/12/2024", "voor 2024-12-31", "voor 31 dec. 2024", "voor 31 dec 2024",
        "nog voor 31 december 2024", "voor de 31ste december 2024", "Voor dinsdag 31 december 2024",
        "voor 31 decem-\nber 2024", "eerder dan 31 december 2024",
    ),
    "uiterlijk 31 december": (
        "uiterlijk op 31 december", "deadline: 31 december", "Deadline is 31 december", "op zijn laatst 31 december",
        "niet later dan 31 december", "uiterste datum: 31 december", "voor of op 31 december", "31 december uiterlijk",
        "uiterlijk 31/12/2025", "ten laatste 31 december", "tot uiterlijk 31 december", "deadline 31 december a.s.",
        "uiterlijk ultimo 2025", "zo spoedig mogelijk, uiterlijk 31 december", "z.s.m., maar uiterlijk 31 december",
    ),
    "t/m 31 december": ("tot en met 31 december", "T/M 31 december", "t.e.m. 31 december", "t/m 31-12-2025"),
    "1 juli 2025": (
        "op 1 juli 2025", "1 juli", "1e juli 2025", "1ste juli", "eerste juli", "de 1e juli", "1-7-2025", "01-07-2025",
        "1/7/2025", "1.7.2025", "2025-07-01", "2025/07/01", "1-7-25", "1 juli ’25", "1 juli 25", "1 juli a.s.",
        "dinsdag 1 juli", "Datum: 1 juli 2025", "streefdatum 1 juli 2025", "1 juli van dit jaar", "1 juli dit jaar",
        "1 juli 2025 om 17.00 uur", "1 jul. 2025",
    ),
    "juni 2025": ("in juni", "juni", "juni dit jaar", "de maand juni 2025", "in de maand juni", "06-2025", "2025-06",
                  "juni '25", "komende juni", "in de loop van juni 2025"),
    "derde kwartaal 2025": (
        "3e kwartaal", "3de kwartaal 2025", "het derde kwartaal van 2025", "Q3", "q3 2025", "Q3-2025", "2025-Q3",
        "Q3 '25", "K3 2025", "kwartaal 3", "kwartaal III 2025", "III kwartaal", "IIIe kwartaal 2025", "3e kw. 2025",
        "in het 3e kwartaal dit jaar", "voorlaatste kwartaal, dus Q3", "Q 3 2025",
    ),
    "eerste helft 2026": ("1e helft 2026", "de eerste helft van 2026", "H1 2026", "2026-I", "2026 I",
                          "eerste halfjaar 2026",
                          "1e half jaar van 2026", "eerste helft volgend jaar", "2026-H1"),
    "tweede helft 2025": ("2e helft 2025", "H2", "2025-II", "2025 - II", "tweede helft dit jaar",
                          "laatste half jaar 2025"),
    "eind 2026": ("einde 2026", "het eind van 2026", "eind volgend jaar", "in het einde van het jaar 2026",
                  "in het laatste deel, dus eind 2026"),
    "medio 2026": ("half 2026", "halverwege 2026", "midden 2026", "medio volgend jaar"),
    "voor de zomer": ("vóór de zomer", "voor zomer 2025", "nog voor de zomer van 2025", "ruim voor de zomer",
                      "tegen de zomer", "voor aanvang van de zomer", "uiterlijk voor de zomer", "voor deze zomer"),
    "voor het zomerreces": ("voor het zomerreces 2025", "vóór het zomerreces van 2025", "nog voor het zomerreces"),
    "na de zomer": ("direct na de zomer", "na de zomer van 2025", "na afloop van de zomer"),
    "per 1 september 2025": (
        "met ingang van 1 september", "m.i.v. 1 september 2025", "vanaf 1 september", "ingaande 1 september 2025",
        "ingangsdatum: 1 september 2025", "niet eerder dan 1 september", "op z'n vroegst 1 september",
        "in werking per 1 september 2025", "niet voor 1 september", "te beginnen op 1 september",
    ),
    "van 1 september t/m 30 november 2025": (
        "1 september - 30 november 2025", "1 september 2025 t/m 30 november 2025", "tussen 1 september en 30 november",
        "vanaf 1 september tot en met 30 november", "van 1 september tot 1 december 2025",
        "1-9-2025 t/m 30-11-2025", "september t/m november 2025", "in de periode september - november 2025",
    ),
    "van 1 t/m 15 juni 2025": ("1-15 juni", "1 tot en met 15 juni", "tussen 1 en 15 juni 2025", "van 1 tot 16 juni"),
    "binnen zes weken": ("binnen 6 weken", "binnen 6 wkn", "binnen 4 tot 6 weken", "binnen vier à zes weken",
                         "binnen zo'n zes weken, uiterlijk binnen zes weken", "binnen maximaal 6 weken"),
    "elk kwartaal": ("ieder kwartaal", "per kwartaal", "eens per kwartaal", "1x per kwartaal", "één keer per kwartaal",
                     "vier keer per jaar", "elke drie maanden", "driemaandelijks", "kwartaalsgewijs"),
    "halfjaarlijks": ("elk halfjaar", "elk half jaar", "twee keer per jaar", "2x per jaar", "tweemaal per jaar",
                      "per halfjaar", "eens per half jaar"),
    "jaarlijks voor 1 mei": ("elk jaar voor 1 mei", "ieder jaar vóór 1 mei", "voor 1 mei, jaarlijks",
                             "jaarlijks, voor 1 mei",
                             "voor 1 mei van elk jaar", "elk jaar nog voor 1 mei"),
    "drie jaar": ("3 jaar", "voor drie jaar", "voor de duur van 3 jaar", "een periode van drie jaar",
                  "drie jaren", "3 jr."),
    "maximaal 14 weken": ("ten hoogste 14 weken", "hooguit veertien weken", "max. 14 weken", "14 weeken", "14 wkn"),
    "week 23": ("wk 23", "week 23 van 2025", "week 23 (2025)", "2025-W23", "weeknummer 23", "week van 3 juni",
                "in de week van 2 juni 2025"),
    "zo spoedig mogelijk": ("z.s.m.", "zsm", "Zo snel mogelijk", "op korte termijn", "binnenkort", "onverwijld",
                            "n.t.b.", "nader te bepalen", "te zijner tijd", "t.z.t.", "per omgaande", "met spoed"),
}  # fmt: skip


@pytest.mark.parametrize(("woorden", "anders"), [(een, ander) for een, reeks in GELIJK.items() for ander in reeks])
def test_other_spelling_says_the_same(woorden: str, anders: str) -> None:
    assert lees(anders, PEIL) == lees(woorden, PEIL)
    assert is_begrepen(anders, PEIL) is True


OOK = {
    # Weekdays, weeks and days counted from the reference date, a Wednesday.
    "maandag 3 juni": "2025-06-03 2025-06-03 dag op",
    "komende vrijdag": "2025-03-21 2025-03-21 dag op",
    "a.s. vrijdag": "2025-03-21 2025-03-21 dag op",
    "vrijdag volgende week": "2025-03-28 2025-03-28 dag op",
    "volgende week vrijdag": "2025-03-28 2025-03-28 dag op",
    "woensdag": "2025-03-19 2025-03-19 dag op",
    "komende woensdag": "2025-03-26 2025-03-26 dag op",
    "vorige vrijdag": "2025-03-14 2025-03-14 dag op",
    "deze week": "2025-03-17 2025-03-23 week in",
    "eind volgende week": "2025-03-28 2025-03-30 periode in",
    "morgen": "2025-03-20 2025-03-20 dag op",
    "uiterlijk morgen": "- 2025-03-20 dag uiterlijk",
    "over twee weken": "2025-03-31 2025-04-06 week in",
    "over drie maanden": "2025-06-01 2025-06-30 maand in",
    "over twee jaar": "2027-01-01 2027-12-31 jaar in",
    "over 10 dagen": "2025-03-29 2025-03-29 dag op",
    "twee weken geleden": "2025-03-05 2025-03-05 week op",
    "binnen 24 uur": "- 2025-03-20 dag binnen",
    "binnen tien werkdagen": "- 2025-04-02 dag binnen",
    "binnen een half jaar": "- 2025-09-19 halfjaar binnen",
    "binnen dit jaar": "- 2025-12-31 jaar uiterlijk",
    # What lies before, and what "next" means.
    "vorig jaar": "2024-01-01 2024-12-31 jaar in",
    "26 september jl.": "2024-09-26 2024-09-26 dag op",
    "het komende jaar": "2025-03-19 2026-03-18 jaar in",
    "de komende drie maanden": "2025-03-19 2025-06-18 maand in",
    "volgend kwartaal": "2025-04-01 2025-06-30 kwartaal in",
    "komend half jaar": "2025-07-01 2025-12-31 halfjaar in",
    "komende zomer": "2025-06-21 2025-09-20 seizoen in",
    "deze winter": "2024-12-21 2025-03-20 seizoen in",
    "volgende winter": "2025-12-21 2026-03-20 seizoen in",
    # Parts and limits together.
    "uiterlijk eind 2026": "- 2026-12-31 jaar uiterlijk",
    "uiterlijk medio 2026": "- 2026-08-31 seizoen uiterlijk",
    "voor medio 2026": "- 2026-04-30 seizoen voor",
    "tot eind 2026": "- 2026-12-31 jaar tot",
    "tot 2027": "- 2026-12-31 jaar tot",
    "t/m oktober 2019": "- 2019-10-31 maand tot",
    "voor het einde van het jaar": "- 2025-12-31 jaar voor",
    "voor de kerst": "- 2025-12-24 dag voor",
    "voor de jaarwisseling": "- 2025-12-31 dag voor",
    "uiterlijk eind Q3": "- 2025-09-30 kwartaal uiterlijk",
    "vanaf medio 2026": "2026-05-01 - seizoen vanaf",
    "na 1 juli": "2025-07-02 - dag vanaf",
    "na het eerste kwartaal": "2025-04-01 - kwartaal vanaf",
    "na eind juni": "2025-07-01 - maand vanaf",
    "tussen nu en 1 juli": "2025-03-19 2025-07-01 periode tussen",
    "tussen nu en de zomer": "2025-03-19 2025-06-20 periode tussen",
    "eind mei/begin juni": "2025-05-21 2025-06-10 periode tussen",
    "mei of juni": "2025-05-01 2025-06-30 periode tussen",
    "november t/m maart 2026": "2025-11-01 2026-03-31 periode tussen",
    "Q1 t/m Q3 2026": "2026-01-01 2026-09-30 periode tussen",
    "eerste en tweede kwartaal 2026": "2026-01-01 2026-06-30 periode tussen",
    "week 23-25": "2025-06-02 2025-06-22 periode tussen",
    "winter 2025-2026": "2025-12-21 2026-03-20 seizoen in",
    "schooljaar 2025-2026": "2025-08-01 2026-07-31 jaar in",
    "tweede helft van juni": "2025-06-16 2025-06-30 periode in",
    "eerste drie maanden van 2026": "2026-01-01 2026-03-31 periode in",
    "laatste week van juni": "2025-06-24 2025-06-30 week in",
    "laatste dag van juni": "2025-06-30 2025-06-30 dag op",
    "eerste maandag van juni": "2025-06-02 2025-06-02 dag op",
    "rond 1 juli": "2025-06-24 2025-07-08 periode in",
    "vanaf 1 juli, uiterlijk 1 september": "2025-07-01 2025-09-01 periode tussen",
    "juni, uiterlijk 1 juli": "- 2025-07-01 dag uiterlijk",
    "1 mei en 1 november": "2025-11-01 2025-11-01 dag op",
    "LRT van 26 september": "2025-09-26 2025-09-26 dag op",
    "oorspronkelijk 1 juli, nu 1 mei": "2025-05-01 2025-05-01 dag op",
    "eind eerste kwartaal 2026": "2026-03-01 2026-03-31 periode in",
    "begin tweede helft 2025": "2025-07-01 2025-08-31 periode in",
    "medio/eind 2026": "2026-05-01 2026-12-31 periode tussen",
    "begin tot medio 2026": "2026-01-01 2026-08-31 periode tussen",
    "gepland voor 2026": "2026-01-01 2026-12-31 jaar in",
    "gepland voor de zomer": "- 2025-06-20 seizoen voor",
    "zes weken voor aanvang van het zomerreces": "- 2025-05-23 week uiterlijk",
    "uiterlijk 6 weken voorafgaand aan de LRT": "- - vaag voor duur=-P6W gebeurtenis=de_LRT",
    "vijf jaar na inwerkingtreding, en daarna om de vijf jaar": "- - vaag binnen duur=P5Y gebeurtenis=inwerkingtreding",
    "direct na inwerkingtreding": "- - vaag vanaf gebeurtenis=inwerkingtreding",
    "bij Voorjaarsnota 2026": "- - vaag op",
    "oplevering 2025": "2025-01-01 2025-12-31 jaar in",
    # Again and again.
    "ieder kwartaal, voor het eerst in Q3 2025": "2025-07-01 2025-09-30 kwartaal in herhaling=P3M",
    "jaarlijks": "2025-01-01 2025-12-31 jaar in herhaling=P1Y",
    "maandelijks": "2025-03-01 2025-03-31 maand in herhaling=P1M",
    "wekelijks": "2025-03-17 2025-03-23 week in herhaling=P1W",
    "elk voorjaar": "2025-03-21 2025-06-20 seizoen in herhaling=P1Y",
    "elke maandag": "2025-03-24 2025-03-24 dag op herhaling=P1W",
    "jaarlijks in juni": "2025-06-01 2025-06-30 maand in herhaling=P1Y",
    "halfjaarlijks, voor 1 juli": "- 2025-06-30 dag voor herhaling=P6M",
    "jaarlijks op Prinsjesdag": "2025-09-16 2025-09-16 dag op herhaling=P1Y",
    "tweejaarlijks": "- - vaag op herhaling=P2Y",
    "eens in de vier jaar": "- - vaag op herhaling=P4Y",
    "om de twee weken": "- - vaag op herhaling=P2W",
    # Lengths.
    "anderhalf jaar": "- - duur - duur=P18M",
    "een half jaar": "- - duur - duur=P6M",
    "2,5 jaar": "- - duur - duur=P30M",
    "twee en een half jaar": "- - duur - duur=P30M",
    "1 jaar en 6 maanden": "- - duur - duur=P18M",
    "anderhalve maand": "- - duur - duur=P1M15D",
    "een kwartaal": "- - duur - duur=P3M",
    "veertien dagen": "- - duur - duur=P14D",
    "48 uur": "- - duur - duur=PT48H",
    "na 6 jaar": "- - duur vanaf duur=P6Y",
    "na maximaal 14 weken": "- - duur uiterlijk duur=P14W",
    "enkele maanden": "- - duur -",
    # Hanging on something else.
    "uiterlijk zes weken na ontvangst van de brief": "- - vaag binnen duur=P6W gebeurtenis=ontvangst_van_de_brief",
    "twee weken voor de LRT": "- - vaag voor duur=-P2W gebeurtenis=de_LRT",
    "voor invoering": "- - vaag voor gebeurtenis=invoering",
    "na beëindiging van de RTB": "- - vaag vanaf gebeurtenis=beëindiging_van_de_RTB",
    "drie maanden na 1 juli 2025": "- 2025-10-01 maand binnen",
    "twee weken voor 1 juli 2025": "- 2025-06-17 week uiterlijk",
    "binnen een maand na de zomer": "- 2025-10-20 maand binnen",
    "binnen drie maanden na de LRT van 18 december 2024":
        "- 2025-03-18 maand binnen duur=P3M gebeurtenis=de_LRT_van_18_december_2024",
    "binnen enkele weken": "- - vaag binnen",
    "op de lange termijn": "- - vaag vanaf",
    "voor het kerstreces": "- - vaag op",
    # Counted from what begins or ends.
    "binnen drie weken na het begin van de pilot": "- - vaag binnen duur=P3W gebeurtenis=het_begin_van_de_pilot",
    "binnen 3 weken na begin van de procedure": "- - vaag binnen duur=P3W gebeurtenis=begin_van_de_procedure",
    "binnen drie weken na het begin van de eerste fase":
        "- - vaag binnen duur=P3W gebeurtenis=het_begin_van_de_eerste_fase",
    "binnen drie weken na het begin van het schooljaar":
        "- - vaag binnen duur=P3W gebeurtenis=het_begin_van_het_schooljaar",
    "binnen drie weken na het begin van het jaar": "- 2025-04-21 week binnen",
    "binnen drie maanden na het einde van het jaar": "- 2026-03-31 maand binnen",
    # Every month.
    "elke eerste maandag van de maand": "2025-04-07 2025-04-07 dag op herhaling=P1M",
    "iedere laatste vrijdag van de maand": "2025-03-28 2025-03-28 dag op herhaling=P1M",
    "eerste maandag van elke maand": "2025-04-07 2025-04-07 dag op herhaling=P1M",
    "eerste maandag per maand": "2025-04-07 2025-04-07 dag op herhaling=P1M",
    "elke maand, op de eerste maandag": "2025-04-07 2025-04-07 dag op herhaling=P1M",
    "maandelijks op de eerste maandag van de maand": "2025-04-07 2025-04-07 dag op herhaling=P1M",
    "elke vijfde maandag van de maand": "2025-03-31 2025-03-31 dag op herhaling=P1M",
    "de eerste maandag van de maand": "2025-04-07 2025-04-07 dag op",
    "elke eerste maandag van juni": "2025-06-02 2025-06-02 dag op herhaling=P1Y",
    "maandelijks op de 15e": "2025-04-15 2025-04-15 dag op herhaling=P1M",
    "elke maand op de 15e": "2025-04-15 2025-04-15 dag op herhaling=P1M",
    "op de 15e van elke maand": "2025-04-15 2025-04-15 dag op herhaling=P1M",
    "op 15 van elke maand": "2025-04-15 2025-04-15 dag op herhaling=P1M",
    "op de 15e van de maand": "2025-04-15 2025-04-15 dag op",
    "uiterlijk de 19e van elke maand": "- 2025-03-19 dag uiterlijk herhaling=P1M",
    "voor de 19e van elke maand": "- 2025-04-18 dag voor herhaling=P1M",
    "maandelijks voor de 15e": "- 2025-04-14 dag voor herhaling=P1M",
    "op de laatste dag van elke maand": "2025-03-31 2025-03-31 dag op herhaling=P1M",
    # Recesses: the days that were published, and no others.
    "voor het kerstreces 2023": "- 2023-12-21 periode voor",
    "na het kerstreces van 2023": "2024-01-16 - periode vanaf",
    "voor het herfstreces 2023": "- 2023-10-12 periode voor",
    "voor het voorjaarsreces 2024": "- 2024-02-15 periode voor",
    "voor het krokusreces 2024": "- 2024-02-15 periode voor",
    "in het meireces 2024": "2024-04-26 2024-05-13 periode in",
    "binnen twee weken na het meireces 2024": "- 2024-05-27 week binnen",
    "na het meireces": "- - vaag op",
    "voor het herfstreces": "- - vaag op",
    "voor het krokusreces": "- - vaag op",
    "voor het krokusreces 2026": "- - vaag op",
    "binnen twee weken na het kerstreces": "- - vaag binnen duur=P2W gebeurtenis=het_kerstreces",
}  # fmt: skip


@pytest.mark.parametrize("woorden", OOK)
def test_other_ways_to_say_when(woorden: str) -> None:
    assert zonder_alternatief(lees(woorden, PEIL)) == lezing(OOK[woorden])
    assert is_begrepen(woorden, PEIL) is True


GEEN_MOMENT = (
    "31 februari", "31 februari 2025", "voor 31 februari", "30-2-2025", "2025-02-30", "32 januari", "0 mei",
    "29 februari 2025",
    "29-2-2025", "Q5 2025", "5e kwartaal 2025", "week 54", "H3 2026", "2025-III", "31-13-2025", "40 juni 2026",
    "Wet van 6 maart 2013", "brief van 3 juli 2024", "Kamerbrief d.d. 21 april 2023", "motie Podt van 7 maart 2024",
    "Kamerstuk 19 637, nr. 2375", "Stb. 2023, 45", "Stcrt. 2026, 12", "(EU) 2024/1348", "artikel 12", "art. 3.2",
    "2025 euro", "€ 2.026", "€ 2026", "EUR 2030", "Spreidingswet 2026", "2000 plekken", "96.000", "2026 woningen",
    "070 370 79 11",
    "06-12345678",
    "vergaderjaar 2025-2026", "TK 2022-2023 22452 nr. 85", "Postbus 2026", "20250701", "0", "", "   ", "\n", "!?",
    "1", "2375",
    "qwerty", "kwartaalrapport", "de minister", "voor", "tot en met", "binnen", "jaar", "voor of na", "komende", "elke",
)  # fmt: skip


@pytest.mark.parametrize("tekst", GEEN_MOMENT)
def test_what_is_no_moment_or_no_day_stays_without_one_and_says_so(tekst: str) -> None:
    assert lees(tekst, PEIL) == VAAG
    assert is_begrepen(tekst, PEIL) is False


@pytest.mark.parametrize(
    ("woorden", "peil", "verwacht"),
    [
        ("voor 1 april", date(2025, 3, 31), "- 2025-03-31 dag voor"),
        ("voor 1 april", date(2025, 4, 1), "- 2026-03-31 dag voor"),
        ("1 april", date(2025, 4, 1), "2025-04-01 2025-04-01 dag op"),
        ("1 april", date(2025, 4, 2), "2026-04-01 2026-04-01 dag op"),
        ("uiterlijk juni", date(2025, 6, 30), "- 2025-06-30 maand uiterlijk"),
        ("in juni", date(2025, 7, 1), "2026-06-01 2026-06-30 maand in"),
        ("voor de zomer", date(2025, 6, 20), "- 2025-06-20 seizoen voor"),
        ("voor de zomer", date(2025, 6, 21), "- 2026-06-20 seizoen voor"),
        ("voor het zomerreces", date(2025, 7, 3), "- 2025-07-03 seizoen voor"),
        ("voor het zomerreces", date(2025, 7, 4), "- 2026-07-02 seizoen voor"),
        ("voor het zomerreces", date(2018, 3, 29), "- 2018-07-05 seizoen voor"),
        ("na de zomer", date(2023, 7, 7), "2023-09-01 2023-11-30 seizoen vanaf"),
        ("na de zomer", date(2025, 10, 1), "2025-09-01 2025-11-30 seizoen vanaf"),
        ("na de zomer", date(2025, 12, 1), "2026-09-01 2026-11-30 seizoen vanaf"),
        ("winter", date(2026, 1, 15), "2025-12-21 2026-03-20 seizoen in"),
        ("week 1", date(2025, 3, 19), "2025-12-29 2026-01-04 week in"),
        ("week 53", date(2025, 3, 19), "2026-12-28 2027-01-03 week in"),
        ("29 februari", date(2025, 3, 19), "2028-02-29 2028-02-29 dag op"),
        ("uiterlijk eind februari", date(2027, 12, 1), "- 2028-02-29 maand uiterlijk"),
        ("binnen een maand", date(2025, 1, 31), "- 2025-02-28 maand binnen"),
        ("Prinsjesdag", date(2025, 9, 17), "2026-09-15 2026-09-15 dag op"),
        ("elk kwartaal", date(2025, 12, 31), "2025-10-01 2025-12-31 kwartaal in herhaling=P3M"),
        ("volgende maand", date(2025, 12, 31), "2026-01-01 2026-01-31 maand in"),
        ("binnen drie werkdagen", date(2025, 4, 17), "- 2025-04-24 dag binnen"),
        ("volgend voorjaar", date(2025, 11, 1), "2026-03-21 2026-06-20 seizoen in"),
        ("dit najaar", date(2023, 7, 7), "2023-09-21 2023-12-20 seizoen in"),
        ("in het komende jaar", date(2018, 3, 29), "2018-03-29 2019-03-28 jaar in"),
        ("in 2015", date(2025, 3, 19), "2015-01-01 2015-12-31 jaar in"),
    ],
)
def test_counts_from_the_reference_date(woorden: str, peil: date, verwacht: str) -> None:
    assert zonder_alternatief(lees(woorden, peil)) == lezing(verwacht)


@pytest.mark.parametrize(
    ("woorden", "peil", "verwacht"),
    [
        ("voor het kerstreces", date(2023, 9, 1), "- 2023-12-21 periode voor"),
        ("na het kerstreces", date(2024, 1, 2), "2024-01-16 - periode vanaf"),
        # The next one is that of 2024, of which nothing is known.
        ("na het kerstreces", date(2024, 1, 16), "- - vaag op"),
        ("voor het kerstreces", date(2023, 12, 28), "- - vaag op"),
        ("voor het meireces", date(2024, 2, 1), "- 2024-04-25 periode voor"),
        ("voor het meireces", date(2023, 5, 1), "- 2024-04-25 periode voor"),
        # 2023 is not known: then the one of 2024 is not the first.
        ("voor het voorjaarsreces", date(2023, 1, 10), "- - vaag op"),
        ("voor het voorjaarsreces", date(2023, 12, 1), "- - vaag op"),
        ("voor het voorjaarsreces", date(2024, 1, 10), "- 2024-02-15 periode voor"),
    ],
)
def test_the_first_recess_only_when_its_days_are_known(woorden: str, peil: date, verwacht: str) -> None:
    assert zonder_alternatief(lees(woorden, peil)) == lezing(verwacht)
    assert is_begrepen(woorden, peil) is True


def test_words_of_every_month_read_as_the_next_one_from_the_day_after() -> None:
    """So a recurring milestone makes its next one: not every month has a fifth Monday, or a 31st."""
    assert lees("elke vijfde maandag van de maand", date(2025, 4, 1)).begin == date(2025, 6, 30)
    assert lees("op de 31e van elke maand", date(2025, 4, 1)).begin == date(2025, 5, 31)
    assert lees("op de laatste dag van elke maand", date(2024, 2, 1)).begin == date(2024, 2, 29)
    assert lees("op de 15e van elke maand", date(2025, 12, 16)).begin == date(2026, 1, 15)
    assert is_begrepen("op de 32e van elke maand", PEIL) is False


def test_summer_and_recess_name_each_other() -> None:
    zomer, reces = lees("voor de zomer", PEIL), lees("voor het zomerreces", PEIL)
    assert (zomer.einde, reces.einde) == (date(2025, 6, 20), date(2025, 7, 3))
    assert (zomer.alternatief, reces.alternatief) == (
        Lezing(None, date(2025, 7, 3), Precisie.SEIZOEN, Relatie.VOOR),
        Lezing(None, date(2025, 6, 20), Precisie.SEIZOEN, Relatie.VOOR),
    )
    assert lees("tot de zomer van 2026", PEIL).alternatief == Lezing(
        None, date(2026, 7, 2), Precisie.SEIZOEN, Relatie.TOT
    )
    # Between the two days the season is over and the recess is still to come.
    tussen = lees("voor de zomer", date(2025, 6, 25))
    assert (tussen.einde, tussen.alternatief and tussen.alternatief.einde) == (date(2026, 6, 20), date(2025, 7, 3))
    anders = [
        lees(woorden, PEIL).alternatief for woorden in ("in de zomer", "na de zomer", "voor 1 juli", "voor najaar")
    ]
    assert anders == [None] * 4


@pytest.mark.parametrize("peil", [date.min, date(1, 1, 2), date(9999, 12, 30), date.max])
def test_at_the_edge_of_the_calendar_nothing_breaks(peil: date) -> None:
    for woorden in (*RIJEN, *OOK, *GEEN_MOMENT):
        uit = lees(woorden, peil)
        assert uit.begin is None or uit.einde is None or uit.begin <= uit.einde, woorden
    assert lees("binnen zes weken", date.max) == VAAG
    assert lees("vorig jaar", date.min) == VAAG
    assert zonder_alternatief(lees("op 19 maart 2025", peil)) == lezing("2025-03-19 2025-03-19 dag op")
