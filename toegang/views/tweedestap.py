"""The second step, on one's own account: an app, passkeys, recovery codes."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from logboek.models import Actie
from toegang.binnenkomst import Eerst, eerst_te_doen
from toegang.forms.tweedestap import te_koppelen_geheim
from toegang.sessies import beeindig_andere
from toegang.tasks import verstuur_zo_mogelijk_nu
from toegang.tweedestap import meld
from toegang.views import kader
from toegang.views.inloggen import als_json

GEHEIM_IN_GROEPEN = 4


class _Accountblad:
    """A page of the own account about the second step."""

    request: Any
    bladtitel = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The frame, and whether this has to be done before anything else."""
        inhoud: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        frame = kader(self.request)
        moet = eerst_te_doen(self.request, frame["vandaag"]) == Eerst.TWEEDE_STAP
        return {**frame, **inhoud, "moet_tweede_stap": moet, "bladtitel": self.bladtitel}

    def na_toevoegen(self, antwoord: HttpResponse, wat: str) -> HttpResponse:
        """Write it down, and end the sessions that began without it."""
        meld(Actie.FACTOR_TOEVOEGEN, self.request.user, moment=timezone.now(), wat=wat)
        beeindig_andere(self.request.user, self.request.session.session_key)
        verstuur_zo_mogelijk_nu()
        return antwoord


@method_decorator(never_cache, name="dispatch")
class Overzicht(_Accountblad, IndexView):  # type: ignore[misc]
    """What one has, and how to add or take away."""


@method_decorator(never_cache, name="dispatch")
class AppKoppelen(_Accountblad, ActivateTOTPView):  # type: ignore[misc]
    """Tie an app: its picture, the same in letters, and the first code as proof."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it."""
        return self.na_toevoegen(super().form_valid(form), "app")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret in groups, for who types it."""
        inhoud = super().get_context_data(**kwargs)
        geheim = inhoud["form"].secret
        groepen = [geheim[i : i + GEHEIM_IN_GROEPEN] for i in range(0, len(geheim), GEHEIM_IN_GROEPEN)]
        return {**inhoud, "geheim": " ".join(groepen)}


@never_cache
@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The picture an app reads, of the secret that is being tied in this session. Raises Http404 when there is none."""
    if SECRET_SESSION_KEY not in request.session:
        raise Http404
    kluis = get_adapter()
    tekening = kluis.build_totp_svg(kluis.build_totp_url(request.user, te_koppelen_geheim(nieuw=False)))
    return HttpResponse(tekening, content_type="image/svg+xml")


@method_decorator(never_cache, name="dispatch")
class AppVerwijderen(_Accountblad, DeactivateTOTPView):  # type: ignore[misc]
    """Untie the app."""

    bladtitel = "App loskoppelen"

    def form_valid(self, form: Any) -> HttpResponse:
        """Untie it."""
        antwoord: HttpResponse = super().form_valid(form)
        meld(Actie.FACTOR_VERWIJDEREN, self.request.user, moment=timezone.now(), wat="app")
        verstuur_zo_mogelijk_nu()
        return antwoord


@method_decorator(never_cache, name="dispatch")
class PasskeyToevoegen(_Accountblad, AddWebAuthnView):  # type: ignore[misc]
    """Make a passkey, which is also enough to sign in by itself."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser needs to make it: kept on the device, and opened by finger, face or PIN."""
        inhoud = super().get_context_data(**kwargs)
        # The view this comes from shows an empty form after a refusal.
        inhoud["form"] = kwargs.get("form", inhoud["form"])
        inhoud["js_data"] = None
        return {**inhoud, "opties": als_json(begin_registration(self.request.user, True))}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it."""
        return self.na_toevoegen(super().form_valid(form), "passkey")


@method_decorator(never_cache, name="dispatch")
class PasskeyNaam(_Accountblad, EditWebAuthnView):  # type: ignore[misc]
    """Give a passkey another name."""

    bladtitel = "Andere naam voor een passkey"

    success_url = reverse_lazy("mfa_index")


@method_decorator(never_cache, name="dispatch")
class PasskeyWeg(_Accountblad, RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey away."""

    bladtitel = "Passkey verwijderen"

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Unless it is the last second step of somebody whose role asks for one."""
        kluis = get_adapter()
        if not kluis.can_delete_authenticator(self.get_object()):
            messages.error(self.request, kluis.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(reverse("mfa_index"))
        antwoord: HttpResponse = super().form_valid(form)
        meld(Actie.FACTOR_VERWIJDEREN, self.request.user, moment=timezone.now(), wat="passkey")
        verstuur_zo_mogelijk_nu()
        return antwoord


@method_decorator(never_cache, name="dispatch")
class Herstelcodes(_Accountblad, ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, shown this once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the day, for on paper."""
        return {**super().get_context_data(**kwargs), "gemaakt_op": timezone.now()}


@method_decorator(never_cache, name="dispatch")
class HerstelcodesMaken(_Accountblad, GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the earlier ones stop working."""

    bladtitel = "Nieuwe herstelcodes"

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them."""
        antwoord: HttpResponse = super().form_valid(form)
        meld(Actie.HERSTELCODES_MAKEN, self.request.user, moment=timezone.now(), wat="herstelcodes")
        verstuur_zo_mogelijk_nu()
        return antwoord
