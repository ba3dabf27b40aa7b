"""The calendar of terms."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maatregelen.filters import JaNee, Keuze, MijlpaalFilters
from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.termijnkalender import kalender, met_maatregel, op_sleuteldag
from maatregelen.views import EIGEN, bevoegdheid, filterstand, toon
from maatregelen.zichtbaarheid import eigen_maatregelen, zichtbare_mijlpalen

VOORAAN = ("agenda", "organisatie", "lopend", "van")
MEER = ("hardheid", "behaald", "open", "teLaat", "standNietGemeld")


class Termijnfilters(MijlpaalFilters):
    """The filters of the calendar on the page: those of the API, whose they are, and what is still to be done."""

    peildatum = None  # type: ignore[assignment]  # the rows of this page are about today
    van = Keuze(choices=EIGEN, method="op_van", label="Van wie")
    open = JaNee(method="op_open", label="Nog te doen")

    def op_van(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """The milestones that this person's organisation has to reach."""
        return rijen.filter(maatregel__in=eigen_maatregelen(self.wie).values("pk"))

    def op_open(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """Not reached, of running work; or the others."""
        return rijen.open() if value == "true" else rijen.exclude(pk__in=rijen.open().values("pk"))


@require_safe
def termijnen(request: HttpRequest) -> HttpResponse:
    """Terms by month around today; of running agendas, unless the address bar asks for others."""
    wie = bevoegdheid(request)
    adres = request.GET.copy()
    if "lopend" not in adres:
        adres["lopend"] = "true"
    filters = Termijnfilters(adres, zichtbare_mijlpalen(wie), wie=wie)
    stand = filterstand(request, filters, vooraan=VOORAAN, meer=MEER)
    if stand.fouten:
        return toon(request, "maatregelen/termijnen.html", wie, {"filters": stand}, status=400)
    rijen = list(met_maatregel(op_sleuteldag(filters.qs)))
    met_verantwoordelijken([rij.maatregel for rij in rijen])
    return toon(
        request,
        "maatregelen/termijnen.html",
        wie,
        {
            "filters": stand,
            "kalender": kalender(rijen, wie.vandaag),
            "totaal": len(rijen),
            "begin_komend": wie.vandaag.replace(day=1),
            "alleen_lopend": adres["lopend"] == "true",
        },
    )
