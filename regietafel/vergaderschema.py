"""The form of a data file of meetings: which fields, of which kind, no longer than the columns they are meant for."""

from maatregelen.documentschema import CODE, DAG, GETAL, NAMEN, REGEL, REGELS, Object, keuze, lijst, tekst, vorm
from maatregelen.models import Precisie, Relatie
from regietafel.models import (
    Aanwezigheid,
    Actiepunt,
    Actiesoort,
    Agendapunt,
    Besluitsoort,
    Bijlage,
    Deelname,
    Deelnamerol,
    Doel,
    Inbreng,
    Inbrengsoort,
    Reeks,
    Reekslid,
    Reekspunt,
    Trend,
    Vergadercijfer,
    Vergadering,
    Vergadersoort,
    Vergaderstaat,
    Vervangingsoort,
)

JA_OF_NEE: Object = {"type": "boolean"}
MINUTEN: Object = {"type": "integer", "minimum": 5, "maximum": 1440}
KENMERK = tekst(Inbreng, "bron_id", patroon=r"^[A-Z]+-\d+\Z")
NAAM = tekst(patroon=CODE)

REEKS = vorm(
    {
        "slug": tekst(Reeks, "slug", patroon=CODE),
        "naam": tekst(Reeks, "naam"),
        "afkorting": tekst(Reeks, "afkorting"),
        "duurMinuten": MINUTEN,
        "leden": lijst(
            vorm(
                {"organisatie": tekst(), "ambt": tekst(Reekslid, "ambt"), "vanaf": DAG},
                {
                    "aanhef": tekst(Reekslid, "aanhef"),
                    "naam": tekst(Reekslid, "naam"),
                    "voorzitter": JA_OF_NEE,
                    "tot": DAG,
                },
            ),
            uniqueItems=True,
        ),
        "punten": lijst(
            vorm(
                {"titel": tekst(Reekspunt, "titel")},
                {"doel": keuze(Doel.values), "duurMinuten": MINUTEN, "slot": JA_OF_NEE},
            ),
            uniqueItems=True,
        ),
    },
    {"plaats": tekst(Reeks, "plaats")},
)
DEELNEMER = vorm(
    {"kenmerk": NAAM, "rol": keuze(Deelnamerol.values), "aanwezigheid": keuze(Aanwezigheid.values)},
    {
        "organisatie": tekst(),
        "aanhef": tekst(Deelname, "aanhef"),
        "naam": tekst(Deelname, "naam"),
        "ambt": tekst(Deelname, "ambt"),
        "ambtAfgeleid": JA_OF_NEE,
        "vervanging": keuze([soort for soort in Vervangingsoort.values if soort]),
        "vervanger": tekst(Deelname, "vervanger"),
        "toelichting": tekst(Deelname, "toelichting"),
        "regel": REGEL,
    },
)
INBRENG = vorm(
    {"kenmerk": KENMERK, "soort": keuze(Inbrengsoort.values), "spreker": tekst(Inbreng, "spreker"), "tekst": tekst()},
    {"organisatie": tekst(), "open": JA_OF_NEE, "maatregelen": NAMEN, **REGELS},
)
BESLUIT = vorm(
    {"kenmerk": KENMERK, "soort": keuze(Besluitsoort.values), "tekst": tekst()},
    {
        "toelichting": tekst(),
        "maatregelen": NAMEN,
        # What was done in the meeting itself needs no reporting back to it.
        "uitgevoerd": vorm({"op": DAG, "uitkomst": tekst()}),
        **REGELS,
    },
)
ACTIEPUNT = vorm(
    {"kenmerk": KENMERK, "soort": keuze(Actiesoort.values), "wat": tekst()},
    {
        "organisatie": tekst(),
        "wie": tekst(Actiepunt, "wie_tekst"),
        "afgesproken": JA_OF_NEE,
        "termijnTekst": tekst(Actiepunt, "termijn_tekst"),
        "begin": DAG,
        "einde": DAG,
        "precisie": keuze(Precisie.values),
        "relatie": keuze(Relatie.values),
        "voorwaarde": tekst(Actiepunt, "voorwaarde"),
        "besluit": KENMERK,
        "voorVergadering": NAAM,
        "mijlpaal": tekst(patroon=r"^[^/]+/[^/]+\Z"),
        "toelichting": tekst(),
        "maatregelen": NAMEN,
        **REGELS,
    },
)
VERGADERCIJFER = vorm(
    {"kenmerk": KENMERK, "naam": tekst(Vergadercijfer, "naam"), "waarde": GETAL},
    {
        "waardeTot": GETAL,
        "vorigeWaarde": GETAL,
        "eenheid": tekst(Vergadercijfer, "eenheid"),
        "kwalificatie": tekst(Vergadercijfer, "kwalificatie"),
        "periode": tekst(Vergadercijfer, "periode"),
        "toelichting": tekst(Vergadercijfer, "toelichting"),
        "maatregelen": NAMEN,
        **REGELS,
    },
)
TREND = vorm({"kenmerk": KENMERK, "onderwerp": tekst(Trend, "onderwerp"), "duiding": tekst(Trend, "duiding")}, REGELS)
AGENDAPUNT = vorm(
    {"nummer": {"type": "integer", "minimum": 1, "maximum": 1000}, "titel": tekst(Agendapunt, "titel")},
    {
        "doel": keuze(Doel.values),
        "duurMinuten": MINUTEN,
        "toelichting": tekst(),
        "inleiders": NAMEN,
        "bijlagen": lijst(vorm({"naam": tekst(Bijlage, "naam")}, {"regel": REGEL})),
        "maatregelen": NAMEN,
        "regel": REGEL,
        "inbreng": lijst(INBRENG),
        "besluiten": lijst(BESLUIT),
        "actiepunten": lijst(ACTIEPUNT),
        "cijfers": lijst(VERGADERCIJFER),
        "trends": lijst(TREND),
    },
)
VERGADERING = vorm(
    {
        "slug": tekst(Vergadering, "slug", patroon=CODE),
        "reeks": NAAM,
        "soort": keuze(Vergadersoort.values),
        "titel": tekst(Vergadering, "titel"),
        "bekendVanaf": DAG,
        # The steps of the meeting, with the day of each; the last is how far it is.
        "staten": lijst(vorm({"naar": keuze(Vergaderstaat.values), "per": DAG, "toelichting": tekst()}), minItems=1),
    },
    {
        "datum": DAG,
        "datumTekst": tekst(Vergadering, "datum_tekst"),
        "schattingVan": DAG,
        "schattingTot": DAG,
        "documentdatum": DAG,
        "plaats": tekst(Vergadering, "plaats"),
        "kenmerk": tekst(Vergadering, "kenmerk"),
        "secretariaat": tekst(Vergadering, "secretariaat"),
        "vastgesteldIn": NAAM,
        "toelichting": tekst(),
        "deelnemers": lijst(DEELNEMER),
        "agendapunten": lijst(AGENDAPUNT),
    },
)
BESTAND = tekst(patroon=r"^[^/\\]+\.json\Z")
INHOUD = vorm({"reeksen": BESTAND, "vergaderingen": lijst(BESTAND, minItems=1, uniqueItems=True)})
REEKSEN = vorm({"reeksen": lijst(REEKS)})
VERGADERINGEN = vorm({"vergaderingen": lijst(VERGADERING)})
# How a message calls the entries of a list.
INGANGEN = {
    "reeksen": ("reeks", "slug"),
    "vergaderingen": ("vergadering", "slug"),
    "deelnemers": ("deelnemer", "kenmerk"),
    "agendapunten": ("agendapunt", "nummer"),
    "bijlagen": ("bijlage", "naam"),
    "inbreng": ("inbreng", "kenmerk"),
    "besluiten": ("besluit", "kenmerk"),
    "actiepunten": ("actiepunt", "kenmerk"),
    "cijfers": ("cijfer", "kenmerk"),
    "trends": ("trend", "kenmerk"),
}
