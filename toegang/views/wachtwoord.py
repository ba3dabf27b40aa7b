"""Passwords: forgotten, chosen by a link in a mail, changed."""

from typing import Any

from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from logboek.models import Actie, Resultaat
from logboek.schrijven import schrijf
from maatregelen.models import Persoon
from maatregelen.views.bijhouden import ONJUIST, Formulierblad, neem_fouten_over, wie_is
from toegang import links
from toegang.forms.wachtwoord import Herstelformulier, Nieuwwachtwoordformulier, Wachtwoordformulier
from toegang.sessies import beeindig_andere
from toegang.tasks import verstuur_zo_mogelijk_nu
from toegang.views import kader

# Where the secret of a link waits in the session, so that it stands in no address of a page people stay on.
IN_SESSIE = "toegang_link"


@method_decorator([login_not_required, never_cache], name="dispatch")
class WachtwoordVergeten(View):
    """Ask for a link. The answer is the same for every address, known or not, and so is the work."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The question for an address."""
        return self._toon(request, Herstelformulier())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Note the request; a link comes by mail when there is somebody with this address."""
        form = Herstelformulier(request.POST)
        if not form.is_valid():
            return self._toon(request, form, status=ONJUIST)
        adres = form.cleaned_data["adres"].lower()
        if not ratelimit.consume(request, action="reset_password", key=adres):
            antwoord: HttpResponse = ratelimit.respond_429(request)
            return antwoord
        links.vraag_herstel(adres, moment=timezone.now())
        verstuur_zo_mogelijk_nu()
        return render(request, "toegang/herstel_gevraagd.html", {"adres": adres})

    def _toon(self, request: HttpRequest, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        return render(request, "toegang/herstel.html", {"form": form}, status=status)


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class WachtwoordKiezen(View):
    """Choose a password by the link in a mail."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, geheim: str = "") -> HttpResponse:
        """From the address with the secret to one without, where the form is."""
        if geheim:
            request.session[IN_SESSIE] = geheim
            return HttpResponseRedirect(reverse("wachtwoord_kiezen_formulier"))
        link = links.zoek(request.session.get(IN_SESSIE, ""), moment=timezone.now())
        if link is None:
            return self._werkt_niet(request)
        return self._toon(request, link, Nieuwwachtwoordformulier(link.persoon))

    def post(self, request: HttpRequest, geheim: str = "") -> HttpResponse:
        """Keep the password; signing in is the next thing, with the second step where there is one."""
        moment = timezone.now()
        wacht = request.session.get(IN_SESSIE, "")
        link = links.zoek(wacht, moment=moment)
        if link is None:
            return self._werkt_niet(request)
        form = Nieuwwachtwoordformulier(link.persoon, request.POST)
        if not form.is_valid():
            return self._toon(request, link, form, status=ONJUIST)
        try:
            links.kies_wachtwoord(wacht, form.cleaned_data["new_password1"], moment=moment)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
            return self._toon(request, link, form, status=ONJUIST)
        request.session.flush()
        verstuur_zo_mogelijk_nu()
        messages.success(request, "Uw wachtwoord is gekozen. U kunt er nu mee inloggen.")
        return HttpResponseRedirect(reverse("account_login"))

    def _toon(self, request: HttpRequest, link: Any, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        return render(request, "toegang/wachtwoord_kiezen.html", {"form": form, "link": link}, status=status)

    def _werkt_niet(self, request: HttpRequest) -> HttpResponse:
        request.session.pop(IN_SESSIE, None)
        return render(request, "toegang/link_werkt_niet.html", {"waarom": links.ONBRUIKBAAR}, status=410)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class WachtwoordWijzigen(Formulierblad):
    """Everybody replaces the own password, first of all the temporary one."""

    sjabloon = "toegang/wachtwoord_wijzigen.html"
    titel = "Wachtwoord wijzigen"
    gelukt = "Uw wachtwoord is gewijzigd. Op andere apparaten moet u opnieuw inloggen."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Also for who has no role: a temporary password is replaced whatever else there is."""
        self.wie = kader(request)["wie"]
        self.persoon = wie_is(request)
        return View.dispatch(self, request, *args, **kwargs)

    def mag(self) -> bool:
        """Everybody who is signed in."""
        return True

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The present password, and the new one twice."""
        return Wachtwoordformulier(self.persoon, data)

    def bewaar(self, form: Any) -> Persoon:
        """Keep it, and stay signed in here only."""
        form.user.moet_wachtwoord_wijzigen = False
        persoon: Persoon = form.save()
        update_session_auth_hash(self.request, persoon)
        beeindig_andere(persoon, self.request.session.session_key)
        UserSession.objects.create_from_request(self.request)
        moment = timezone.now()
        links.sluit_alle(persoon, moment=moment)
        schrijf(actie=Actie.WACHTWOORD_WIJZIGEN, resultaat=Resultaat.GELUKT, moment=moment, actor=persoon)
        verstuur_zo_mogelijk_nu()
        return persoon

    def terug(self, uitkomst: Any = None) -> str:
        """My account."""
        return reverse("mijn")

    def paden(self) -> list[tuple[str, str]]:
        """My account."""
        return [(reverse("mijn"), "Mijn account")]

    def inhoud(self) -> dict[str, Any]:
        """Whether this has to be done before anything else."""
        return {"moet": self.persoon.moet_wachtwoord_wijzigen}
