"""The API: lists and details of every noun, and changing a status. Milestones have a room of their own.

A list and a detail are made from the same five answers per noun: which rows this person may see, in which order, how
they are narrowed down, how they are shown and by which key one is found.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any, ClassVar, TypeVar, cast

import orjson
from django.core.exceptions import ValidationError as Invoerfout
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import parse_etags
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maatregelen import filters, serializers
from maatregelen.blikveld import Blik, kijkend
from maatregelen.models import Agenda, Indicator, Maatregel, Mijlpaal, Organisatie, Persoon, Pijler, Statuswijziging
from maatregelen.statuswissel import OngeldigeOvergang, wijzig_status
from maatregelen.termijnkalender import op_sleuteldag
from maatregelen.tijdreis import PEILDATUM, SLEUTELS, Tijdfout, hier, lees_tijdstip, terug
from maatregelen.versiebewaking import Verouderd
from maatregelen.wijzigingen import benoem, grens, wijzigingen
from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    mag_status_wijzigen,
    mag_wijzigingen_zien,
    peildag,
    terugkijkend,
    zichtbare_agendas,
    zichtbare_indicatoren,
    zichtbare_maatregelen,
    zichtbare_mijlpalen,
    zichtbare_organisaties,
    zichtbare_pijlers,
    zichtbare_statuswijzigingen,
)

METHODEN = ["get", "head", "post"]
Handeling = TypeVar("Handeling", bound=Callable[..., Response])


class Conflict(exceptions.APIException):
    """What is asked cannot be done as things stand now."""

    status_code = status.HTTP_409_CONFLICT


def etag(inhoud: Mapping[str, Any]) -> str:
    """A strong ETag of everything that is shown, whoever changed it and however."""
    ruw = orjson.dumps(inhoud, default=str, option=orjson.OPT_NON_STR_KEYS)
    return f'"{hashlib.blake2b(ruw, digest_size=16).hexdigest()}"'


def onjuist(fout: Invoerfout) -> exceptions.ValidationError:
    """What a matter module refused, under the names that fields have in JSON."""
    if not hasattr(fout, "error_dict"):
        return exceptions.ValidationError({"non_field_errors": fout.messages})
    return exceptions.ValidationError({serializers.json_naam(veld): zin for veld, zin in fout.message_dict.items()})


def versie_van(
    request: Request, rij: type[serializers.Rij], rijen: QuerySet[Any], versie: int | None, *, blik: Blik
) -> int | None:
    """The version the client had, who looks with `blik`; with an older ETag one that never was: refused."""
    gezien = request.headers.get("If-Match")
    if gezien is None or gezien.strip() == "*":
        return versie
    with kijkend(blik):
        (stand,) = rij.lees(rijen)
    if etag(stand) not in parse_etags(gezien):
        return 0
    return versie if versie is not None else int(stand["versie"])


class Bron(GenericAPIView[Any]):
    """What lists and details share."""

    http_method_names = METHODEN
    rij: ClassVar[type[serializers.Rij]]
    filterset: filters.Filters | None

    @cached_property
    def wie(self) -> Bevoegdheid:
        """The person who asks, and the day on which."""
        return Bevoegdheid(self.request.user, timezone.localdate())

    def filterset_opties(self) -> dict[str, Any]:
        """What a filterset needs besides the address."""
        return {"wie": self.wie, "alleen_gegeven": True}

    def zichtbaar(self) -> QuerySet[Any]:
        """The rows this person may see, in a total order."""
        raise NotImplementedError

    def get_serializer_class(self) -> type[serializers.Rij]:
        """For the schema."""
        return self.rij

    @contextmanager
    def toen(self) -> Iterator[None]:
        """Everything within this is answered as of when the address asks, with the rights of today.

        Raises ValidationError for what is no moment in the past, with what else is wrong when that is known.
        """
        gevraagd = {naam: self.request.query_params.get(naam, "").replace("\x00", "?") for naam in SLEUTELS}
        if dag := peildag(self.wie, gevraagd[PEILDATUM]):
            gevraagd[PEILDATUM] = dag.isoformat()
        try:
            tijdstip = lees_tijdstip(gevraagd, nu=timezone.now())
        except Tijdfout as fout:
            self.filter_queryset(self.zichtbaar())
            raise exceptions.ValidationError({naam: [zin] for naam, zin in fout.fouten.items()}) from fout
        with kijkend(self.wie.blik):
            if tijdstip is None:
                yield
                return
            self.wie = terugkijkend(self.wie, tijdstip.dag)
            with terug(tijdstip):
                yield

    def getoond(self, rijen: list[Any]) -> list[dict[str, Any]]:
        """The rows as they are shown: on a day without what is later knowledge."""
        inhoud = self.rij.inhoud(rijen)
        tijdstip = hier()
        if tijdstip is not None and tijdstip.peildatum is not None:
            for naam in map(serializers.json_naam, self.rij.leeg_toen):
                for rij in inhoud:
                    rij[naam] = None
        return inhoud

    def lijst(self, request: Request) -> Response:
        """A page of the rows that were asked for."""
        with self.toen():
            rijen = self.filter_queryset(self.zichtbaar())
            sleutels = self.paginate_queryset(rijen) or []
            inhoud = self.getoond(list(self.rij.query(rijen.filter(pk__in=sleutels)))) if sleutels else []
            return self.get_paginated_response(inhoud)

    def een(self, request: Request, **sleutel: Any) -> Response:
        """One row with its ETag; only the ETag again when the client has it already."""
        with self.toen():
            rijen = self.filter_queryset(self.zichtbaar())
            gevonden = self.getoond(list(self.rij.query(rijen.filter(**sleutel))))
        if not gevonden:
            raise Http404
        kenmerk = etag(gevonden[0])
        bekend = parse_etags(request.headers.get("If-None-Match", ""))
        if bekend == ["*"] or kenmerk in [een.removeprefix("W/") for een in bekend]:
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": kenmerk})
        return Response(gevonden[0], headers={"ETag": kenmerk})


class Agendabron(Bron):
    queryset = Agenda.objects.none()
    rij = serializers.AgendaSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """Newest first."""
        return zichtbare_agendas(self.wie).order_by("-geldt_vanaf", "slug")


class Pijlerbron(Bron):
    queryset = Pijler.objects.none()
    rij = serializers.PijlerSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """In the order of the documents, the newest first."""
        return zichtbare_pijlers(self.wie).order_by("-agenda__geldt_vanaf", "agenda__slug", "volgorde", "nummer", "id")


class Maatregelbron(Bron):
    queryset = Maatregel.objects.none()
    rij = serializers.MaatregelSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """In the order of the documents, the newest first."""
        return zichtbare_maatregelen(self.wie).order_by(
            "-pijler__agenda__geldt_vanaf", "pijler__agenda__slug", "pijler__volgorde", "volgorde", "code"
        )


class Mijlpaalbron(Bron):
    queryset = Mijlpaal.objects.none()
    rij = serializers.MijlpaalSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """In the order of the calendar; what has no day comes last."""
        return op_sleuteldag(zichtbare_mijlpalen(self.wie))


class Organisatiebron(Bron):
    queryset = Organisatie.objects.none()
    rij = serializers.OrganisatieSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """By short name. On a day only those that were there; a page still shows who had ended."""
        rijen = zichtbare_organisaties(self.wie).order_by("afkorting", "slug")
        return rijen.geldig(self.wie.vandaag) if self.wie.kijkt_terug else rijen


class Statuswijzigingbron(Bron):
    queryset = Statuswijziging.objects.none()
    rij = serializers.StatuswijzigingSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """What took effect last comes first."""
        return zichtbare_statuswijzigingen(self.wie).order_by("-per", "-id")


class Indicatorbron(Bron):
    queryset = Indicator.objects.none()
    rij = serializers.IndicatorSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """By name."""
        return zichtbare_indicatoren(self.wie).order_by("naam", "slug")


class Wijzigingbron(Bron):
    """The change feed; see maatregelen/wijzigingen.py for what it promises."""

    queryset = Maatregel.objects.none()
    filterset_class = filters.WijzigingFilters

    def get_serializer_class(self) -> Any:
        """For the schema."""
        return serializers.WijzigingSerializer

    def lijst(self, request: Request) -> Response:
        """A page of the feed. It only grows at its end, so pages stay what they are while one walks through them."""
        with self.toen():
            return self._bladzijde()

    def _bladzijde(self) -> Response:
        self.filter_queryset(Maatregel.objects.none())
        gevraagd = self.filterset.form.cleaned_data if self.filterset else {}
        tot = grens() if mag_wijzigingen_zien(self.wie) else None
        rijen: Any = (
            wijzigingen(tot=tot, **{naam: gevraagd.get(naam) or None for naam in ("sinds", "na", "soort")})
            if tot
            else []
        )
        bladzijde = self.paginate_queryset(rijen)
        inhoud = [
            {serializers.json_naam(naam): waarde for naam, waarde in vars(wijziging).items()}
            for wijziging in benoem(bladzijde or [])
        ]
        return self.get_paginated_response(inhoud)


def lijst_van(tag: str, wat: str, soort: Any) -> Callable[[Handeling], Handeling]:
    return extend_schema(operation_id=f"{tag}Lijst", tags=[tag], summary=wat, responses={200: soort(many=True)})


def een_van(tag: str, wat: str, soort: Any) -> Callable[[Handeling], Handeling]:
    toen = [
        OpenApiParameter("peildatum", OpenApiTypes.STR, description=filters.PEILDATUM, required=False),
        OpenApiParameter("gezienOp", OpenApiTypes.STR, description=filters.GEZIEN_OP, required=False),
    ]
    return extend_schema(operation_id=f"{tag}Een", tags=[tag], summary=wat, responses={200: soort}, parameters=toen)


class Agendas(Agendabron):
    filterset_class = filters.AgendaFilters

    @lijst_van("agendas", "Beleidsagenda's, de nieuwste eerst", serializers.AgendaSerializer)
    def get(self, request: Request) -> Response:
        """Een agenda is een stuk met afspraken: een brief, een akkoord, een verslag; nooit die van een vergadering."""
        return self.lijst(request)


class EenAgenda(Agendabron):
    pagination_class = None
    filterset_class = filters.EenInDeTijd
    lookup_field = "slug"

    @een_van("agendas", "Een beleidsagenda", serializers.AgendaSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Een agenda op adresnaam."""
        return self.een(request, slug=slug)


class Pijlers(Pijlerbron):
    filterset_class = filters.PijlerFilters

    @lijst_van("pijlers", "Pijlers van agenda's", serializers.PijlerSerializer)
    def get(self, request: Request) -> Response:
        """Een hoofdstuk van een agenda; de verantwoordelijke in de kop geldt voor de maatregelen eronder."""
        return self.lijst(request)


class EenPijler(Pijlerbron):
    pagination_class = None
    filterset_class = filters.EenInDeTijd
    lookup_field = "id"

    @een_van("pijlers", "Een pijler", serializers.PijlerSerializer)
    def get(self, request: Request, **sleutel: int) -> Response:
        """Een pijler op nummer."""
        return self.een(request, **sleutel)


class Maatregelen(Maatregelbron):
    filterset_class = filters.MaatregelFilters

    @lijst_van("maatregelen", "Maatregelen", serializers.MaatregelSerializer)
    def get(self, request: Request) -> Response:
        """Wat er moet gebeuren, door wie, wanneer, en hoe het ermee staat. `agenda` is de adresnaam van de agenda."""
        return self.lijst(request)


class EenMaatregel(Maatregelbron):
    pagination_class = None
    filterset_class = filters.EenInDeTijd
    lookup_field = "code"

    @een_van("maatregelen", "Een maatregel", serializers.MaatregelSerializer)
    def get(self, request: Request, code: str) -> Response:
        """Een maatregel op code."""
        return self.een(request, code=code)


class Maatregelstatus(Maatregelbron):
    """The status of a measure: rights first, then the form, then whether the move is possible as things stand."""

    pagination_class = None
    lookup_field = "code"

    @extend_schema(
        operation_id="maatregelenStatusWijzigen",
        tags=["maatregelen"],
        summary="De status van een maatregel wijzigen",
        request=serializers.StatusInvoerSerializer,
        responses={201: serializers.StatusGewijzigdSerializer},
        parameters=[
            OpenApiParameter(
                "If-Match",
                str,
                OpenApiParameter.HEADER,
                description="ETag van de maatregel die u voor u had; is die gewijzigd, dan gebeurt niets (409).",
            )
        ],
    )
    def post(self, request: Request, code: str) -> Response:
        """Wijzigt de status, met een reden. Wat nog kan staat in de melding als het niet kan (409)."""
        maatregel: Maatregel = get_object_or_404(self.zichtbaar(), code=code)
        if not mag_status_wijzigen(self.wie, maatregel):
            raise exceptions.PermissionDenied(
                "U kunt de status van deze maatregel niet wijzigen: dat doen dossierhouders van de organisatie die "
                "verantwoordelijk is, of het LRT-secretariaat zolang er geen trekker is."
            )
        invoer = serializers.StatusInvoerSerializer(data=request.data)
        invoer.is_valid(raise_exception=True)
        gevraagd = invoer.validated_data
        try:
            wijziging = wijzig_status(
                maatregel,
                gevraagd["status"],
                door=cast(Persoon, self.wie.persoon),
                toelichting=gevraagd["toelichting"],
                per=gevraagd.get("per"),
                versie=versie_van(
                    request, self.rij, self.zichtbaar().filter(code=code), gevraagd.get("versie"), blik=self.wie.blik
                ),
            )
        except Invoerfout as fout:
            raise onjuist(fout) from fout
        except (OngeldigeOvergang, Verouderd) as fout:
            raise Conflict(str(fout)) from fout
        with kijkend(self.wie.blik):
            (regel,) = serializers.StatuswijzigingSerializer.lees(
                zichtbare_statuswijzigingen(self.wie).filter(pk=wijziging.pk)
            )
            (stand,) = self.rij.lees(zichtbare_maatregelen(self.wie).filter(pk=maatregel.pk))
        return Response(
            {"statuswijziging": regel, "maatregel": stand},
            status=status.HTTP_201_CREATED,
            headers={"Location": request.build_absolute_uri(f"/api/v1/statuswijzigingen/{wijziging.pk}")},
        )


class Organisaties(Organisatiebron):
    filterset_class = filters.OrganisatieFilters

    @lijst_van("organisaties", "Organisaties", serializers.OrganisatieSerializer)
    def get(self, request: Request) -> Response:
        """Ministeries, koepels, uitvoerders; ook opgeheven organisaties, en algemene woorden zoals kabinet of Rijk."""
        return self.lijst(request)


class EenOrganisatie(Organisatiebron):
    pagination_class = None
    filterset_class = filters.EenInDeTijd
    lookup_field = "slug"

    @een_van("organisaties", "Een organisatie", serializers.OrganisatieSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Een organisatie op adresnaam."""
        return self.een(request, slug=slug)


class Statuswijzigingen(Statuswijzigingbron):
    filterset_class = filters.StatuswijzigingFilters

    @lijst_van("statuswijzigingen", "Statuswijzigingen, de laatste eerst", serializers.StatuswijzigingSerializer)
    def get(self, request: Request) -> Response:
        """Van welke status naar welke, wanneer, door wie, waarom. Een correctie is een nieuwe rij."""
        return self.lijst(request)


class EenStatuswijziging(Statuswijzigingbron):
    pagination_class = None
    filterset_class = filters.EenInDeTijd
    lookup_field = "id"

    @een_van("statuswijzigingen", "Een statuswijziging", serializers.StatuswijzigingSerializer)
    def get(self, request: Request, **sleutel: int) -> Response:
        """Een statuswijziging op nummer."""
        return self.een(request, **sleutel)


class Indicatoren(Indicatorbron):
    filterset_class = filters.IndicatorFilters

    @lijst_van("indicatoren", "Cijfers: wat is gemeten en wat het doel is", serializers.IndicatorSerializer)
    def get(self, request: Request) -> Response:
        """Elk cijfer heeft een bron en een dag. Geen cijfer is niet nul."""
        return self.lijst(request)


class EenIndicator(Indicatorbron):
    pagination_class = None
    filterset_class = filters.EenInDeTijd
    lookup_field = "slug"

    @een_van("indicatoren", "Een cijfer", serializers.IndicatorSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Een cijfer op adresnaam."""
        return self.een(request, slug=slug)


class Wijzigingen(Wijzigingbron):
    @lijst_van("wijzigingen", "Alle wijzigingen, de oudste eerst", serializers.WijzigingSerializer)
    def get(self, request: Request) -> Response:
        """Haal eerst alles op, bewaar de `id` van de laatste en vraag later `?na=<id>`: niets ontbreekt of komt dubbel.

        Een wijziging verschijnt zodra alles wat ervoor kwam vaststaat; meestal is dat direct.
        """
        return self.lijst(request)


class OpenApi(APIView):
    """The description of this API; the same for everybody, so made once per process."""

    http_method_names = METHODEN

    @extend_schema(
        operation_id="openapi", tags=["openapi"], summary="Deze beschrijving", responses={200: OpenApiTypes.OBJECT}
    )
    def get(self, request: Request) -> Response:
        """De beschrijving van deze API, als OpenAPI-document."""
        return Response(_beschrijving(), headers={"Access-Control-Allow-Origin": "*"})


@cache
def _beschrijving() -> Any:
    maker: Any = SchemaGenerator
    return maker().get_schema(request=None, public=True)


class Ingang(APIView):
    """Where everything starts."""

    http_method_names = METHODEN
    # What `as_view` may be given: the lists of all apps together.
    lijsten: Sequence[str] = ()

    @extend_schema(
        exclude=True
    )  # in the description it would be "/", and an address with a slash at its end is refused
    def get(self, request: Request) -> Response:
        """The lists, with their addresses."""
        return Response(
            [{"naam": naam, "url": request.build_absolute_uri(f"/api/v1/{naam}")} for naam in self.lijsten or LIJSTEN]
        )


class Onbekend(APIView):
    """An address that does not exist, also one with a slash at its end."""

    authentication_classes = ()
    permission_classes = ()

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refused whatever the method is."""
        raise Http404


LIJSTEN = (
    "agendas",
    "pijlers",
    "maatregelen",
    "mijlpalen",
    "organisaties",
    "statuswijzigingen",
    "indicatoren",
    "reacties",
    "wijzigingen",
)
