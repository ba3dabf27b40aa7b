"""The calendar of terms, and the reading of words while somebody types them."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maatregelen.filters import JaNee, Keuze, MijlpaalFilters
from maatregelen.forms.mijlpaal import gelezen
from maatregelen.herinnerschema import vaag_na
from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import Mijlpaal
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.signalen import vaagsignaal
from maatregelen.termijnkalender import kalender, met_maatregel, op_sleuteldag
from maatregelen.views import EIGEN, bevoegdheid, filterstand, lees_adres, lees_dag, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd, leest_sleutels_zelf
from maatregelen.zichtbaarheid import eigen_maatregelen, zichtbare_mijlpalen

VOORAAN = ("agenda", "organisatie", "lopend", "van")
MEER = ("hardheid", "behaald", "open", "teLaat", "standNietGemeld", "alLangVaag")
LANGSTE_TEKST: int = Mijlpaal._meta.get_field("termijn_tekst").max_length or 0


class Termijnfilters(MijlpaalFilters):
    """The filters of the calendar on the page: those of the API, whose they are, and what is still to be done."""

    peildatum = gezien_op = None  # type: ignore[assignment]  # taken off the address before: see views/terugblik.py
    van = Keuze(choices=EIGEN, method="op_van", label="Van wie")
    open = JaNee(method="op_open", label="Nog te doen")
    al_lang_vaag = JaNee(method="op_al_lang_vaag", label="Al lang zonder datum")

    def op_van(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """The milestones that this person's organisation has to reach."""
        return rijen.filter(maatregel__in=eigen_maatregelen(self.wie).values("pk"))

    def op_open(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """Not reached, of running work; or the others."""
        return rijen.open() if value == "true" else rijen.exclude(pk__in=rijen.open().values("pk"))

    def op_al_lang_vaag(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """Open and without a day for longer than is set for its kind; or the others."""
        vaag = Mijlpaal.objects.lang_vaag(self.wie.vandaag, vaag_na()).values("pk")
        return rijen.filter(pk__in=vaag) if value == "true" else rijen.exclude(pk__in=vaag)


@leest_sleutels_zelf
@require_safe
def lezen(request: HttpRequest) -> HttpResponse:
    """What words are taken to mean, as a piece of a page: `tekst`, counted from `peildatum` (else today).

    `lezing` is the judgement that was chosen, where the words leave two. Reads nothing but who asks.
    """
    wie = bevoegdheid(request)
    adres = lees_adres(request, {"tekst": None, "peildatum": None, "lezing": ("0", "1")})
    tekst = adres.get("tekst", "").strip()
    peildatum = lees_dag("peildatum", adres["peildatum"]) if "peildatum" in adres else wie.vandaag
    if len(tekst) > LANGSTE_TEKST:
        raise BadRequest(f"Houd de termijn onder {LANGSTE_TEKST} tekens.")
    lezing = gelezen(tekst, peildatum, keuze=adres.get("lezing", "0")) if tekst else None
    return toon(request, "delen/lezing.html", wie, {"lezing": lezing})


@openbaar
@in_de_tijd
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
    rijen = list(met_maatregel(op_sleuteldag(filters.qs.met_vaag_sinds())))
    met_verantwoordelijken([rij.maatregel for rij in rijen])
    indeling, dagen = kalender(rijen, wie.vandaag), vaag_na()
    return toon(
        request,
        "maatregelen/termijnen.html",
        wie,
        {
            "filters": stand,
            "kalender": indeling,
            "vaag": [(rij, vaagsignaal(rij, vandaag=wie.vandaag, vaag_na=dagen)) for rij in indeling.vaag],
            "totaal": len(rijen),
            "begin_komend": wie.vandaag.replace(day=1),
            "alleen_lopend": adres["lopend"] == "true",
        },
    )
