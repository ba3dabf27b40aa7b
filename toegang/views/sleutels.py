"""My keys: made, shown once, and revoked."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from maatregelen.models import Persoon, Toegangssleutel
from maatregelen.versiebewaking import Tussenstand
from maatregelen.views import lees_adres, toon
from maatregelen.views.bijhouden import GELUKT, ONJUIST, Formulierblad, probeer
from toegang.forms.sleutels import Sleutelformulier
from toegang.sleutels import (
    HOOGSTENS,
    ONDERDELEN,
    begin_van,
    is_verlopen,
    kenmerk_van,
    maak_sleutel,
    sleutels_van,
    trek_in,
)
from toegang.tasks import verstuur_zo_mogelijk_nu

EEN_TEL = datetime.timedelta(seconds=1)


def sleutelrijen(persoon: Persoon) -> list[dict[str, Any]]:
    """The keys of a person or program as a page shows them; one query."""
    nu = timezone.now()
    return [
        {
            "sleutel": rij,
            "kenmerk": kenmerk_van(rij),
            "begin": begin_van(rij),
            "verlopen": is_verlopen(rij, nu),
            "tot_en_met": timezone.localdate(rij.expiry - EEN_TEL) if rij.expiry else None,
            "onderdelen": [ONDERDELEN.get(deel, deel) for deel in rij.bereik],
        }
        for rij in sleutels_van(persoon)
    ]


class Sleutelblad(Formulierblad):
    """A page that makes a key. The secret stands in this one answer: not in a message, a session or an address."""

    @property
    def houder(self) -> Persoon:
        """Whose key it is to be."""
        return self.persoon

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """No copy of this page stays behind."""
        return super().dispatch(request, *args, **kwargs)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """What the key may do."""
        return Sleutelformulier(self.wie.vandaag, data)

    def bewaar(self, form: Any) -> tuple[Toegangssleutel, str]:
        """Make it."""
        nieuw = maak_sleutel(self.houder, form.wens(), door=self.persoon)
        verstuur_zo_mogelijk_nu()
        return nieuw

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make it and show it. Sent once more by a reload it is refused: the name is in use by then."""
        form = self.formulier(request.POST)
        if not form.is_valid():
            return self.toon(form, status=ONJUIST)
        nieuw, status = probeer(form, lambda: self.bewaar(form))
        if nieuw is None:
            return self.toon(form, status=status)
        return self.toon(self.formulier(), nieuw=nieuw)

    def toon(
        self,
        form: forms.BaseForm,
        *,
        status: int = GELUKT,
        stand: Tussenstand | None = None,
        nieuw: tuple[Toegangssleutel, str] | None = None,
    ) -> HttpResponse:
        """The keys and the form; with `nieuw`, the one that was just made stands above them, this once."""
        inhoud = {
            "form": form,
            "paden": self.paden(),
            "sleutels": sleutelrijen(self.houder),
            "nieuw": {"naam": nieuw[0].naam, "geheim": nieuw[1]} if nieuw else None,
            "hoogstens": HOOGSTENS,
            **self.inhoud(),
        }
        return toon(self.request, self.sjabloon, self.wie, inhoud, status=status)


class MijnSleutels(Sleutelblad):
    """My keys, and a new one."""

    sjabloon = "toegang/sleutels.html"

    def zoek(self, **sleutels: Any) -> None:
        """Nothing can be asked in the address."""
        lees_adres(self.request, {})

    def mag(self) -> bool:
        """Everybody with a role, for themselves."""
        return True

    def terug(self, uitkomst: Any = None) -> str:
        """My account."""
        return reverse("mijn")


class Intrekblad(Formulierblad):
    """The question before a key ends."""

    titel = "Sleutel intrekken"
    knop = "Trek in"
    inleiding = "De sleutel werkt dan meteen niet meer en komt niet terug. Wat ermee is gedaan blijft."
    sleutel: Toegangssleutel

    @property
    def houder(self) -> Persoon:
        """Whose key it is."""
        return self.persoon

    def zoek(self, **sleutels: Any) -> None:
        """The key that the address names."""
        lees_adres(self.request, {})
        self.zoek_sleutel(sleutels["kenmerk"])

    def zoek_sleutel(self, kenmerk: str) -> None:
        """The key of this holder and nobody else. Raises Http404."""
        rijen = [rij.pk for rij in sleutels_van(self.houder) if kenmerk_van(rij) == kenmerk]
        self.sleutel = get_object_or_404(sleutels_van(self.houder), pk__in=rijen)

    def mag(self) -> bool:
        """Everybody, the own ones."""
        return True

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Nothing to fill in: it is a question."""
        return forms.Form(data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Revoke it."""
        trek_in(self.sleutel, door=self.persoon)
        messages.success(request, f"De sleutel is ingetrokken: {self.sleutel.naam}.")
        return HttpResponseRedirect(self.terug())

    def terug(self, uitkomst: Any = None) -> str:
        """The list."""
        return reverse("sleutels")

    def paden(self) -> list[tuple[str, str]]:
        """My account, the list."""
        return [(reverse("mijn"), "Mijn account"), (self.terug(), "Sleutels")]

    def inhoud(self) -> dict[str, Any]:
        """Which key this is about."""
        return {"over": f"{self.sleutel.naam} ({begin_van(self.sleutel)}…)"}
