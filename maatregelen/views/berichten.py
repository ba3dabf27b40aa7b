"""Mail as each person likes it: how it comes, who stands in, and deadlines that may rest."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from maatregelen.berichtvoorkeuren import (
    LANGSTE_UITSTEL,
    controleer_uitstelbaar,
    komende_vervangingen,
    let_op,
    plan_vervanging,
    stel_uit,
    stop_vervanging,
    trek_uitstel_in,
    uitstellen_van,
    voorkeur_van,
    zet_voorkeur,
)
from maatregelen.forms.berichten import Uitstelformulier, Vervangingformulier, Voorkeurformulier
from maatregelen.models import Berichtvoorkeur, Mijlpaal, Uitstel, Vervanging, Volger
from maatregelen.versiebewaking import Verouderd
from maatregelen.views.bijhouden import BOTST, ONJUIST, Formulierblad, probeer
from maatregelen.werkdagen import volgende_werkdag, weekoverzicht_vanaf
from maatregelen.zichtbaarheid import mag_uitstellen, mag_volgen, zichtbare_mijlpalen

WIE_UITSTELT = (
    "Herinneringen uitstellen kan wie ze krijgt: de dossierhouders van de verantwoordelijke organisatie, het "
    "LRT-secretariaat en wie de maatregel volgt."
)


def _sleutel(request: HttpRequest, naam: str) -> int:
    """The id that a button carries; 0, which is nobody's, for anything else."""
    ruw = request.POST.get(naam, "")
    return int(ruw) if ruw.isdecimal() and len(ruw) < 19 else 0


class MijnBerichten(Formulierblad):
    """How mail comes, who stands in, and what rests."""

    sjabloon = "maatregelen/bijhouden/berichten.html"
    titel = "Mijn berichten"
    gelukt = "Opgeslagen. Dit geldt vanaf het volgende bericht."
    vervangform: forms.BaseForm | None = None

    def mag(self) -> bool:
        """Everybody with a role gets mail."""
        return mag_volgen(self.wie)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """How mail comes."""
        return Voorkeurformulier(voorkeur_van(self.persoon), data)

    def bewaar(self, form: Any) -> Berichtvoorkeur:
        """Keep it."""
        gegevens = form.cleaned_data
        return zet_voorkeur(
            self.persoon, eigen=gegevens["eigen"], gevolgd=gegevens["gevolgd"], versie=gegevens["versie"]
        )

    def verouderd(self, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """Changed in another window: what stands there now in words, and what was chosen here still in the form."""
        invoer = self.request.POST.copy()
        invoer["versie"] = str(fout.versie)
        opnieuw = self.formulier(invoer)
        opnieuw.is_valid()
        nu = voorkeur_van(self.persoon)
        opnieuw.add_error(
            None,
            "U hebt dit intussen al gewijzigd, bijvoorbeeld in een ander venster. Er is nu niets opgeslagen. Er staat: "
            f"over uw organisatie {nu.get_eigen_display()}, over wat u volgt {nu.get_gevolgd_display()}.",
        )
        return self.toon(opnieuw, status=BOTST)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The way mail comes, a deputy, the end of one, or a deadline that need not rest any longer."""
        if "plan" in request.POST:
            return self._plan(request)
        if "stop" in request.POST:
            return self._stop(request)
        if "weer_aan" in request.POST:
            uitstel = get_object_or_404(
                Uitstel.objects.geldig(self.wie.vandaag).select_related("mijlpaal"),
                pk=_sleutel(request, "weer_aan"),
                persoon=self.persoon,
            )
            trek_uitstel_in(uitstel.mijlpaal, self.persoon)
            messages.success(request, f"U krijgt weer herinneringen over: {uitstel.mijlpaal.omschrijving}.")
            return HttpResponseRedirect(request.path)
        return super().post(request, **kwargs)

    def _plan(self, request: HttpRequest) -> HttpResponse:
        form = self.vervangform = Vervangingformulier(self.persoon, self.wie.vandaag, request.POST)
        if not form.is_valid():
            return self.toon(self.formulier(), status=ONJUIST)
        vervanging, status = probeer(
            form, lambda: plan_vervanging(self.persoon, **form.cleaned_data, vandaag=self.wie.vandaag)
        )
        if vervanging is None:
            return self.toon(self.formulier(), status=status)
        messages.success(
            request,
            f"{vervanging.vervanger} krijgt uw berichten van {vervanging.van:%d-%m-%Y} t/m "
            f"{vervanging.tot_en_met:%d-%m-%Y}.",
        )
        if waarschuwing := let_op(vervanging, komende_vervangingen(self.wie.vandaag)):
            messages.warning(request, waarschuwing)
        return HttpResponseRedirect(request.path)

    def _stop(self, request: HttpRequest) -> HttpResponse:
        try:
            stop_vervanging(self.persoon, _sleutel(request, "stop"), vandaag=self.wie.vandaag)
        except Vervanging.DoesNotExist:
            raise Http404 from None
        except ValidationError as fout:
            messages.error(request, " ".join(fout.messages))
            return HttpResponseRedirect(request.path)
        messages.success(request, "De vervanging is gestopt. U krijgt uw berichten weer zelf.")
        return HttpResponseRedirect(request.path)

    def terug(self, uitkomst: Any = None) -> str:
        """Here again, or to my account."""
        return reverse("mijn") if uitkomst is None else self.request.path

    def paden(self) -> list[tuple[str, str]]:
        """My account."""
        return [(reverse("mijn"), "Mijn account")]

    def inhoud(self) -> dict[str, Any]:
        """Deputies planned and current, for whom one stands in, and what rests."""
        vandaag = self.wie.vandaag
        komende = komende_vervangingen(vandaag)
        return {
            "voorkeur": voorkeur_van(self.persoon),
            "volgende_dag": volgende_werkdag(vandaag),
            "volgende_week": weekoverzicht_vanaf(volgende_werkdag(vandaag)),
            "vervangform": self.vervangform or Vervangingformulier(self.persoon, vandaag),
            "fout": self.vervangform if self.vervangform is not None and self.vervangform.errors else None,
            "vervangers": [(rij, let_op(rij, komende)) for rij in komende if rij.persoon_id == self.persoon.pk],
            "vervangt": [rij for rij in komende if rij.vervanger_id == self.persoon.pk],
            "uitstellen": uitstellen_van(self.persoon, vandaag=vandaag),
        }


class Uitstelblad(Formulierblad):
    """Let one's own reminders of a termijn rest until a day, with a reason that others see."""

    sjabloon = "maatregelen/bijhouden/uitstellen.html"
    titel = "Herinneringen uitstellen"
    knop = "Stel uit"
    wie_mag = WIE_UITSTELT
    mijlpaal: Mijlpaal
    nu: Uitstel | None

    def zoek(self, **sleutels: Any) -> None:
        """The milestone, and what this person put off already."""
        self.mijlpaal = get_object_or_404(
            zichtbare_mijlpalen(self.wie).select_related("maatregel__pijler__agenda"), pk=sleutels["pk"]
        )
        self.nu = Uitstel.objects.geldig(self.wie.vandaag).filter(mijlpaal=self.mijlpaal, persoon=self.persoon).first()

    def mag(self) -> bool:
        """Who gets these reminders."""
        stuk = self.mijlpaal.maatregel
        volgt = Volger.objects.filter(maatregel=stuk, persoon=self.persoon).exists()
        return mag_uitstellen(self.wie, stuk, volgt=volgt)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Until when, and why."""
        return Uitstelformulier(self.mijlpaal, self.nu, data)

    def bewaar(self, form: Any) -> Uitstel:
        """Put it off."""
        return stel_uit(self.mijlpaal, self.persoon, **form.cleaned_data, vandaag=self.wie.vandaag)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Put off, or take it back."""
        if "weer_aan" in request.POST:
            trek_uitstel_in(self.mijlpaal, self.persoon, moment=timezone.now())
            messages.success(request, "U krijgt weer herinneringen over deze mijlpaal.")
            return HttpResponseRedirect(self.terug())
        return super().post(request, **kwargs)

    def melding(self, uitkomst: Any) -> str:
        """Until when."""
        return f"Uw herinneringen over deze mijlpaal zijn uitgesteld tot {uitkomst.tot:%d-%m-%Y}."

    def terug(self, uitkomst: Any = None) -> str:
        """The milestone on the page of its measure."""
        return f"{self.mijlpaal.maatregel.get_absolute_url()}#mijlpaal-{self.mijlpaal.pk}"

    def paden(self) -> list[tuple[str, str]]:
        """The measure."""
        return [(self.mijlpaal.maatregel.get_absolute_url(), self.mijlpaal.maatregel.code)]

    def inhoud(self) -> dict[str, Any]:
        """Which milestone this is about, and why it cannot rest when it cannot."""
        try:
            controleer_uitstelbaar(self.mijlpaal, vandaag=self.wie.vandaag)
            kan_niet = ""
        except ValidationError as fout:
            kan_niet = " ".join(fout.messages)
        return {
            "over": self.mijlpaal.maatregel.titel,
            "mijlpaal": self.mijlpaal,
            "nu": self.nu,
            "kan_niet": kan_niet,
            "langste": LANGSTE_UITSTEL,
        }
