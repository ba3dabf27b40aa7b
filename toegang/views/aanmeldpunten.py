"""Where people sign in with the account of their own organisation, kept up by the beheerder."""

import copy
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maatregelen.models import Persoon
from maatregelen.views import bevoegdheid, blader, lees_adres, toon
from maatregelen.views.bijhouden import ONJUIST, WIE_BEHEER, Formulierblad, wie_is
from maatregelen.zichtbaarheid import mag_beheren
from toegang.aanmeldprotocol import geheim
from toegang.aanmeldpunten import (
    maak_aanmeldpunt,
    maak_koppeling,
    ontkoppel,
    verwijder_koppeling,
    wat_zou,
    wijzig_aanmeldpunt,
)
from toegang.forms.aanmeldpunten import Aanmeldpuntformulier, Koppelingformulier, Proefformulier
from toegang.models import Aanmeldpunt, Claimkoppeling

LIJST = "Inloggen via organisaties"


def _pad(naam: str, punt: Aanmeldpunt) -> str:
    return reverse(naam, kwargs={"adresnaam": punt.adresnaam})


class Aanmeldblad(Formulierblad):
    """A page of the beheerder about a provider."""

    wie_mag = WIE_BEHEER
    punt: Aanmeldpunt

    def mag(self) -> bool:
        """The beheerder."""
        return mag_beheren(self.wie)

    def zoek(self, **sleutels: Any) -> None:
        """The provider with this address name; who keeps up nothing learns nothing of which there are."""
        if not self.mag():
            raise PermissionDenied(self.wie_mag)
        lees_adres(self.request, {})
        if "adresnaam" in sleutels:
            self.punt = get_object_or_404(Aanmeldpunt, adresnaam=sleutels["adresnaam"])

    def terug(self, uitkomst: Any = None) -> str:
        """The page of the provider."""
        return _pad("aanmeldpunt", self.punt)

    def paden(self) -> list[tuple[str, str]]:
        """The list, the provider."""
        return [(reverse("aanmeldpunten"), LIJST), (_pad("aanmeldpunt", self.punt), self.punt.naam)]

    def inhoud(self) -> dict[str, Any]:
        """Which provider."""
        return {"punt": self.punt, "over": self.punt.naam}


@require_safe
def aanmeldpunten(request: HttpRequest) -> HttpResponse:
    """Which providers there are."""
    wie = bevoegdheid(request)
    if not mag_beheren(wie):
        raise PermissionDenied(WIE_BEHEER)
    lees_adres(request, {})
    punten = list(Aanmeldpunt.objects.annotate(aantal_koppelingen=Count("koppelingen")))
    inhoud = {"punten": [(punt, bool(geheim(punt))) for punt in punten], "titel": LIJST}
    return toon(request, "toegang/aanmeldpunten.html", wie, inhoud)


class AanmeldpuntNieuw(Aanmeldblad):
    """A new provider."""

    titel = "Aanmeldpunt toevoegen"
    knop = "Voeg toe"
    gelukt = "Het aanmeldpunt is toegevoegd. Koppel nu waarden van claims aan rollen."
    inleiding = (
        "Een aanmeldpunt is een dienst waarmee een organisatie haar eigen mensen laat inloggen (OpenID Connect). "
        "U voegt het hier toe en zet het pas in gebruik als het client-geheim op de server staat."
    )

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty provider."""
        return Aanmeldpuntformulier(data)

    def bewaar(self, form: Any) -> Aanmeldpunt:
        """Make it."""
        return maak_aanmeldpunt(form.velden(), door=self.persoon, moment=timezone.now())

    def terug(self, uitkomst: Any = None) -> str:
        """Its page, or the list."""
        return _pad("aanmeldpunt", uitkomst) if uitkomst else reverse("aanmeldpunten")

    def paden(self) -> list[tuple[str, str]]:
        """The list."""
        return [(reverse("aanmeldpunten"), LIJST)]

    def inhoud(self) -> dict[str, Any]:
        """Nothing yet."""
        return {}


class AanmeldpuntWijzigen(Aanmeldblad):
    """Change a provider."""

    titel = "Aanmeldpunt wijzigen"

    def zoek(self, **sleutels: Any) -> None:
        """The provider, with its version."""
        super().zoek(**sleutels)
        self.stuk = self.punt

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The provider; a copy, so that what is refused is never shown as what is."""
        return Aanmeldpuntformulier(data, instance=copy.copy(self.punt))

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig_aanmeldpunt(
            self.punt, form.velden(), door=self.persoon, versie=form.cleaned_data["versie"], moment=timezone.now()
        )


@require_safe
def aanmeldpunt(request: HttpRequest, adresnaam: str) -> HttpResponse:
    """A provider: what it needs, what its claims give, how many people came in by it."""
    wie = bevoegdheid(request)
    if not mag_beheren(wie):
        raise PermissionDenied(WIE_BEHEER)
    lees_adres(request, {})
    punt = get_object_or_404(Aanmeldpunt, adresnaam=adresnaam)
    inhoud = {
        "punt": punt,
        "paden": [(reverse("aanmeldpunten"), LIJST)],
        "koppelingen": punt.koppelingen.select_related("organisatie"),
        "gekoppeld": SocialAccount.objects.filter(provider=punt.adresnaam).count(),
        "geheim_aanwezig": bool(geheim(punt)),
        "terugadres": request.build_absolute_uri(
            reverse("openid_connect_callback", kwargs={"provider_id": punt.adresnaam})
        ),
        "na_uitloggen": request.build_absolute_uri(reverse("account_login")),
    }
    return toon(request, "toegang/aanmeldpunt.html", wie, inhoud)


class KoppelingNieuw(Aanmeldblad):
    """Which role a value of a claim gives."""

    titel = "Koppeling toevoegen"
    knop = "Voeg toe"
    gelukt = "De koppeling is toegevoegd. Zij geldt vanaf de volgende keer dat iemand inlogt."
    inleiding = (
        "Wie de waarden hieronder meekrijgt van de aanbieder, krijgt de rol. Vult u beide waarden in, dan moeten ze "
        "allebei kloppen."
    )

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Values, organisation, role."""
        return Koppelingformulier(self.wie.vandaag, data)

    def bewaar(self, form: Any) -> Claimkoppeling:
        """Make it."""
        return maak_koppeling(self.punt, **form.cleaned_data, door=self.persoon, moment=timezone.now())


@require_POST
def koppeling_verwijderen(request: HttpRequest, adresnaam: str, pk: int) -> HttpResponse:
    """Let a value give nothing any more."""
    wie = bevoegdheid(request)
    if not mag_beheren(wie):
        raise PermissionDenied(WIE_BEHEER)
    koppeling = get_object_or_404(
        Claimkoppeling.objects.select_related("aanmeldpunt", "organisatie"), pk=pk, aanmeldpunt__adresnaam=adresnaam
    )
    naam = str(koppeling)
    verwijder_koppeling(koppeling, door=wie_is(request), moment=timezone.now())
    messages.success(
        request,
        f"De koppeling is verwijderd: {naam}. Wie die rol ervan kreeg, verliest haar bij de volgende keer inloggen. "
        "Moet het meteen, beëindig de rol dan bij de persoon.",
    )
    return HttpResponseRedirect(reverse("aanmeldpunt", kwargs={"adresnaam": adresnaam}))


@method_decorator(never_cache, name="dispatch")
class Proef(Aanmeldblad):
    """What somebody with these claims would get; nothing is kept."""

    sjabloon = "toegang/aanmeldpunt_proef.html"
    titel = "Claims uitproberen"
    knop = "Bekijk wat iemand krijgt"
    inleiding = "Plak een voorbeeld van wat de aanbieder over iemand doorgeeft. U ziet wat er zou gebeuren."
    voorbeeld: Any = None

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The sample."""
        return Proefformulier(data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what it would give."""
        form: Any = self.formulier(request.POST)
        if not form.is_valid():
            return self.toon(form, status=ONJUIST)
        self.voorbeeld = wat_zou(self.punt, form.cleaned_data["claims"], vandaag=self.wie.vandaag)
        return self.toon(form)

    def inhoud(self) -> dict[str, Any]:
        """The provider, and what it would give."""
        return {**super().inhoud(), "voorbeeld": self.voorbeeld}


@require_safe
def gekoppelden(request: HttpRequest, adresnaam: str) -> HttpResponse:
    """Who comes in through this provider."""
    wie = bevoegdheid(request)
    if not mag_beheren(wie):
        raise PermissionDenied(WIE_BEHEER)
    lees_adres(request, {"pagina": None})
    punt = get_object_or_404(Aanmeldpunt, adresnaam=adresnaam)
    rijen = SocialAccount.objects.filter(provider=adresnaam).select_related("user").order_by("user__functie", "pk")
    inhoud = {
        "punt": punt,
        "paden": [(reverse("aanmeldpunten"), LIJST), (_pad("aanmeldpunt", punt), punt.naam)],
        "pagina": blader(request, rijen),
    }
    return toon(request, "toegang/aanmeldpunt_mensen.html", wie, inhoud)


@require_POST
def ontkoppelen(request: HttpRequest, adresnaam: str, pk: int) -> HttpResponse:
    """Let a person not come in through this provider as this person any more."""
    wie = bevoegdheid(request)
    if not mag_beheren(wie):
        raise PermissionDenied(WIE_BEHEER)
    punt = get_object_or_404(Aanmeldpunt, adresnaam=adresnaam)
    persoon = get_object_or_404(Persoon, pk=pk)
    if not ontkoppel(punt, persoon, door=wie_is(request), moment=timezone.now()):
        raise Http404(pk)
    messages.success(
        request,
        f"{persoon.functie} is losgekoppeld van {punt}. Rollen en lopende sessies blijven; maak de persoon niet actief "
        "als niemand er meer in mag.",
    )
    return HttpResponseRedirect(_pad("aanmeldpunt_mensen", punt))
