"""How somebody else gets in, for the beheerder: invitation, sessions, second step."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from maatregelen.models import Persoon
from maatregelen.views import bevoegdheid, toon
from maatregelen.views.bijhouden import WIE_BEHEER, wie_is
from maatregelen.zichtbaarheid import Bevoegdheid, mag_beheren
from toegang.links import mag_link_krijgen, nodig_uit, trek_open_in
from toegang.models import Linksoort
from toegang.sessies import beeindig_alles_van, sessies_van
from toegang.tasks import verstuur_zo_mogelijk_nu
from toegang.tweedestap import heeft_tweede_stap, neem_tweede_stap_weg


@method_decorator(never_cache, name="dispatch")
class ToegangVan(View):
    """What there is, with a button for each thing that can be done."""

    http_method_names = ["get", "head", "post"]
    wie: Bevoegdheid
    mens: Persoon

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The beheerder only."""
        self.wie = bevoegdheid(request)
        if not mag_beheren(self.wie):
            raise PermissionDenied(WIE_BEHEER)
        self.mens = get_object_or_404(Persoon, pk=kwargs["pk"], is_programma=False)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Invitations, second step, sessions."""
        moment = timezone.now()
        links = self.mens.toegangslinks.filter(soort=Linksoort.UITNODIGING).select_related("gemaakt_door")
        return toon(
            request,
            "toegang/persoon.html",
            self.wie,
            {
                "mens": self.mens,
                "uitnodigingen": [(link, link.stand(moment)) for link in links],
                "kan_uitnodigen": mag_link_krijgen(self.mens)
                and (self.mens.moet_wachtwoord_wijzigen or not self.mens.has_usable_password()),
                "heeft_tweede_stap": heeft_tweede_stap(self.mens),
                "sessies": sessies_van(self.mens, None),
            },
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """One of the buttons."""
        moment, door = timezone.now(), wie_is(request)
        try:
            melding = self._doe(request.POST.get("daad", ""), door, moment)
        except ValidationError as fout:
            messages.error(request, " ".join(fout.messages))
        else:
            messages.success(request, melding)
        return HttpResponseRedirect(request.path)

    def _doe(self, daad: str, door: Persoon, moment: Any) -> str:
        if daad == "nodig_uit":
            nodig_uit(self.mens, door=door, moment=moment)
            verstuur_zo_mogelijk_nu()
            return f"De uitnodiging gaat naar {self.mens.email}."
        if daad == "trek_in":
            trek_open_in(self.mens, door=door, moment=moment)
            return "De uitnodiging is ingetrokken: de link in de mail werkt niet meer."
        if daad == "tweede_stap_weg":
            neem_tweede_stap_weg(self.mens, door=door, moment=moment)
            verstuur_zo_mogelijk_nu()
            return "De tweede stap is weggehaald. Bij de volgende keer inloggen stelt deze persoon een nieuwe in."
        if daad == "log_uit":
            aantal = beeindig_alles_van(self.mens, door=door, moment=moment)
            verstuur_zo_mogelijk_nu()
            return f"Deze persoon is overal uitgelogd ({aantal} keer ingelogd)."
        raise ValidationError("Dit bestaat niet. Er is niets gewijzigd.")
