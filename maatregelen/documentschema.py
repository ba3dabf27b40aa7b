"""What a data file looks like: which fields, of which kind, no longer than the columns they are meant for."""

from typing import Any

from django.db.models import CharField, Model

from maatregelen.models import (
    Aard,
    Agenda,
    Agendasoort,
    Agendastaat,
    Hardheid,
    Indicator,
    Maatregel,
    Maatregelsoort,
    Meting,
    Mijlpaal,
    Ondertekenaar,
    Organisatie,
    Organisatiesoort,
    Pijler,
    Precisie,
    Regelingsoort,
    Relatie,
    Thema,
    Tijdsaanduiding,
    Wetstraject,
)

Object = dict[str, Any]


def _tekst(model: type[Model] | None = None, veld: str = "", *, patroon: str = r"\S") -> Object:
    """A text that is not blank and fits the column it is meant for."""
    schema: Object = {"type": "string", "pattern": patroon}
    kolom = model._meta.get_field(veld) if model else None
    if isinstance(kolom, CharField) and kolom.max_length:
        schema["maxLength"] = kolom.max_length
    return schema


def _keuze(waarden: list[str]) -> Object:
    return {"enum": list(waarden)}


def _object(verplicht: Object, vrij: Object | None = None) -> Object:
    return {
        "type": "object",
        "properties": {**verplicht, **(vrij or {})},
        "required": list(verplicht),
        "additionalProperties": False,
    }


def _lijst(inhoud: Object, **meer: Any) -> Object:
    return {"type": "array", "items": inhoud, **meer}


DAG: Object = {"type": "string", "format": "date"}
REGEL: Object = {"type": "integer", "minimum": 1, "maximum": 1_000_000}
CODE = r"^[0-9a-z]+(-[0-9a-z]+)*\Z"
NAMEN: Object = _lijst(_tekst(), uniqueItems=True)
REGELS: Object = {"regelVan": REGEL, "regelTot": REGEL}
DUUR: Object = {"type": "string", "pattern": r"^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?\Z"}

TERMIJN: Object = {
    "begin": DAG,
    "einde": DAG,
    "duur": DUUR,
    "herhaling": DUUR,
    "voorWie": _tekst(Mijlpaal, "voor_wie"),
    **REGELS,
}
WOORDEN: Object = {
    "kenmerk": _tekst(Mijlpaal, "bron_id"),
    "termijnTekst": _tekst(Mijlpaal, "termijn_tekst"),
    "precisie": _keuze(Precisie.values),
    "relatie": _keuze(Relatie.values),
}
MIJLPAAL = _object(
    {**WOORDEN, "omschrijving": _tekst(Mijlpaal, "omschrijving"), "hardheid": _keuze(Hardheid.values)},
    {
        **TERMIJN,
        "cyclus": _tekst(Mijlpaal, "cyclus"),
        "bron": _tekst(Mijlpaal, "bron"),
        "toelichting": _tekst(),
        "behaaldOp": DAG,
        "behaaldBewijs": _tekst(),
    },
)
TIJDSAANDUIDING = _object(WOORDEN, {**TERMIJN, "soortTekst": _tekst(Tijdsaanduiding, "soort_tekst")})
MAATREGEL = _object(
    {
        "code": _tekst(Maatregel, "code", patroon=CODE),
        "titel": _tekst(Maatregel, "titel"),
        "soort": _keuze(Maatregelsoort.values),
        "aard": _keuze(Aard.values),
    },
    {
        **REGELS,
        "onderdeelVan": _tekst(),
        "geaccordeerd": {"type": "boolean"},
        "voorwaarde": _tekst(),
        "verwijzingen": _lijst({**_tekst(), "maxLength": 250}),
        "toelichting": _tekst(),
        "verantwoordelijk": NAMEN,
        "verantwoordelijkGeerfd": NAMEN,
        "betrokken": NAMEN,
        "wetstraject": _object(
            {"soort": _keuze(Regelingsoort.values), "standTekst": _tekst(Wetstraject, "stand_tekst")},
            {"dossier": _tekst(Wetstraject, "dossier")},
        ),
        "mijlpalen": _lijst(MIJLPAAL),
        "tijdsaanduidingen": _lijst(TIJDSAANDUIDING),
    },
)
PIJLER = _object(
    {"nummer": _tekst(Pijler, "nummer"), "titel": _tekst(Pijler, "titel"), "maatregelen": _lijst(MAATREGEL)},
    {
        **REGELS,
        "kopLetterlijk": _tekst(Pijler, "kop_letterlijk"),
        "bovenliggend": _tekst(),
        "verantwoordelijk": NAMEN,
        "inleiders": NAMEN,
        "toelichting": _tekst(),
    },
)
GETAL: Object = {"type": ["number"], "minimum": -1e13, "maximum": 1e13}
CIJFER = _object(
    {"indicator": _tekst(Indicator, "naam"), "eenheid": _tekst(Indicator, "eenheid")},
    {
        "waarde": GETAL,
        "waardeTot": GETAL,
        "waardeTekst": _tekst(Meting, "waarde_tekst"),
        "vorige": _tekst(Meting, "vorige"),
        "kwalificatie": _tekst(Meting, "kwalificatie"),
        "periode": _tekst(Meting, "periode"),
        "regel": REGEL,
    },
)
DOCUMENT = _object(
    {
        "slug": _tekst(Agenda, "slug", patroon=CODE),
        "titel": _tekst(Agenda, "titel"),
        "soort": _keuze(Agendasoort.values),
        "staat": _keuze(Agendastaat.values),
        "geldtVanaf": DAG,
        "isLopend": {"type": "boolean"},
        "pijlers": _lijst(PIJLER, minItems=1),
    },
    {
        "titelBron": _tekst(Agenda, "titel_bron"),
        "soortTekst": _tekst(Agenda, "soort_tekst"),
        "documentdatum": DAG,
        "schattingVan": DAG,
        "schattingTot": DAG,
        "datumBasis": _tekst(),
        "kenmerk": _tekst(Agenda, "kenmerk"),
        "staatTekst": _tekst(Agenda, "staat_tekst"),
        "toelichting": _tekst(),
        "bronbestand": _tekst(Agenda, "bronbestand", patroon=r"^[^/\\]+\Z"),
        "ondertekenaars": _lijst(
            _object({"rol": _tekst(Ondertekenaar, "rol"), "naam": _tekst(Ondertekenaar, "naam")}, {"regel": REGEL})
        ),
        "cijfers": _lijst(CIJFER),
    },
)
ORGANISATIE = _object(
    {
        "slug": _tekst(Organisatie, "slug", patroon=CODE),
        "naam": _tekst(Organisatie, "naam"),
        "afkorting": _tekst(Organisatie, "afkorting"),
        "soort": _keuze(Organisatiesoort.values),
    },
    {
        "tooiId": _tekst(Organisatie, "tooi_id", patroon=r"^[a-z]+/[a-z]+\d+\Z"),
        "geldigVan": DAG,
        "geldigTot": DAG,
        "opvolger": _tekst(),
        "toelichting": _tekst(),
        "aliassen": NAMEN,
    },
)
THEMA = _object(
    {
        "slug": _tekst(Thema, "slug", patroon=CODE),
        "titel": _tekst(Thema, "titel"),
        "maatregelen": _lijst(_tekst(), uniqueItems=True),
    },
    {"ontwikkeling": _tekst(), "toelichting": _tekst()},
)
BESTAND = _tekst(patroon=r"^[^/\\]+\.json\Z")
SCHEMAS: dict[str, Object] = {
    "inhoud": _object(
        {"organisaties": BESTAND, "themas": BESTAND, "documenten": _lijst(BESTAND, minItems=1, uniqueItems=True)},
        {"cycli": _lijst(BESTAND, uniqueItems=True)},
    ),
    "organisaties": _object({"organisaties": _lijst(ORGANISATIE)}),
    "themas": _object({"themas": _lijst(THEMA)}),
    "document": DOCUMENT,
    "cyclus": _object(
        {"cyclus": _tekst(Mijlpaal, "cyclus"), "maatregel": _tekst(), "peildatum": DAG, "mijlpalen": _lijst(MIJLPAAL)}
    ),
}
