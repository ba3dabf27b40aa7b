"""The list of measures, with its filters in the address bar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django_filters import ChoiceFilter

from maatregelen.filters import Keuze, MaatregelFilters
from maatregelen.herinnerschema import vaag_na
from maatregelen.lijstvolgorde import Volgorde, gesorteerd
from maatregelen.models import Maatregel, Mijlpaal
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.signalen import Signaalsoort, met_laatst_gemeld, met_signaal, signalen
from maatregelen.views import EIGEN, bevoegdheid, blader, filterstand, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd, merk_later
from maatregelen.views.volgen import aanbod
from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    eigen_maatregelen,
    mag_trekker_toewijzen,
    zichtbare_maatregelen,
)

VOORAAN = ("zoek", "agenda", "pijler", "organisatie", "status", "signaal", "sorteer")
MEER = ("van", "thema", "rol", "trekker", "voortgang", "soort", "aard", "geaccordeerd", "zichtbaarheid", "lopend")


class Lijstfilters(MaatregelFilters):
    """The filters of the list on the page: those of the API, whose they are, what the data says, and the order."""

    peildatum = gezien_op = None  # type: ignore[assignment]  # taken off the address before: see views/terugblik.py
    van = Keuze(choices=EIGEN, method="op_van", label="Van wie")
    signaal = Keuze(choices=Signaalsoort.choices, method="op_signaal", label="Signaal")
    sorteer = ChoiceFilter(
        choices=Volgorde.choices, method="op_sorteer", label="Volgorde", empty_label="zoals in de agenda"
    )

    def op_van(self, rijen: MaatregelQuerySet, naam: str, value: str) -> MaatregelQuerySet:
        """The measures that this person's organisation has to do."""
        return rijen.filter(pk__in=eigen_maatregelen(self.wie).values("pk"))

    def op_signaal(self, rijen: MaatregelQuerySet, naam: str, value: str) -> MaatregelQuerySet:
        """The measures that give this signal today."""
        return met_signaal(rijen, value, self.wie.vandaag)

    def op_sorteer(self, rijen: MaatregelQuerySet, naam: str, value: str) -> MaatregelQuerySet:
        """The order that was asked for."""
        return gesorteerd(rijen, value)


def _met_signalen(rijen: list[Maatregel], wie: Bevoegdheid) -> list[Maatregel]:
    """Rows with what the data says of each, besides what a column shows: who, successors, how far the first term is."""
    dagen = vaag_na()
    for rij in rijen:
        gevonden = signalen(
            rij,
            vandaag=wie.vandaag,
            verantwoordelijken=rij.verantwoordelijken,  # type: ignore[attr-defined]
            mijlpalen=list(rij.mijlpalen.all()),
            stand_gemeld=rij.stand_gemeld,  # type: ignore[attr-defined]
            laatst_gemeld=rij.laatst_gemeld,  # type: ignore[attr-defined]
            vaag_na=dagen,
        )
        # Shown where the reader may do something about it.
        rij.toe_te_wijzen = mag_trekker_toewijzen(wie) and any(  # type: ignore[attr-defined]
            signaal.soort == Signaalsoort.GEEN_TREKKER for signaal in gevonden
        )
        rij.getoonde_signalen = [  # type: ignore[attr-defined]
            signaal
            for signaal in gevonden
            if signaal.soort in (Signaalsoort.STILSTAND, Signaalsoort.AL_LANG_VAAG)
            or (signaal.soort == Signaalsoort.OPGEHEVEN and signaal.nu)
        ]
    return rijen


@openbaar
@in_de_tijd
@require_safe
def maatregelen(request: HttpRequest) -> HttpResponse:
    """Measures, narrowed down; an unknown filter or value is told, and shows no list."""
    wie = bevoegdheid(request)
    filters = Lijstfilters(request.GET, zichtbare_maatregelen(wie), wie=wie)
    stand = filterstand(request, filters, vooraan=VOORAAN, meer=MEER, paginering=True)
    inhoud: dict[str, Any] = {"filters": stand}
    if stand.fouten:
        return toon(request, "maatregelen/maatregelen.html", wie, inhoud, status=400)
    pagina = blader(request, met_laatst_gemeld(filters.qs.voor_lijst(Mijlpaal.objects.met_vaag_sinds())))
    pagina.object_list = _met_signalen(list(pagina.object_list), wie)
    inhoud["later"] = merk_later(pagina.object_list)
    inhoud |= {"pagina": pagina, "met_agenda": "agenda" not in filters.form.changed_data}
    inhoud["aanbod"] = aanbod(request, wie, filters)
    return toon(request, "maatregelen/maatregelen.html", wie, inhoud)
