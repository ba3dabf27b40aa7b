"""House rules of the API: token, paging, strict filters, version header.

Named in settings, imported by no app. Refusals are worded in migratie/problemen.py."""

import decimal
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import QuerySet
from django.utils.functional import Promise
from django_filters.rest_framework import DjangoFilterBackend
from knox.auth import TokenAuthentication
from rest_framework import exceptions, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

if TYPE_CHECKING:  # at run time these would import the settings that name this very file
    from rest_framework.views import APIView

API_VERSIE = "1.0.0"


class TokenToegang(TokenAuthentication):  # type: ignore[misc]
    """`Authorization: Token ...`; a token without the right to write can only read."""

    def authenticate_credentials(self, token: bytes) -> Any:
        """The person and the token; raises AuthenticationFailed for anything that is not a known token."""
        if not token.isascii():
            raise exceptions.AuthenticationFailed("De sleutel bevat tekens die niet kunnen.")
        return super().authenticate_credentials(token)

    def authenticate(self, request: Request) -> Any:
        """Refuses a change with a token that may only read."""
        uitkomst = super().authenticate(request)
        if uitkomst is not None and request.method not in ("GET", "HEAD", "OPTIONS") and not uitkomst[1].schrijven:
            raise exceptions.PermissionDenied("Deze sleutel mag alleen lezen. Maak een sleutel met schrijfrecht.")
        return uitkomst


def _overig(waarde: Any) -> Any:
    if isinstance(waarde, decimal.Decimal):
        return float(waarde)
    if isinstance(waarde, Promise):
        return str(waarde)
    raise TypeError(f"geen JSON voor {type(waarde).__name__}")


class JsonWeergave(BaseRenderer):
    """JSON in UTF-8; problems as application/problem+json (RFC 9457)."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None) -> bytes:
        """The bytes of the answer."""
        if data is None:
            return b""
        antwoord = (renderer_context or {}).get("response")
        if antwoord is not None:
            antwoord["API-Version"] = API_VERSIE
            if antwoord.status_code >= status.HTTP_400_BAD_REQUEST:
                antwoord["Content-Type"] = "application/problem+json"
        return orjson.dumps(data, default=_overig, option=orjson.OPT_NON_STR_KEYS)


class Bladering(PageNumberPagination):
    """`page` and `pageSize` (at most 500); anything else than a whole number in range is a 400, not a guess."""

    page_size_query_param = "pageSize"
    max_page_size = 500

    def get_page_size(self, request: Request) -> int | None:
        """The size asked for; raises ValidationError when it is not 1..500."""
        ruw = request.query_params.get("pageSize")
        if ruw is None:
            return self.page_size
        if not (ruw.isascii() and ruw.isdigit() and 1 <= int(ruw) <= self.max_page_size):
            raise exceptions.ValidationError({"pageSize": [f"Geef een geheel getal van 1 tot en met {self.max_page_size}."]})
        return int(ruw)


class StrengFilter(DjangoFilterBackend):  # type: ignore[misc]
    """A filterset whose unknown names are refused: a mistyped filter must never answer everything."""

    vrij = frozenset({"page", "pageSize", "format"})

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: "APIView") -> QuerySet[Any]:
        """The filtered rows; raises ValidationError for an unknown name or value."""
        klasse = self.get_filterset_class(view, queryset)
        bekend = set(klasse.base_filters) if klasse else set()
        onbekend = sorted(set(request.query_params) - bekend - self.vrij)
        if onbekend:
            keuze = ", ".join(sorted(bekend)) or "geen"
            raise exceptions.ValidationError({naam: [f"Dit filter bestaat niet. Wel: {keuze}."] for naam in onbekend})
        return super().filter_queryset(request, queryset, view)
