"""What roles ask, kept by the beheerder; roles within the own organisation, handed out by the coördinator."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from maatregelen.forms.beheer import Roleindeformulier
from maatregelen.models import Lidmaatschap, Rol
from maatregelen.views import bevoegdheid, toon
from maatregelen.views.bijhouden import GELUKT, ONJUIST, WIE_BEHEER, Formulierblad, probeer, wie_is
from maatregelen.zichtbaarheid import Bevoegdheid, mag_beheren
from toegang.beleid import beleid_per_rol, zet_beleid
from toegang.forms.rollen import Beleidformulier, Verdeelformulier
from toegang.rolverdeling import (
    beeindig_verdeelde_rol,
    lidmaatschappen_bij,
    mag_rol_verdelen,
    mag_verdelen,
    organisaties_van,
    verdeel_rol,
)
from toegang.tasks import verstuur_zo_mogelijk_nu

WIE_VERDEELT = "Rollen binnen een organisatie verdeelt een coördinator van die organisatie."
MEESTE_CIJFERS = 19  # of a number that fits in the database


class Beleid(View):
    """Per role whether it asks for a second step, and for four eyes."""

    http_method_names = ["get", "head", "post"]
    wie: Bevoegdheid

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The beheerder only."""
        self.wie = bevoegdheid(request)
        if not mag_beheren(self.wie):
            raise PermissionDenied(WIE_BEHEER)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """A small form per role."""
        rijen = [(beleid, Beleidformulier(beleid)) for beleid in beleid_per_rol()]
        return toon(request, "toegang/rolbeleid.html", self.wie, {"rijen": rijen})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what one role asks."""
        gekozen = {beleid.rol: beleid for beleid in beleid_per_rol()}.get(request.POST.get("rol", ""))
        if gekozen is None:
            messages.error(request, "Deze rol bestaat niet. Er is niets gewijzigd.")
            return HttpResponseRedirect(request.path)
        form = Beleidformulier(gekozen, request.POST)
        form.full_clean()
        if zet_beleid(gekozen.rol, **form.cleaned_data, door=wie_is(request), moment=timezone.now()):
            messages.success(request, f"Opgeslagen voor de rol {Rol(gekozen.rol).label}.")
        else:
            messages.info(request, f"Er is niets gewijzigd voor de rol {Rol(gekozen.rol).label}.")
        return HttpResponseRedirect(request.path)


class Rolverdeling(Formulierblad):
    """Who has which role here, and giving one."""

    sjabloon = "toegang/rolverdeling.html"
    titel = "Rollen in uw organisatie"
    inleiding = (
        "U geeft hier rollen aan mensen van uw eigen organisatie, en beëindigt ze. Uw eigen rollen wijzigt een ander."
    )
    knop = "Geef rol"
    wie_mag = WIE_VERDEELT
    eindeform: forms.BaseForm | None = None

    def mag(self) -> bool:
        """A coördinator."""
        return mag_verdelen(self.wie)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Who, where, which role, from when."""
        return Verdeelformulier(organisaties_van(self.wie), self.wie.vandaag, data)

    def bewaar(self, form: Any) -> tuple[Lidmaatschap, bool]:
        """Give it, and invite who is new."""
        uitkomst = verdeel_rol(self.wie, **form.cleaned_data, moment=timezone.now())
        verstuur_zo_mogelijk_nu()
        return uitkomst

    def melding(self, uitkomst: tuple[Lidmaatschap, bool]) -> str:
        """Which role, from when, and whether a mail goes out."""
        lid, nieuw = uitkomst
        return f"De rol is gegeven: {lid}, vanaf {lid.vanaf:%d-%m-%Y}." + (
            f" {lid.persoon.email} krijgt een uitnodiging per mail." if nieuw else ""
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give a role, or end one."""
        if "lidmaatschap" not in request.POST:
            return super().post(request, **kwargs)
        sleutel = request.POST["lidmaatschap"]
        lid = get_object_or_404(
            Lidmaatschap.objects.filter(organisatie__in=self.wie.coordineert).select_related("persoon", "organisatie"),
            pk=int(sleutel) if sleutel.isdecimal() and len(sleutel) < MEESTE_CIJFERS else 0,
        )
        form = self.eindeform = Roleindeformulier(self.wie.vandaag, request.POST)
        if not form.is_valid():
            return self.toon(self.formulier(), status=ONJUIST)
        per = form.cleaned_data["tot"]
        _, status = probeer(form, lambda: beeindig_verdeelde_rol(self.wie, lid, per=per))
        if status != GELUKT:
            return self.toon(self.formulier(), status=status)
        messages.success(request, f"De rol eindigt per {per:%d-%m-%Y}: {lid}.")
        return HttpResponseRedirect(request.path)

    def terug(self, uitkomst: Any = None) -> str:
        """This page."""
        return self.request.path

    def inhoud(self) -> dict[str, Any]:
        """The roles there are, and which of them this person may end."""
        rijen = [
            (lid, lid.tot is None and mag_rol_verdelen(self.wie, lid.persoon, lid.organisatie, lid.rol))
            for lid in lidmaatschappen_bij(self.wie)
        ]
        return {"rijen": rijen, "eindeform": self.eindeform}
