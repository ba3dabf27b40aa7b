"""The table in the API: lists and details of its nouns, and reporting on an action. See maatregelen/api for how."""

from typing import Any, cast

from django.core.exceptions import ValidationError as Invoerfout
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response

from maatregelen.api import LIJSTEN, Bron, Conflict, een_van, etag, lijst_van, onjuist, versie_van
from maatregelen.blikveld import kijkend
from maatregelen.filters import EenInDeTijd
from maatregelen.models import Persoon
from maatregelen.versiebewaking import Verouderd
from regietafel import filters, serializers
from regietafel.actiepunten import Actiegesloten, heropen, laat_vervallen, rond_af
from regietafel.models import (
    Actiepunt,
    Actiestand,
    Actiewijziging,
    Agendapunt,
    Besluit,
    Inbreng,
    Terugkoppeling,
    Vergadering,
)
from regietafel.zichtbaarheid import (
    mag_actie_melden,
    zichtbare_actiepunten,
    zichtbare_agendapunten,
    zichtbare_besluiten,
    zichtbare_inbreng,
    zichtbare_terugkoppelingen,
    zichtbare_vergaderingen,
)

TAFELLIJSTEN = ("vergaderingen", "agendapunten", "inbreng", "besluiten", "terugkoppelingen", "actiepunten")
ALLE_LIJSTEN = (*LIJSTEN[:-1], *TAFELLIJSTEN, LIJSTEN[-1])


class Vergaderingbron(Bron):
    queryset = Vergadering.objects.none()
    rij = serializers.VergaderingSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """Newest first; what has no day yet comes before it."""
        return zichtbare_vergaderingen(self.wie).order_by(F("datum").desc(nulls_first=True), "-id")


class Agendapuntbron(Bron):
    queryset = Agendapunt.objects.none()
    rij = serializers.AgendapuntSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """In the order of the agendas, the newest meeting first."""
        return zichtbare_agendapunten(self.wie).order_by(
            F("vergadering__datum").desc(nulls_first=True), "-vergadering_id", "volgorde", "id"
        )


def _op_plaats(rijen: QuerySet[Any], punt: str = "agendapunt") -> QuerySet[Any]:
    """In the order of the minutes, the newest meeting first."""
    volgorde = "volgorde" if punt == "agendapunt" else "besluit__volgorde"
    return rijen.order_by(
        F(f"{punt}__vergadering__datum").desc(nulls_first=True),
        f"-{punt}__vergadering_id",
        f"{punt}__volgorde",
        volgorde,
        "id",
    )


class Inbrengbron(Bron):
    queryset = Inbreng.objects.none()
    rij = serializers.InbrengSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """In the order of the minutes."""
        return _op_plaats(zichtbare_inbreng(self.wie))


class Besluitbron(Bron):
    queryset = Besluit.objects.none()
    rij = serializers.BesluitSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """In the order of the minutes."""
        return _op_plaats(zichtbare_besluiten(self.wie))


class Terugkoppelingbron(Bron):
    queryset = Terugkoppeling.objects.none()
    rij = serializers.TerugkoppelingSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """In the order of the decisions."""
        return _op_plaats(zichtbare_terugkoppelingen(self.wie), "besluit__agendapunt")


class Actiepuntbron(Bron):
    queryset = Actiepunt.objects.none()
    rij = serializers.ActiepuntSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """By the latest day; what has none comes last."""
        return zichtbare_actiepunten(self.wie).order_by(F("einde").asc(nulls_last=True), "code")


class Vergaderingen(Vergaderingbron):
    filterset_class = filters.VergaderingFilters

    @lijst_van("vergaderingen", "Vergaderingen, de laatste eerst", serializers.VergaderingSerializer)
    def get(self, request: Request) -> Response:
        """Zonder `datum` zeggen `datumTekst` en de schatting wanneer; `staat` zegt hoe ver de stukken zijn."""
        return self.lijst(request)


class EenVergadering(Vergaderingbron):
    pagination_class = None
    filterset_class = EenInDeTijd
    lookup_field = "slug"

    @een_van("vergaderingen", "Een vergadering", serializers.VergaderingSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Een vergadering op adresnaam."""
        return self.een(request, slug=slug)


class Agendapunten(Agendapuntbron):
    filterset_class = filters.AgendapuntFilters

    @lijst_van("agendapunten", "Agendapunten", serializers.AgendapuntSerializer)
    def get(self, request: Request) -> Response:
        """Een punt van een vergadering. Wat is doorgeschoven blijft staan; `vervolgOp` verwijst ernaar."""
        return self.lijst(request)


class EenAgendapunt(Agendapuntbron):
    pagination_class = None
    filterset_class = EenInDeTijd
    lookup_field = "id"

    @een_van("agendapunten", "Een agendapunt", serializers.AgendapuntSerializer)
    def get(self, request: Request, **sleutel: int) -> Response:
        """Een agendapunt op nummer."""
        return self.een(request, **sleutel)


class Inbrenglijst(Inbrengbron):
    filterset_class = filters.InbrengFilters

    @lijst_van("inbreng", "Wat is ingebracht", serializers.InbrengSerializer)
    def get(self, request: Request) -> Response:
        """Standpunten, vragen, zorgen, voorstellen, oproepen, voornemens en risico's, op volgorde van het verslag."""
        return self.lijst(request)


class EenInbreng(Inbrengbron):
    pagination_class = None
    filterset_class = EenInDeTijd
    lookup_field = "id"

    @een_van("inbreng", "Een inbreng", serializers.InbrengSerializer)
    def get(self, request: Request, **sleutel: int) -> Response:
        """Een inbreng op nummer."""
        return self.een(request, **sleutel)


class Besluiten(Besluitbron):
    filterset_class = filters.BesluitFilters

    @lijst_van("besluiten", "Besluiten, met wat ervan kwam", serializers.BesluitSerializer)
    def get(self, request: Request) -> Response:
        """Besluit en procedureafspraak nam de tafel zelf; een mededeling is elders besloten."""
        return self.lijst(request)


class EenBesluit(Besluitbron):
    pagination_class = None
    filterset_class = EenInDeTijd
    lookup_field = "code"

    @een_van("besluiten", "Een besluit", serializers.BesluitSerializer)
    def get(self, request: Request, code: str) -> Response:
        """Een besluit op code."""
        return self.een(request, code=code)


class Terugkoppelingen(Terugkoppelingbron):
    filterset_class = filters.TerugkoppelingFilters

    @lijst_van("terugkoppelingen", "Wat er van besluiten kwam", serializers.TerugkoppelingSerializer)
    def get(self, request: Request) -> Response:
        """Uitgevoerd is niet teruggekoppeld: pas als een vergadering het aanvaardt, is het klaar."""
        return self.lijst(request)


class EenTerugkoppeling(Terugkoppelingbron):
    pagination_class = None
    filterset_class = EenInDeTijd
    lookup_field = "id"

    @een_van("terugkoppelingen", "Een terugkoppeling", serializers.TerugkoppelingSerializer)
    def get(self, request: Request, **sleutel: int) -> Response:
        """Een terugkoppeling op nummer."""
        return self.een(request, **sleutel)


class Actiepunten(Actiepuntbron):
    filterset_class = filters.ActiepuntFilters

    @lijst_van("actiepunten", "Actiepunten, de eerste uiterste dag eerst", serializers.ActiepuntSerializer)
    def get(self, request: Request) -> Response:
        """`afgesproken` is false bij verzoeken, aanbiedingen en verwachtingen: die zijn nooit te laat."""
        return self.lijst(request)


class EenActiepunt(Actiepuntbron):
    pagination_class = None
    filterset_class = EenInDeTijd
    lookup_field = "code"

    @een_van("actiepunten", "Een actiepunt", serializers.ActiepuntSerializer)
    def get(self, request: Request, code: str) -> Response:
        """Een actiepunt op code."""
        return self.een(request, code=code)


class Actiestandwissel(Actiepuntbron):
    """The stand of an action: rights first, then the form, then whether the move is possible as things stand."""

    pagination_class = None
    lookup_field = "code"

    @extend_schema(
        operation_id="actiepuntenStandWijzigen",
        tags=["actiepunten"],
        summary="De stand van een actiepunt wijzigen",
        request=serializers.StandInvoerSerializer,
        responses={201: serializers.StandGewijzigdSerializer},
        parameters=[
            OpenApiParameter(
                "If-Match",
                str,
                OpenApiParameter.HEADER,
                description="ETag van het actiepunt dat u voor u had; is dat gewijzigd, dan gebeurt niets (409).",
            )
        ],
    )
    def post(self, request: Request, code: str) -> Response:
        """Meldt dat een actiepunt klaar is, vervalt of weer open staat, met een zin erbij."""
        actiepunt: Actiepunt = get_object_or_404(self.zichtbaar(), code=code)
        if not mag_actie_melden(self.wie, actiepunt):
            raise exceptions.PermissionDenied(
                "U kunt over dit actiepunt niets melden: dat doen mensen van de organisatie die het doet, "
                "en het LRT-secretariaat."
            )
        invoer = serializers.StandInvoerSerializer(data=request.data)
        invoer.is_valid(raise_exception=True)
        gevraagd = invoer.validated_data
        if "op" in gevraagd and gevraagd["stand"] != Actiestand.AFGEROND:
            raise exceptions.ValidationError({"op": ["Alleen bij afgerond hoort een dag."]})
        versie = versie_van(
            request, self.rij, self.zichtbaar().filter(code=code), gevraagd.get("versie"), blik=self.wie.blik
        )
        try:
            wijziging = self._wissel(actiepunt, gevraagd, versie)
        except Invoerfout as fout:
            raise onjuist(fout) from fout
        except Verouderd as fout:
            raise Conflict("Dit actiepunt is intussen gewijzigd; vraag het opnieuw op.") from fout
        except Actiegesloten as fout:
            raise Conflict(str(fout)) from fout
        with kijkend(self.wie.blik):
            (nu,) = self.rij.lees(self.zichtbaar().filter(code=code))
            (gedaan,) = serializers.ActiewijzigingSerializer.lees(Actiewijziging.objects.filter(pk=wijziging.pk))
        return Response(
            {"wijziging": gedaan, "actiepunt": nu}, status=status.HTTP_201_CREATED, headers={"ETag": etag(nu)}
        )

    def _wissel(self, actiepunt: Actiepunt, gevraagd: dict[str, Any], versie: int | None) -> Actiewijziging:
        door, vandaag = cast(Persoon, self.wie.persoon), self.wie.vandaag
        if gevraagd["stand"] == Actiestand.AFGEROND:
            return rond_af(
                actiepunt, op=gevraagd.get("op", vandaag), afronding=gevraagd["toelichting"],
                door=door, vandaag=vandaag, versie=versie,
            )  # fmt: skip
        verb = heropen if gevraagd["stand"] == Actiestand.OPEN else laat_vervallen
        return verb(actiepunt, reden=gevraagd["toelichting"], door=door, vandaag=vandaag, versie=versie)
