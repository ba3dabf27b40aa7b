"""Milestones in the API: lists and details, and making or changing one from the words of its termijn."""

from typing import Any, cast

from django.core.exceptions import ValidationError as Invoerfout
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response

from maatregelen import filters, serializers
from maatregelen.api import (
    METHODEN,
    Conflict,
    Maatregelbron,
    Mijlpaalbron,
    een_van,
    etag,
    lijst_van,
    onjuist,
    versie_van,
)
from maatregelen.blikveld import kijkend
from maatregelen.mijlpaalvoering import maak_mijlpaal
from maatregelen.models import Maatregel, Mijlpaal, Persoon
from maatregelen.termijnbewaking import wijzig_mijlpaal
from maatregelen.termijninvoer import Zelfbepaald, andere_lezing, velden_van, zin_gelezen
from maatregelen.versiebewaking import Verouderd
from maatregelen.zichtbaarheid import Bevoegdheid, mag_maatregel_bijhouden, zichtbare_mijlpalen

GEEN_RECHT = (
    "U kunt de mijlpalen van deze maatregel niet bijhouden: dat doen dossierhouders van de organisatie die "
    "verantwoordelijk is, of het LRT-secretariaat zolang er geen trekker is."
)
DAGEN = ("begin", "einde")
ZELF = (*DAGEN, "precisie", "relatie")
GEEN_VELDEN = ("reden", "is_herstel", "versie", "na_mijlpaal", *ZELF)


def _velden(wie: Bevoegdheid, gevraagd: dict[str, Any], nu: Mijlpaal | None = None) -> dict[str, Any]:
    """The model fields from what was sent; what was left out stays as it is `nu`.

    Days by hand go before the words. Where only some of them were sent the others stay, unless the words changed too.
    Raises ValidationError per field.
    """
    velden = {naam: waarde for naam, waarde in gevraagd.items() if naam not in GEEN_VELDEN}
    sleutel = gevraagd.get("na_mijlpaal")
    if "na_mijlpaal" in gevraagd:
        velden["na_mijlpaal"] = zichtbare_mijlpalen(wie).filter(pk=sleutel).first() if sleutel else None
        if sleutel and velden["na_mijlpaal"] is None:
            raise Invoerfout({"na_mijlpaal": "Deze mijlpaal bestaat niet."})
    if nu is not None and not {"termijn_tekst", "peildatum", *ZELF} & set(gevraagd):
        return velden
    zelf = {naam: gevraagd.get(naam) for naam in ZELF}
    if nu is not None and "termijn_tekst" not in gevraagd and set(ZELF) & set(gevraagd):
        zelf |= {naam: getattr(nu, naam) for naam in DAGEN if naam not in gevraagd}
    waaraan = "na_mijlpaal" if velden.get("na_mijlpaal") else "na_fase" if velden.get("na_fase") else ""
    return velden | velden_van(
        gevraagd.get("termijn_tekst", nu.termijn_tekst if nu else ""),
        gevraagd.get("peildatum") or (nu.peildatum if nu else wie.vandaag),
        zelf=Zelfbepaald(zelf["begin"], zelf["einde"], zelf["precisie"] or "", zelf["relatie"] or ""),
        waaraan=waaraan,
    )


def _controleer(wie: Bevoegdheid, maatregel: Maatregel) -> None:
    """Rights first. Raises PermissionDenied."""
    if not mag_maatregel_bijhouden(wie, maatregel):
        raise exceptions.PermissionDenied(GEEN_RECHT)


def _gelezen(wie: Bevoegdheid, sleutel: int) -> tuple[dict[str, Any], dict[str, str]]:
    """The milestone as it is now, with how its words were read; and its ETag."""
    with kijkend(wie.blik):
        rijen = zichtbare_mijlpalen(wie).filter(pk=sleutel)
        (stand,) = serializers.MijlpaalDetailSerializer.lees(rijen)
        mijlpaal = rijen.select_related("na_mijlpaal").get()
    ander = andere_lezing(mijlpaal)
    alternatief = ander and {naam: getattr(ander, naam) for naam in ZELF}
    return {**stand, "uitleg": zin_gelezen(mijlpaal), "alternatief": alternatief}, {"ETag": etag(stand)}


class Mijlpalen(Mijlpaalbron):
    filterset_class = filters.MijlpaalFilters

    @lijst_van("mijlpalen", "Mijlpalen", serializers.MijlpaalSerializer)
    def get(self, request: Request) -> Response:
        """Wat er wanneer klaar moet zijn. `termijnTekst` is letterlijk; pas na `einde` is iets te laat."""
        return self.lijst(request)


class Maatregelmijlpalen(Maatregelbron):
    """A new milestone of a measure."""

    pagination_class = None
    lookup_field = "code"
    http_method_names = ["post"]

    @extend_schema(
        operation_id="maatregelenMijlpaalToevoegen",
        tags=["maatregelen"],
        summary="Een mijlpaal toevoegen aan een maatregel",
        request=serializers.MijlpaalInvoerSerializer,
        responses={201: serializers.MijlpaalGelezenSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Leest de woorden van de termijn en antwoordt wat zij betekenen. Wat u zelf bepaalt gaat voor."""
        maatregel: Maatregel = get_object_or_404(self.zichtbaar(), code=code)
        _controleer(self.wie, maatregel)
        invoer = serializers.MijlpaalInvoerSerializer(data=request.data)
        invoer.is_valid(raise_exception=True)
        try:
            velden = {"peildatum": self.wie.vandaag, **_velden(self.wie, invoer.validated_data)}
            mijlpaal = maak_mijlpaal(maatregel, velden, door=cast(Persoon, self.wie.persoon))
        except Invoerfout as fout:
            raise onjuist(fout) from fout
        inhoud, koppen = _gelezen(self.wie, mijlpaal.pk)
        koppen["Location"] = request.build_absolute_uri(f"/api/v1/mijlpalen/{mijlpaal.pk}")
        return Response(inhoud, status=status.HTTP_201_CREATED, headers=koppen)


class EenMijlpaal(Mijlpaalbron):
    pagination_class = None
    rij = serializers.MijlpaalDetailSerializer
    filterset_class = filters.EenInDeTijd
    lookup_field = "id"
    http_method_names = [*METHODEN[:2], "patch"]

    @een_van("mijlpalen", "Een mijlpaal", serializers.MijlpaalDetailSerializer)
    def get(self, request: Request, **sleutel: int) -> Response:
        """Een mijlpaal op nummer, met elke wijziging van de termijn."""
        return self.een(request, **sleutel)

    @extend_schema(
        operation_id="mijlpalenWijzigen",
        tags=["mijlpalen"],
        summary="Een mijlpaal wijzigen",
        request=serializers.MijlpaalWijzigingSerializer,
        responses={200: serializers.MijlpaalGelezenSerializer},
        parameters=[
            OpenApiParameter(
                "If-Match",
                str,
                OpenApiParameter.HEADER,
                description="ETag van de mijlpaal die u voor u had; is die gewijzigd, dan gebeurt niets (409).",
            )
        ],
    )
    def patch(self, request: Request, **sleutel: int) -> Response:
        """Wijzigt wat u stuurt; wat u weglaat blijft. Een termijn die verschuift vraagt een reden."""
        rijen = self.zichtbaar().filter(**sleutel)
        mijlpaal: Mijlpaal = get_object_or_404(rijen.select_related("maatregel__pijler__agenda"))
        _controleer(self.wie, mijlpaal.maatregel)
        invoer = serializers.MijlpaalWijzigingSerializer(data=request.data)
        invoer.is_valid(raise_exception=True)
        gevraagd = invoer.validated_data
        try:
            wijzig_mijlpaal(
                mijlpaal,
                _velden(self.wie, gevraagd, mijlpaal),
                reden=gevraagd.get("reden", ""),
                is_herstel=gevraagd.get("is_herstel", False),
                door=cast(Persoon, self.wie.persoon),
                versie=versie_van(request, self.rij, rijen, gevraagd.get("versie"), blik=self.wie.blik),
            )
        except Invoerfout as fout:
            raise onjuist(fout) from fout
        except Verouderd as fout:
            raise Conflict(str(fout)) from fout
        inhoud, koppen = _gelezen(self.wie, mijlpaal.pk)
        return Response(inhoud, headers=koppen)
