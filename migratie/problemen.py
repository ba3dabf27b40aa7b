"""Every refusal of the API as problem+json (RFC 9457).

Apart from rest.py, because Django REST framework reads that file before its views exist.
"""

from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import server_error
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from migratie.drukte import ApiBezoekers, te_druk
from migratie.rest import API_VERSIE

log = structlog.get_logger(__name__)

TITELS = {
    HTTPStatus.BAD_REQUEST: "Ongeldige aanvraag",
    HTTPStatus.UNAUTHORIZED: "Niet aangemeld",
    HTTPStatus.FORBIDDEN: "Geen toegang",
    HTTPStatus.NOT_FOUND: "Niet gevonden",
    HTTPStatus.METHOD_NOT_ALLOWED: "Methode niet toegestaan",
    HTTPStatus.CONFLICT: "Conflict",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Aanvraag te groot",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Soort gegevens niet ondersteund",
    HTTPStatus.TOO_MANY_REQUESTS: "Te veel aanvragen",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Fout op de server",
}


def _inhoud(code: int, pad: str) -> dict[str, Any]:
    titel = TITELS.get(HTTPStatus(code), HTTPStatus(code).phrase)
    return {"type": "about:blank", "title": titel, "status": code, "instance": pad}


def probleem(fout: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as a problem: type, title, status, detail, and `errors` per field where there are any."""
    if isinstance(fout, (exceptions.NotAuthenticated, exceptions.AuthenticationFailed)):
        grens = ApiBezoekers()
        if not grens.allow_request(context["request"], context["view"]):
            fout = exceptions.Throttled(grens.wait())
    antwoord = exception_handler(fout, context)
    if antwoord is None:
        return None
    inhoud = _inhoud(antwoord.status_code, context["request"].path)
    gegevens = antwoord.data
    if isinstance(fout, exceptions.ValidationError):
        velden = gegevens if isinstance(gegevens, dict) else {"": gegevens}
        inhoud["detail"] = "De aanvraag klopt niet; er is niets gewijzigd."
        inhoud["errors"] = velden
    elif isinstance(fout, exceptions.Throttled):
        inhoud["detail"] = te_druk(getattr(fout, "wait", None))
        log.warning("te veel gevraagd", grens="API", persoon=context["request"].user.pk)
    elif isinstance(fout, Http404):
        inhoud["detail"] = "Dit bestaat niet, of u mag het niet zien."
    elif isinstance(fout, PermissionDenied):
        inhoud["detail"] = str(fout) or "U mag dit niet."
    else:
        inhoud["detail"] = str(gegevens.get("detail", "")) if isinstance(gegevens, dict) else str(gegevens)
    antwoord.data = inhoud
    return antwoord


def serverfout(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw: a problem for who asked the API, a page for everybody else. Django has logged it."""
    if not request.path.startswith("/api/"):
        return server_error(request)
    inhoud = _inhoud(HTTPStatus.INTERNAL_SERVER_ERROR, request.path)
    inhoud["detail"] = "Er ging iets mis. Het is vastgelegd; probeer het later opnieuw."
    return JsonResponse(
        inhoud, status=inhoud["status"], content_type="application/problem+json", headers={"API-Version": API_VERSIE}
    )
