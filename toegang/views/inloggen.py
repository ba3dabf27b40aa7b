"""Coming in and going out, and showing once more who one is."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from logboek.models import Actie, Resultaat
from logboek.schrijven import onderwerp, schrijf
from toegang.tasks import verstuur_zo_mogelijk_nu
from toegang.tweedestap import meld_gebruik
from toegang.views import kader


def als_json(opties: Any) -> str:
    """What a browser needs for a passkey, as it stands in an attribute of the page."""
    return DjangoJSONEncoder(separators=(",", ":")).encode(opties)


class Inloggen(LoginView):  # type: ignore[misc]
    """One form with e-mail address and password, and a passkey for who has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where a passkey goes, with the page one was going to."""
        inhoud: dict[str, Any] = super().get_context_data(**kwargs)
        return {**inhoud, "passkey_adres": reverse("mfa_login_webauthn")}


@method_decorator(never_cache, name="dispatch")
class Uitloggen(LogoutView):  # type: ignore[misc]
    """Leaves at one click on our own link; who comes from elsewhere is asked first."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The browser itself says where a click came from; a foreign page cannot say that it was ours."""
        kop = self.request.headers
        eigen_klik = (
            kop.get("Sec-Fetch-Site") == "same-origin"
            and kop.get("Sec-Fetch-Mode") == "navigate"
            and "prefetch" not in kop.get("Sec-Purpose", "")
        )
        antwoord: HttpResponseBase = self.post(*args, **kwargs) if eigen_klik else super().get(*args, **kwargs)
        return antwoord


class TweedeStap(AuthenticateView):  # type: ignore[misc]
    """After the password: a code or a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser needs, when this person has a passkey."""
        inhoud: dict[str, Any] = super().get_context_data(**kwargs)
        opties = inhoud.pop("js_data")["request_options"]
        return {**inhoud, "opties": als_json(opties) if opties["publicKey"].get("allowCredentials") else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        """In, and written down by what."""
        gebruikt = getattr(form, "authenticator", None) or form.cleaned_data["credential"]
        meld_gebruik(gebruikt, gebruikt.user, moment=timezone.now())
        verstuur_zo_mogelijk_nu()
        antwoord: HttpResponse = super().form_valid(form)
        return antwoord

    def form_invalid(self, form: Any) -> HttpResponse:
        """Not in, and written down for whom: somebody knows the password."""
        schrijf(
            actie=Actie.FACTOR_GEBRUIKEN,
            resultaat=Resultaat.GEWEIGERD,
            moment=timezone.now(),
            over=onderwerp(self.stage.login.user),
        )
        antwoord: HttpResponse = super().form_invalid(form)
        return antwoord


@method_decorator([login_not_required, never_cache], name="dispatch")
class PasskeyInloggen(LoginWebAuthnView):  # type: ignore[misc]
    """Signing in with a passkey alone: it is two steps in one, something one has and a finger or PIN."""


class _Bevestigen:
    """A page that asks who is signed in to show once more who they are."""

    request: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The frame, and the other ways."""
        inhoud: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if "js_data" in inhoud:
            inhoud["opties"] = als_json(inhoud.pop("js_data")["request_options"])
        return {**kader(self.request), **inhoud}


@method_decorator(never_cache, name="dispatch")
class Bevestigen(_Bevestigen, ReauthenticateView):  # type: ignore[misc]
    """The password once more."""

    template_name = "account/reauthenticate.html"


@method_decorator(never_cache, name="dispatch")
class CodeBevestigen(_Bevestigen, CodeReauthenticateView):  # type: ignore[misc]
    """A code once more."""

    template_name = "account/reauthenticate.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """It was them; a recovery code is used up by this too."""
        antwoord: HttpResponse = super().form_valid(form)
        if form.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            meld_gebruik(form.authenticator, self.request.user, moment=timezone.now())
            verstuur_zo_mogelijk_nu()
        return antwoord


@method_decorator(never_cache, name="dispatch")
class PasskeyBevestigen(_Bevestigen, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey once more."""

    template_name = "mfa/webauthn/reauthenticate.html"
