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
    Zichtniveau,
)

Object = dict[str, Any]


def tekst(model: type[Model] | None = None, veld: str = "", *, patroon: str = r"\S") -> Object:
    """A text that is not blank and fits the column it is meant for."""
    schema: Object = {"type": "string", "pattern": patroon}
    kolom = model._meta.get_field(veld) if model else None
    if isinstance(kolom, CharField) and kolom.max_length:
        schema["maxLength"] = kolom.max_length
    return schema


def keuze(waarden: list[str]) -> Object:
    """One of these values."""
    return {"enum": list(waarden)}


def vorm(verplicht: Object, vrij: Object | None = None) -> Object:
    """An entry with these fields and no others; those in `vrij` may be left out."""
    return {
        "type": "object",
        "properties": {**verplicht, **(vrij or {})},
        "required": list(verplicht),
        "additionalProperties": False,
    }


def lijst(inhoud: Object, **meer: Any) -> Object:
    """A list of entries like this one."""
    return {"type": "array", "items": inhoud, **meer}


DAG: Object = {"type": "string", "format": "date"}
REGEL: Object = {"type": "integer", "minimum": 1, "maximum": 1_000_000}
CODE = r"^[0-9a-z]+(-[0-9a-z]+)*\Z"
NAMEN: Object = lijst(tekst(), uniqueItems=True)
REGELS: Object = {"regelVan": REGEL, "regelTot": REGEL}
DUUR: Object = {"type": "string", "pattern": r"^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?\Z"}

TERMIJN: Object = {
    "begin": DAG,
    "einde": DAG,
    "duur": DUUR,
    "herhaling": DUUR,
    "voorWie": tekst(Mijlpaal, "voor_wie"),
    **REGELS,
}
WOORDEN: Object = {
    "kenmerk": tekst(Mijlpaal, "bron_id"),
    "termijnTekst": tekst(Mijlpaal, "termijn_tekst"),
    "precisie": keuze(Precisie.values),
    "relatie": keuze(Relatie.values),
}
MIJLPAAL = vorm(
    {**WOORDEN, "omschrijving": tekst(Mijlpaal, "omschrijving"), "hardheid": keuze(Hardheid.values)},
    {
        **TERMIJN,
        "cyclus": tekst(Mijlpaal, "cyclus"),
        "bron": tekst(Mijlpaal, "bron"),
        "toelichting": tekst(),
        "behaaldOp": DAG,
        "behaaldBewijs": tekst(),
    },
)
TIJDSAANDUIDING = vorm(WOORDEN, {**TERMIJN, "soortTekst": tekst(Tijdsaanduiding, "soort_tekst")})
MAATREGEL = vorm(
    {
        "code": tekst(Maatregel, "code", patroon=CODE),
        "titel": tekst(Maatregel, "titel"),
        "soort": keuze(Maatregelsoort.values),
        "aard": keuze(Aard.values),
    },
    {
        **REGELS,
        "onderdeelVan": tekst(),
        "geaccordeerd": {"type": "boolean"},
        "voorwaarde": tekst(),
        "verwijzingen": lijst({**tekst(), "maxLength": 250}),
        "toelichting": tekst(),
        "verantwoordelijk": NAMEN,
        "verantwoordelijkGeerfd": NAMEN,
        "betrokken": NAMEN,
        "wetstraject": vorm(
            {"soort": keuze(Regelingsoort.values), "standTekst": tekst(Wetstraject, "stand_tekst")},
            {"dossier": tekst(Wetstraject, "dossier")},
        ),
        "mijlpalen": lijst(MIJLPAAL),
        "tijdsaanduidingen": lijst(TIJDSAANDUIDING),
    },
)
PIJLER = vorm(
    {"nummer": tekst(Pijler, "nummer"), "titel": tekst(Pijler, "titel"), "maatregelen": lijst(MAATREGEL)},
    {
        **REGELS,
        "kopLetterlijk": tekst(Pijler, "kop_letterlijk"),
        "bovenliggend": tekst(),
        "verantwoordelijk": NAMEN,
        "inleiders": NAMEN,
        "toelichting": tekst(),
    },
)
GETAL: Object = {"type": ["number"], "minimum": -1e13, "maximum": 1e13}
CIJFER = vorm(
    {"indicator": tekst(Indicator, "naam"), "eenheid": tekst(Indicator, "eenheid")},
    {
        "waarde": GETAL,
        "waardeTot": GETAL,
        "waardeTekst": tekst(Meting, "waarde_tekst"),
        "vorige": tekst(Meting, "vorige"),
        "kwalificatie": tekst(Meting, "kwalificatie"),
        "periode": tekst(Meting, "periode"),
        "regel": REGEL,
    },
)
DOCUMENT = vorm(
    {
        "slug": tekst(Agenda, "slug", patroon=CODE),
        "titel": tekst(Agenda, "titel"),
        "soort": keuze(Agendasoort.values),
        "staat": keuze(Agendastaat.values),
        "geldtVanaf": DAG,
        "isLopend": {"type": "boolean"},
        "pijlers": lijst(PIJLER, minItems=1),
    },
    {
        "zichtbaarheid": keuze([niveau.name.lower() for niveau in Zichtniveau]),
        "titelBron": tekst(Agenda, "titel_bron"),
        "soortTekst": tekst(Agenda, "soort_tekst"),
        "documentdatum": DAG,
        "schattingVan": DAG,
        "schattingTot": DAG,
        "datumBasis": tekst(),
        "kenmerk": tekst(Agenda, "kenmerk"),
        "staatTekst": tekst(Agenda, "staat_tekst"),
        "toelichting": tekst(),
        "bronbestand": tekst(Agenda, "bronbestand", patroon=r"^[^/\\]+\Z"),
        "ondertekenaars": lijst(
            vorm({"rol": tekst(Ondertekenaar, "rol"), "naam": tekst(Ondertekenaar, "naam")}, {"regel": REGEL})
        ),
        "cijfers": lijst(CIJFER),
    },
)
ORGANISATIE = vorm(
    {
        "slug": tekst(Organisatie, "slug", patroon=CODE),
        "naam": tekst(Organisatie, "naam"),
        "afkorting": tekst(Organisatie, "afkorting"),
        "soort": keuze(Organisatiesoort.values),
    },
    {
        "tooiId": tekst(Organisatie, "tooi_id", patroon=r"^[a-z]+/[a-z]+\d+\Z"),
        "isRijk": {"type": "boolean"},
        "geldigVan": DAG,
        "geldigTot": DAG,
        "opvolger": tekst(),
        "toelichting": tekst(),
        "aliassen": NAMEN,
    },
)
THEMA = vorm(
    {
        "slug": tekst(Thema, "slug", patroon=CODE),
        "titel": tekst(Thema, "titel"),
        "maatregelen": lijst(tekst(), uniqueItems=True),
    },
    {"ontwikkeling": tekst(), "toelichting": tekst()},
)
BESTAND = tekst(patroon=r"^[^/\\]+\.json\Z")
SCHEMAS: dict[str, Object] = {
    "inhoud": vorm(
        {"organisaties": BESTAND, "themas": BESTAND, "documenten": lijst(BESTAND, minItems=1, uniqueItems=True)},
        {"cycli": lijst(BESTAND, uniqueItems=True)},
    ),
    "organisaties": vorm({"organisaties": lijst(ORGANISATIE)}),
    "themas": vorm({"themas": lijst(THEMA)}),
    "document": DOCUMENT,
    "cyclus": vorm(
        {"cyclus": tekst(Mijlpaal, "cyclus"), "maatregel": tekst(), "peildatum": DAG, "mijlpalen": lijst(MIJLPAAL)}
    ),
}
