"""An organisation ends: what it has in hand, who takes it over, and moving all of it at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from maatregelen.blikveld import NIETS, Blik, kijkend
from maatregelen.models import Organisatie
from maatregelen.opheffing import Verdeling, controleer
from maatregelen.versiebewaking import Verouderd
from maatregelen.views import bevoegdheid, toon
from maatregelen.views.bijhouden import BOTST, GELUKT, ONJUIST, WIE_BEHEER, neem_fouten_over, probeer, wie_is
from maatregelen.zichtbaarheid import Bevoegdheid, mag_beheren, zichtbare_organisaties
from toegang.forms.opheffen import Opheffingformulier, Verdeelformulier
from toegang.opheffing import Uitkomst, afloop, hef_organisatie_op, overzie

ANDERS = (
    "Er is intussen iets veranderd in wat er verhuist. Er is niets gewijzigd. Bekijk hieronder de nieuwe stand en "
    "bevestig opnieuw; wat u koos staat er nog."
)


@method_decorator(never_cache, name="dispatch")
class Opheffen(View):
    """One screen: when and who, what moves, who takes which part; then do it."""

    http_method_names = ["get", "head", "post"]
    wie: Bevoegdheid
    organisatie: Organisatie

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The beheerder only, and nothing of a word from a text."""
        self.wie = bevoegdheid(request)
        rijen = zichtbare_organisaties(self.wie).echt().select_related("opvolger")
        self.organisatie = get_object_or_404(rijen, slug=kwargs.pop("slug"))
        if not mag_beheren(self.wie):
            raise PermissionDenied(WIE_BEHEER)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The question when and who; with an answer, what would move."""
        keuze = Opheffingformulier(self.organisatie, self.wie.vandaag, request.GET if "dag" in request.GET else None)
        if not keuze.is_bound:
            return self.toon(keuze)
        verdeel = self.verdeel(keuze)
        return self.toon(keuze, verdeel, status=ONJUIST if verdeel is None else GELUKT)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Move it, or show it again with everything that was chosen."""
        keuze = Opheffingformulier(self.organisatie, self.wie.vandaag, request.POST)
        verdeel = self.verdeel(keuze, request.POST)
        if verdeel is None or not verdeel.is_valid():
            return self.toon(keuze, verdeel, status=ONJUIST)
        try:
            uitkomst, status = probeer(verdeel, lambda: self.doe(keuze, verdeel))
        except Verouderd:
            return self.verouderd(keuze)
        if uitkomst is None:
            return self.toon(keuze, verdeel, status=status)
        messages.success(request, in_woorden(self.organisatie, uitkomst))
        return HttpResponseRedirect(reverse("organisatie_opheffen", args=[self.organisatie.slug]))

    def verdeel(self, keuze: Opheffingformulier, data: Any = None) -> Verdeelformulier | None:
        """The form about the parts, of everything there is: also what the beheerder may not see moves. None, with the
        words in `keuze`, when it cannot be.
        """
        if not keuze.is_valid():
            return None
        dag, overnemers = keuze.cleaned_data["dag"], keuze.overnemers()
        allen = Verdeling(overnemers[0], agendas=dict(enumerate(overnemers)))
        try:
            controleer(self.organisatie, dag, allen, self.wie.vandaag)
        except ValidationError as fout:
            neem_fouten_over(keuze, fout)
            return None
        with kijkend(Blik(NIETS, self.wie.moment, alles=True)):
            overzicht = overzie(self.organisatie, dag, vandaag=self.wie.vandaag)
        return Verdeelformulier(overzicht, overnemers, self.wie.blik, data)

    def doe(self, keuze: Opheffingformulier, verdeel: Verdeelformulier) -> Uitkomst:
        """Move it."""
        return hef_organisatie_op(
            self.organisatie,
            keuze.cleaned_data["dag"],
            verdeel.verdeling(),
            verdeel.tafelverdeling(),
            toelichting=verdeel.cleaned_data["toelichting"],
            gezien=verdeel.cleaned_data["kenmerk"],
            versie=verdeel.cleaned_data["versie"],
            door=wie_is(self.request),
            vandaag=self.wie.vandaag,
            moment=timezone.now(),
        )

    def verouderd(self, keuze: Opheffingformulier) -> HttpResponse:
        """Somebody was first: what is chosen stays, on top of what moves now."""
        self.organisatie.refresh_from_db()
        vers = self.verdeel(keuze)
        if vers is None:
            return self.toon(keuze, status=BOTST)
        invoer = self.request.POST.copy()
        invoer["kenmerk"], invoer["versie"] = vers.initial["kenmerk"], str(vers.initial["versie"])
        opnieuw = Verdeelformulier(vers.overzicht, list(vers.overnemers.values()), self.wie.blik, invoer)
        opnieuw.is_valid()
        opnieuw.add_error(None, ANDERS)
        return self.toon(keuze, opnieuw, status=BOTST)

    def toon(
        self, keuze: Opheffingformulier, verdeel: Verdeelformulier | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The page."""
        with kijkend(Blik(NIETS, self.wie.moment, alles=True)):
            gedaan = afloop(self.organisatie)
        return toon(
            self.request,
            "toegang/opheffen.html",
            self.wie,
            {
                "organisatie": self.organisatie,
                "is_opgeheven": self.organisatie.is_opgeheven(self.wie.vandaag),
                "keuze": keuze,
                "form": verdeel,
                "overzicht": verdeel.overzicht if verdeel else None,
                "komend": [
                    rij for rij in (verdeel.overzicht.tafel.vergaderingen if verdeel else []) if self.wie.blik.ziet(rij)
                ],
                "afloop": gedaan,
            },
            status=status,
        )


def in_woorden(organisatie: Organisatie, uitkomst: Uitkomst) -> str:
    """What was done, in a sentence or two."""
    einde = f"{organisatie} {'eindigt' if uitkomst.is_straks else 'is opgeheven'} per {uitkomst.dag:%d-%m-%Y}."
    tellingen = (
        (uitkomst.werk.maatregelen, "maatregel", "maatregelen"),
        (uitkomst.tafel.acties, "actiepunt", "actiepunten"),
        (uitkomst.werk.agendas, "agenda", "agenda's"),
        (len(uitkomst.werk.leden), "rol", "rollen"),
        (uitkomst.tafel.zetels_over + uitkomst.tafel.zetels_einde, "zetel", "zetels"),
    )
    delen = [f"{aantal} {een if aantal == 1 else meer}" for aantal, een, meer in tellingen if aantal]
    gedaan = f" {'Vastgelegd per die dag' if uitkomst.is_straks else 'Verhuisd of beëindigd'}: {', '.join(delen)}."
    daarna = (
        " Kom op of na die dag hier terug voor het open werk; tot dan volgen rechten en berichten vanzelf de opvolger."
    )
    return einde + (gedaan if delen else "") + (daarna if uitkomst.is_straks else "")
