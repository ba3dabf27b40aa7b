"""Reactions and dissents in the API: read here, filed on the page of the measure."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from maatregelen import filters
from maatregelen.api import Bron, een_van, lijst_van
from maatregelen.models import Reactie
from maatregelen.serializers.reactie import ReactieSerializer
from maatregelen.zichtbaarheid import zichtbare_maatregelen, zichtbare_reacties


class Reactiebron(Bron):
    queryset = Reactie.objects.none()
    rij = ReactieSerializer

    def zichtbaar(self) -> QuerySet[Any]:
        """The newest first, of measures that may be seen."""
        rijen = zichtbare_reacties(self.wie).filter(maatregel__in=zichtbare_maatregelen(self.wie))
        return rijen.order_by("-aangemaakt_op", "-id")


class Reacties(Reactiebron):
    filterset_class = filters.ReactieFilters

    @lijst_van("reacties", "Reacties van organisaties, de nieuwste eerst", ReactieSerializer)
    def get(self, request: Request) -> Response:
        """Reacties en afwijkende standpunten bij maatregelen. Zij staan naast de status en veranderen die niet."""
        return self.lijst(request)


class EenReactie(Reactiebron):
    pagination_class = None
    filterset_class = filters.EenInDeTijd
    lookup_field = "id"

    @een_van("reacties", "Een reactie", ReactieSerializer)
    def get(self, request: Request, **sleutel: int) -> Response:
        """Een reactie op nummer."""
        return self.een(request, **sleutel)
