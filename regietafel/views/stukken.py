"""Papers: asking for one, waiting for it, fetching it, checking a number, and all papers of a meeting."""

import tempfile
import uuid
import zipfile
from typing import Any

import structlog
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError as Makelaarsfout

from maatregelen.views import BLADZIJDE, bevoegdheid, blader, lees_adres, toon
from maatregelen.views.bijhouden import ONJUIST, wie_is
from maatregelen.views.terugblik import in_de_tijd
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.forms.stukken import Bundelvraag, Herhaalvraag, Stukkeuze, Stukvraag, nieuwe_bundel
from regietafel.models import Formaat, Maakstand, Stuk, Stuksoort, Vergadering
from regietafel.stukken import maken
from regietafel.stukken.beschrijving import kort, voluit
from regietafel.stukken.bewaring import plaats
from regietafel.stukken.controle import lees_getal, mag_bestand, zoek
from regietafel.stukken.onderwerpen import BUNDEL, benoem, bestandsnaam, over, te_zien
from regietafel.stukken.uitnodiging import SOORT as ICS
from regietafel.stukken.uitnodiging import kalenderbestand
from regietafel.stukken.zicht import NietTeZien
from regietafel.tasks import maak_stuk
from regietafel.zichtbaarheid import eigen_stukken, mag_stukken_maken, zichtbare_vergaderingen

log = structlog.get_logger(__name__)

SOORTEN = {
    Formaat.PDF: "application/pdf",
    Formaat.ODT: "application/vnd.oasis.opendocument.text",
    Formaat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
VAN_EEN_ANDER = (
    "Dit bestand is gemaakt voor iemand met andere rechten dan u. "
    "Vraag het stuk opnieuw aan: dan staat erin wat u mag zien."
)
# Somebody waits for it on the page: it is handed over as soon as it is there.
WACHT = "wacht"


def _zet_in_de_rij(stukken: list[Stuk]) -> None:
    """Have them made. A broker that is away loses nothing: the next tick finds what was asked."""
    for stuk in stukken:
        try:
            maak_stuk.apply_async(args=(stuk.pk,), retry=False)
        except (Makelaarsfout, OSError) as fout:
            log.warning("stuk wacht op de volgende ronde", stuk=stuk.pk, fout=type(fout).__name__)


def _mag_maken(request: HttpRequest) -> Bevoegdheid:
    wie = bevoegdheid(request)
    if not mag_stukken_maken(wie):
        raise PermissionDenied("Stukken maakt wie een rol heeft.")
    return wie


def _vraag(request: HttpRequest, wie: Bevoegdheid, gegevens: Any, **meer: Any) -> list[Stuk]:
    """Ask for what a button or form says. Raises BadRequest, in words for the reader, for what does not exist."""
    form = Stukvraag(wie, gegevens)
    if not form.is_valid():
        raise BadRequest(" ".join(str(tekst) for teksten in form.errors.values() for tekst in teksten))
    stukken = maken.vraag_aan(**form.vraag(), door=wie_is(request), moment=timezone.now(), **meer)
    _zet_in_de_rij(stukken)
    return stukken


@require_safe
def stukken(request: HttpRequest) -> HttpResponse:
    """The papers one asked for, newest first; the secretariaat sees those of everybody."""
    wie = bevoegdheid(request)
    lees_adres(request, {BLADZIJDE: None})
    return _toon_stukken(request, wie, Stukkeuze(wie))


def _toon_stukken(request: HttpRequest, wie: Bevoegdheid, form: Stukkeuze, status: int = 200) -> HttpResponse:
    pagina = blader(request, te_zien(eigen_stukken(wie), wie).select_related("gevraagd_door"))
    return toon(request, "regietafel/stukken/stukken.html", wie, {"pagina": pagina, "form": form}, status=status)


@require_POST
def stuk_vragen(request: HttpRequest) -> HttpResponse:
    """One click on a button: the paper is asked for, and the page waits for it."""
    wie = _mag_maken(request)
    gevraagd = _vraag(request, wie, request.POST)
    return HttpResponseRedirect(f"{reverse('stuk', args=[gevraagd[0].pk])}?{WACHT}=1")


@require_http_methods(["GET", "HEAD", "POST"])
def stuk_kiezen(request: HttpRequest) -> HttpResponse:
    """What has no page of its own to ask it from."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("stukken"))
    wie = _mag_maken(request)
    form = Stukkeuze(wie, request.POST)
    if not form.is_valid():
        return _toon_stukken(request, wie, form, ONJUIST)
    gegevens = QueryDict(mutable=True)
    for sleutel, waarde in form.als_vraag().items():
        gegevens.setlist(sleutel, waarde if isinstance(waarde, list) else [waarde])
    gevraagd = _vraag(request, wie, gegevens)
    return HttpResponseRedirect(f"{reverse('stuk', args=[gevraagd[0].pk])}?{WACHT}=1")


def _eigen(request: HttpRequest, pk: int) -> tuple[Bevoegdheid, Stuk]:
    """The paper, if it is theirs and its subject may still be seen. Raises Http404."""
    wie = bevoegdheid(request)
    stuk = get_object_or_404(eigen_stukken(wie).select_related("gevraagd_door"), pk=pk)
    try:
        benoem(stuk.soort, over(stuk), wie)
    except NietTeZien:
        raise Http404(pk) from None
    return wie, stuk


@never_cache
@require_safe
def stuk(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; then the paper itself, its number, and the same in another format."""
    wie, rij = _eigen(request, pk)
    wacht = lees_adres(request, {WACHT: ("1",)}).get(WACHT) == "1"
    bezig = rij.stand in (Maakstand.GEVRAAGD, Maakstand.BEZIG)
    return toon(
        request,
        "regietafel/stukken/stuk.html",
        wie,
        {
            "stuk": rij,
            "bezig": bezig,
            "wacht": wacht,
            "stap": maken.STAPPEN[min(max(rij.stap, 1), len(maken.STAPPEN)) - 1],
            "aantal_stappen": len(maken.STAPPEN),
            "heeft_bestand": rij.stand == Maakstand.KLAAR and rij.grootte is not None,
            "kort": kort(rij.controlegetal),
            "voluit": voluit(rij.controlegetal),
            "andere": [keuze for keuze in Formaat.choices if keuze[0] != rij.formaat],
        },
    )


@never_cache
@require_safe
def stuk_stand(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, for the script of the page that waits."""
    _, rij = _eigen(request, pk)
    bezig = rij.stand in (Maakstand.GEVRAAGD, Maakstand.BEZIG)
    return JsonResponse({"bezig": bezig, "stap": rij.stap, "stand": rij.stand})


@never_cache
@require_safe
def stuk_bestand(request: HttpRequest, pk: int) -> FileResponse:
    """The file, for who may see it today."""
    wie, rij = _eigen(request, pk)
    if rij.stand != Maakstand.KLAAR or rij.grootte is None:
        raise Http404(pk)
    if not mag_bestand(rij, wie):
        raise PermissionDenied(VAN_EEN_ANDER)
    try:
        bestand = plaats(rij.bestand).open("rb")
    except OSError:
        log.exception("bestand van een stuk is er niet", stuk=pk)
        raise Http404(pk) from None
    return FileResponse(
        bestand, as_attachment=True, filename=bestandsnaam(rij), content_type=SOORTEN[Formaat(rij.formaat)]
    )


@require_POST
def stuk_opnieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """The same paper of the same moment once more, perhaps in another format."""
    wie, rij = _eigen(request, pk)
    form = Herhaalvraag(request.POST)
    if not mag_stukken_maken(wie) or not form.is_valid():
        raise BadRequest("Kies PDF, ODT of Word.")
    nieuw = maken.opnieuw(rij, formaat=form.cleaned_data["formaat"], door=wie_is(request), moment=timezone.now())
    _zet_in_de_rij([nieuw])
    return HttpResponseRedirect(f"{reverse('stuk', args=[nieuw.pk])}?{WACHT}=1")


@never_cache
@require_safe
def stuk_controle(request: HttpRequest) -> HttpResponse:
    """Which paper a number on paper belongs to."""
    wie = bevoegdheid(request)
    getypt = lees_adres(request, {"getal": None}).get("getal", "")
    fout, bevindingen = "", []
    if getypt:
        try:
            bevindingen = zoek(lees_getal(getypt), wie)
        except ValueError as waarom:
            fout = str(waarom)
    return toon(
        request,
        "regietafel/stukken/controle.html",
        wie,
        {
            "getypt": getypt,
            "fout": fout,
            "bevindingen": [
                (deel, kort(deel.stuk.controlegetal), voluit(deel.stuk.controlegetal)) for deel in bevindingen
            ],
        },
        status=ONJUIST if fout else 200,
    )


def _vergadering(wie: Bevoegdheid, slug: str) -> Vergadering:
    return get_object_or_404(zichtbare_vergaderingen(wie).select_related("reeks"), slug=slug)


def _soorten(vergadering: Vergadering) -> list[Stuksoort]:
    """The papers of a meeting: minutes only when it was held."""
    soorten = [Stuksoort.UITNODIGING, Stuksoort.AGENDA, Stuksoort.ONEPAGER, Stuksoort.SINDS, Stuksoort.ACTIELIJST]
    return [*soorten[:2], Stuksoort.VERSLAG, *soorten[2:]] if vergadering.is_geweest else soorten


@in_de_tijd
@require_safe
def vergadering_stukken(request: HttpRequest, slug: str) -> HttpResponse:
    """All papers of a meeting, each in three formats, and all of them at once."""
    wie = bevoegdheid(request)
    lees_adres(request, {})
    vergadering = _vergadering(wie, slug)
    return toon(
        request,
        "regietafel/stukken/vergadering.html",
        wie,
        {
            "vergadering": vergadering,
            "soorten": [(soort.value, str(soort.label)) for soort in _soorten(vergadering)],
            "formaten": Formaat.choices,
            "mag_maken": mag_stukken_maken(wie),
            "heeft_dag": vergadering.datum is not None and not wie.kijkt_terug,
        },
    )


@require_safe
def vergadering_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The meeting as a file for a calendar. Raises Http404 while its day is not settled."""
    vergadering = _vergadering(bevoegdheid(request), slug)
    if vergadering.datum is None:
        raise Http404(slug)
    antwoord = HttpResponse(kalenderbestand(vergadering), content_type=ICS)
    antwoord["Content-Disposition"] = f'attachment; filename="{slugify(slug)}.ics"'
    return antwoord


@require_POST
def vergadering_bundel(request: HttpRequest, slug: str) -> HttpResponse:
    """All papers of a meeting, as of one moment."""
    wie = _mag_maken(request)
    vergadering = _vergadering(wie, slug)
    form = Bundelvraag(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(tekst) for tekst in form.errors.get("formaat", [])))
        return HttpResponseRedirect(reverse("vergadering_stukken", args=[slug]))
    bundel, moment, gevraagd = nieuwe_bundel(), timezone.now(), []
    for soort in _soorten(vergadering):
        onderwerp = {"vergadering": slug}
        gevraagd += maken.vraag_aan(
            soort=soort,
            formaten=form.cleaned_data["formaat"],
            onderwerp=onderwerp,
            titel=benoem(soort, onderwerp, wie),
            door=wie_is(request),
            moment=moment,
            bundel=bundel,
        )
    _zet_in_de_rij(gevraagd)
    return HttpResponseRedirect(f"{reverse('stukkenbundel', args=[bundel])}?{WACHT}=1")


def _bundel(request: HttpRequest, bundel: uuid.UUID) -> tuple[Bevoegdheid, list[Stuk]]:
    wie = bevoegdheid(request)
    rijen = list(te_zien(eigen_stukken(wie), wie).filter(onderwerp__contains={BUNDEL: str(bundel)}).order_by("pk"))
    if not rijen:
        raise Http404(bundel)
    return wie, rijen


@never_cache
@require_safe
def stukkenbundel(request: HttpRequest, bundel: uuid.UUID) -> HttpResponse:
    """How far papers are that were asked for together; then all of them in one file."""
    wie, rijen = _bundel(request, bundel)
    wacht = lees_adres(request, {WACHT: ("1",)}).get(WACHT) == "1"
    klaar = [rij for rij in rijen if rij.stand == Maakstand.KLAAR]
    bezig = any(rij.stand in (Maakstand.GEVRAAGD, Maakstand.BEZIG) for rij in rijen)
    inhoud = {"stukken": rijen, "klaar": klaar, "bezig": bezig, "wacht": wacht, "bundel": bundel}
    return toon(request, "regietafel/stukken/bundel.html", wie, inhoud)


@never_cache
@require_safe
def stukkenbundel_stand(request: HttpRequest, bundel: uuid.UUID) -> HttpResponse:
    """How far they are, for the script of the page that waits."""
    _, rijen = _bundel(request, bundel)
    bezig = any(rij.stand in (Maakstand.GEVRAAGD, Maakstand.BEZIG) for rij in rijen)
    return JsonResponse({"bezig": bezig, "stap": sum(rij.stand == Maakstand.KLAAR for rij in rijen)})


@never_cache
@require_safe
def stukkenbundel_zip(request: HttpRequest, bundel: uuid.UUID) -> FileResponse:
    """What is ready of them, in one file; with the meeting for the calendar where its day is settled."""
    wie, rijen = _bundel(request, bundel)
    klaar = [rij for rij in rijen if rij.stand == Maakstand.KLAAR and rij.grootte is not None]
    klaar = [rij for rij in klaar if mag_bestand(rij, wie)]
    if not klaar:
        raise Http404(bundel)
    slug = over(klaar[0]).get("vergadering", "")
    uit = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    try:
        with zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED) as pak:
            for rij in klaar:
                pak.write(plaats(rij.bestand), bestandsnaam(rij))
            vergadering = zichtbare_vergaderingen(wie).select_related("reeks").filter(slug=slug).first()
            if vergadering is not None and vergadering.datum is not None:
                pak.writestr(f"{slugify(slug)}.ics", kalenderbestand(vergadering))
    except OSError:
        uit.close()
        log.exception("bundel niet gemaakt", bundel=str(bundel))
        raise Http404(bundel) from None
    uit.seek(0)
    return FileResponse(
        uit, as_attachment=True, filename=f"stukken-{slugify(slug)}.zip", content_type="application/zip"
    )
