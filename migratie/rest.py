"""House rules of the API: token, paging, strict filters, JSON in and out, headers.

Named in settings, imported by no app. Refusals are worded in migratie/problemen.py, the schema in migratie/openapi.py.
"""

import decimal
from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any

import orjson
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.utils import timezone
from django.utils.functional import Promise
from django_filters.rest_framework import DjangoFilterBackend
from knox.auth import TokenAuthentication
from rest_framework import exceptions, status
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from toegang.sleutels import (
    ALLEEN_LEZEN,
    BUITEN_BEREIK,
    buiten_bereik,
    meld_gebruik,
    meld_weigering,
    waarom_niet,
    zoek_sleutel,
)

if TYPE_CHECKING:  # at run time this would import the settings that name this very file
    from rest_framework.views import APIView

API_VERSIE = "1.0.0"
GROOTSTE_AANVRAAG = 1024 * 1024
# One sentence for a key that is unknown, malformed, expired, revoked or of somebody who left: nothing can be learned.
ONGELDIGE_SLEUTEL = "Deze sleutel werkt niet: hij is niet goed overgenomen, verlopen of ingetrokken."


class TokenToegang(TokenAuthentication):  # type: ignore[misc]
    """`Authorization: Token ...`: who asks, and that this key may do so. What its person may is asked further on."""

    def authenticate(self, request: Request) -> Any:
        """The person and the key; None where no key is given.

        Raises AuthenticationFailed, always in the same words, for a key that does not work for whatever reason, and
        PermissionDenied for a change with a key that only reads or a part of the API that it is not for.
        """
        try:
            uitkomst = super().authenticate(request)
        except exceptions.AuthenticationFailed:
            raise exceptions.AuthenticationFailed(ONGELDIGE_SLEUTEL) from None
        if uitkomst is None:
            return None
        sleutel, nu = uitkomst[1], timezone.now()
        meld_gebruik(sleutel, nu)
        if request.method not in ("GET", "HEAD", "OPTIONS") and not sleutel.schrijven:
            meld_weigering(sleutel, ALLEEN_LEZEN, nu)
            raise exceptions.PermissionDenied("Deze sleutel mag alleen lezen. Maak een sleutel met schrijfrecht.")
        gevonden = request.resolver_match
        if ontbreekt := buiten_bereik(sleutel, gevonden.route if gevonden else ""):
            meld_weigering(sleutel, BUITEN_BEREIK, nu)
            raise exceptions.PermissionDenied(
                f"Deze sleutel is niet voor dit onderdeel. Er ontbreekt in het bereik: {ontbreekt}."
            )
        return uitkomst

    def authenticate_credentials(self, token: bytes) -> Any:
        """The person and the key; raises AuthenticationFailed for anything that is not a key that works now."""
        sleutel, nu = zoek_sleutel(token), timezone.now()
        if sleutel is None:
            raise exceptions.AuthenticationFailed(ONGELDIGE_SLEUTEL)
        if waarom := waarom_niet(sleutel, nu):
            meld_weigering(sleutel, waarom, nu)
            raise exceptions.AuthenticationFailed(ONGELDIGE_SLEUTEL)
        return sleutel.user, sleutel


class Onderhandeling(DefaultContentNegotiation):
    """There is one form of answer, JSON; what a client says it prefers is no reason to refuse it."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The only one."""
        enige = next(iter(renderers))
        return enige, enige.media_type


class TeGroot(exceptions.APIException):
    """More is sent than any request needs."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "De aanvraag is te groot."


class JsonInvoer(BaseParser):
    """JSON in UTF-8; depth and size are bounded, so nothing that is sent can exhaust the server."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value; raises ParseError when it is not JSON."""
        ruw = stream.read(GROOTSTE_AANVRAAG + 1)
        if len(ruw) > GROOTSTE_AANVRAAG:
            raise TeGroot
        try:
            return orjson.loads(ruw)
        except orjson.JSONDecodeError as fout:
            raise exceptions.ParseError("De aanvraag is geen geldige JSON.") from fout


def _overig(waarde: Any) -> Any:
    if isinstance(waarde, decimal.Decimal):
        return float(waarde)
    if isinstance(waarde, Promise):
        return str(waarde)
    raise TypeError(f"geen JSON voor {type(waarde).__name__}")


class JsonWeergave(BaseRenderer):
    """JSON in UTF-8, moments in UTC; problems as application/problem+json (RFC 9457)."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The bytes of the answer."""
        antwoord = (renderer_context or {}).get("response")
        if antwoord is not None:
            antwoord["API-Version"] = API_VERSIE
            antwoord["Cache-Control"] = "no-store"
            if antwoord.status_code >= status.HTTP_400_BAD_REQUEST:
                antwoord["Content-Type"] = "application/problem+json"
        if data is None:
            return b""
        return orjson.dumps(data, default=_overig, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z)


def _getal(ruw: str, melding: str, naam: str) -> int:
    """A whole number of at least one; raises ValidationError naming the parameter."""
    if not (ruw.isascii() and ruw.isdigit() and len(ruw) <= 18 and int(ruw) >= 1):
        raise exceptions.ValidationError({naam: [melding]})
    return int(ruw)


class Sleutelbladen(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Pages of the keys of rows, from the query that counts them; the next one asks what is shown of those rows.

    What a row works out is then not worked out for all pages before it, and what it stands beside is not looked up.
    """

    def page(self, number: int | str) -> "Page[Any]":
        """The keys of the rows of a page, or the rows of what has none; raises EmptyPage past the end."""
        rijen = self.object_list
        if not isinstance(rijen, QuerySet) or not rijen.query.default_cols:  # a list, or columns instead of a model
            return super().page(number)
        begin = (int(number) - 1) * self.per_page
        if begin >= 2**62:  # further than the database can count
            raise EmptyPage(number)
        sleutels = list(rijen.values("pk").annotate(alle=Window(Count("*")))[begin : begin + self.per_page])
        if sleutels:
            self.count = int(sleutels[0]["alle"])
        nummer = self.validate_number(number)
        return Page([rij["pk"] for rij in sleutels], nummer, self)


class Bladering(PageNumberPagination):
    """`page` and `pageSize` (at most 500); anything else than a whole number in range is a 400, not a guess."""

    django_paginator_class = Sleutelbladen
    page_size_query_param = "pageSize"
    max_page_size = 500
    template = None
    page_query_description = "Nummer van de bladzijde, vanaf 1."
    page_size_query_description = "Aantal rijen per bladzijde, hoogstens 500; zonder waarde 25."
    invalid_page_message = "Deze bladzijde bestaat niet."

    def get_page_size(self, request: Request) -> int | None:
        """The size asked for; raises ValidationError when it is not 1..500."""
        ruw = request.query_params.get("pageSize")
        if ruw is None:
            return self.page_size
        melding = f"Geef een geheel getal van 1 tot en met {self.max_page_size}."
        grootte = _getal(ruw, melding, "pageSize")
        if grootte > self.max_page_size:
            raise exceptions.ValidationError({"pageSize": [melding]})
        return grootte

    def get_page_number(self, request: Request, paginator: "Paginator[Any]") -> int | str:
        """The page asked for; raises ValidationError when it is not a number. Past the end is for the caller: 404."""
        ruw = request.query_params.get("page")
        return 1 if ruw is None else _getal(ruw, "Geef een geheel getal vanaf 1.", "page")

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        """The two parameters with their bounds."""
        bladzijde, grootte = super().get_schema_operation_parameters(view)
        bladzijde["schema"] = {"type": "integer", "minimum": 1, "default": 1}
        grootte["schema"] = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [bladzijde, grootte]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The envelope of a list."""
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Aantal rijen op alle bladzijden samen."},
                "next": {**link, "description": "Adres van de volgende bladzijde, of null."},
                "previous": {**link, "description": "Adres van de vorige bladzijde, of null."},
                "results": schema,
            },
        }


class StrengFilter(DjangoFilterBackend):  # type: ignore[misc]
    """A filterset whose unknown names are refused: a mistyped filter must never answer everything.

    For the same reason a filter cannot be given twice or without a value.
    """

    bladeren = frozenset({"page", "pageSize"})

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: "APIView") -> QuerySet[Any]:
        """The filtered rows, all faults at once; `view.filterset` is what was applied, None when nothing was asked."""
        klasse = self.get_filterset_class(view, queryset)
        bekend = set(klasse.base_filters) if klasse else set()
        vrij = self.bladeren if getattr(view, "paginator", None) else frozenset()
        view.filterset = None  # type: ignore[attr-defined]
        fouten: dict[str, list[str]] = {}
        for naam, waarden in request.query_params.lists():
            if naam not in bekend | vrij:
                keuze = ", ".join(sorted(bekend | vrij)) or "geen"
                fouten[naam] = [f"Deze parameter bestaat niet. Wel: {keuze}."]
            elif len(waarden) > 1:
                fouten[naam] = ["Geef deze parameter hoogstens een keer."]
            elif not waarden[0]:
                fouten[naam] = ["Geef een waarde, of laat deze parameter weg."]
        if bekend & set(request.query_params):
            filterset = klasse(request.query_params, queryset, **view.filterset_opties())  # type: ignore[attr-defined]
            fouten = {**{naam: list(teksten) for naam, teksten in filterset.errors.items()}, **fouten}
            if not fouten:
                view.filterset = filterset  # type: ignore[attr-defined]
                queryset = filterset.qs
        if fouten:
            raise exceptions.ValidationError(fouten)
        return queryset
