"""Every refusal of the API as problem+json (RFC 9457).

Apart from rest.py, because Django REST framework reads that file before its views exist.
"""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler


def probleem(fout: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as a problem: type, title, status, detail, and `errors` per field where there are any."""
    antwoord = exception_handler(fout, context)
    if antwoord is None:
        return None
    inhoud: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(antwoord.status_code).phrase,
        "status": antwoord.status_code,
        "instance": context["request"].path,
    }
    gegevens = antwoord.data
    if isinstance(fout, exceptions.ValidationError):
        velden = gegevens if isinstance(gegevens, dict) else {"": gegevens}
        inhoud["detail"] = "De aanvraag klopt niet; er is niets gewijzigd."
        inhoud["errors"] = velden
    elif isinstance(fout, Http404):
        inhoud["detail"] = "Dit bestaat niet, of u mag het niet zien."
    elif isinstance(fout, PermissionDenied):
        inhoud["detail"] = str(fout) or "U mag dit niet."
    else:
        inhoud["detail"] = str(gegevens.get("detail", "")) if isinstance(gegevens, dict) else str(gegevens)
    antwoord.data = inhoud
    return antwoord
