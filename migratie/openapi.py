"""What the description of the API says of every operation alike: version header, refusals as problems, ETags."""

import copy
from typing import Any

from django.conf import settings
from drf_spectacular.openapi import AutoSchema

PROBLEEM = {
    "type": "object",
    "description": "Waarom iets niet kon (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Soort probleem."},
        "title": {"type": "string", "description": "Het probleem in een paar woorden."},
        "status": {"type": "integer", "description": "HTTP-statuscode."},
        "detail": {"type": "string", "description": "Wat er aan de hand is en wat u kunt doen."},
        "instance": {"type": "string", "description": "Het adres dat u vroeg."},
        "errors": {
            "type": "object",
            "description": "Per veld of parameter wat er niet klopt.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
VERSIEKOP = {
    "description": "Volledige versie van deze API.",
    "required": True,
    "schema": {"type": "string", "example": "1.0.0"},
}
ETAGKOP = {
    "description": "Kenmerk van deze stand; stuur het mee als If-None-Match of If-Match.",
    "schema": {"type": "string"},
}
WEIGERINGEN = {
    "400": "De aanvraag klopt niet; `errors` noemt elk veld of elke parameter.",
    "401": "De sleutel ontbreekt of geldt niet (meer).",
    "403": "U mag dit niet.",
    "404": "Dit bestaat niet, of u mag het niet zien.",
    "405": "Deze methode kan hier niet.",
    "409": "Dit kan niet in de huidige stand; er is niets gewijzigd.",
    "413": "De aanvraag is te groot.",
    "415": "Stuur JSON (application/json).",
    "429": "U vraagt meer dan kan; wacht zolang `Retry-After` zegt.",
}
TOEGANG = {
    "sleutel": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Token <sleutel>`. Een beheerder maakt de sleutel; zonder schrijfrecht kan zij alleen lezen.",
    },
    "sessie": {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "Wie in de browser is ingelogd; wijzigen vraagt dan ook de kop X-CSRFToken.",
    },
}
LEZEN = ("400", "401", "403", "404", "405", "429")


class Beschrijving(AutoSchema):
    """An operation, with the two ways to sign in."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Either of them."""
        return [{naam: []} for naam in TOEGANG]


def huisregels(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """The generated description, completed; called by drf-spectacular."""
    result["components"].setdefault("schemas", {})["Probleem"] = copy.deepcopy(PROBLEEM)
    result["components"]["securitySchemes"] = copy.deepcopy(TOEGANG)
    for pad, methoden in result["paths"].items():
        for methode, operatie in methoden.items():
            antwoorden = operatie["responses"]
            codes = LEZEN if methode == "get" else tuple(WEIGERINGEN)
            for code in codes:
                inhoud = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}}
                antwoorden.setdefault(code, {"description": WEIGERINGEN[code], "content": inhoud})
            is_detail = methode == "get" and pad.endswith("}")
            if is_detail:
                antwoorden["304"] = {"description": "Niet gewijzigd sinds de stand met deze ETag."}
                operatie.setdefault("parameters", []).append(
                    {
                        "in": "header",
                        "name": "If-None-Match",
                        "schema": {"type": "string"},
                        "description": "ETag van de stand die u al hebt; zonder wijziging volgt 304.",
                    }
                )
            for code, antwoord in antwoorden.items():
                koppen = antwoord.setdefault("headers", {})
                koppen["API-Version"] = dict(VERSIEKOP)
                if is_detail and code in ("200", "304"):
                    koppen["ETag"] = dict(ETAGKOP)
            if pad.endswith("openapi.json"):
                antwoorden["200"]["headers"]["access-control-allow-origin"] = {
                    "description": "Elke website mag deze beschrijving tonen.",
                    "schema": {"type": "string", "enum": ["*"]},
                    "example": "*",
                }
            antwoorden["429"]["headers"]["Retry-After"] = {
                "description": "Na hoeveel seconden u weer kunt vragen.",
                "schema": {"type": "integer", "minimum": 1},
            }
            antwoorden["401"]["headers"]["WWW-Authenticate"] = {
                "description": "Hoe u zich aanmeldt.",
                "schema": {"type": "string"},
            }
            operatie["responses"] = dict(sorted(antwoorden.items()))
    return result
