"""Going to the organisation that knows somebody, coming back, and leaving there too."""

import functools
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter as accountadapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException, Session

from toegang.aanmeldprotocol import Aanbieder, Aanbiederlijn, afmeldadres, als_app
from toegang.aanmeldpunten import VIA, Geweigerd, als_sessie, meld_aan
from toegang.models import Aanmeldpunt

WEG = "weg"  # the provider does not answer, or says that it cannot
AFGEBROKEN = "afgebroken"  # by the person, at the provider
VREEMD = "vreemd"  # an answer to a question that this browser did not ask, or too long ago
ONGELDIG = "ongeldig"  # an answer that does not check out
GEWEIGERD = "geweigerd"  # the provider knows them, we do not let them in
STATUS = {
    WEG: HTTPStatus.BAD_GATEWAY,
    AFGEBROKEN: HTTPStatus.OK,
    VREEMD: HTTPStatus.BAD_REQUEST,
    ONGELDIG: HTTPStatus.BAD_GATEWAY,
    GEWEIGERD: HTTPStatus.FORBIDDEN,
}


def _niet_binnen(request: HttpRequest, aanmeldpunt: Aanmeldpunt, wat: str, zin: str = "") -> HttpResponse:
    """Why nobody came in, and that signing in here may still be possible."""
    inhoud = {"punt": aanmeldpunt, "wat": wat, "zin": zin}
    return render(request, "toegang/aanmeldpunt_niet_binnen.html", inhoud, status=STATUS[wat])


class Aanmeldadapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What the library asks us on the way."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """The providers that are in use; never those of the library's own table, which would hold their secrets."""
        punten = Aanmeldpunt.objects.filter(actief=True)
        if provider:
            punten = punten.filter(adresnaam=provider)
        if client_id:
            punten = punten.filter(client_id=client_id)
        return [als_app(punt) for punt in punten]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Aanbieder:
        """The provider with this address name. Raises SocialApp.DoesNotExist for one that is not in use."""
        punt = Aanmeldpunt.objects.filter(adresnaam=provider, actief=True).first()
        if punt is None:
            raise SocialApp.DoesNotExist
        return Aanbieder(request, punt, self.get_requests_session)

    def get_requests_session(self) -> Session:
        """A line that waits for at most some seconds and follows no forwarding: that could take a secret along."""
        sessie = Session()
        sessie.max_redirects = 0
        sessie.request = functools.partial(  # type: ignore[method-assign]
            sessie.request, timeout=settings.SOCIALACCOUNT_REQUESTS_TIMEOUT
        )
        return sessie

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never by the library's own form: who is added is decided in `aanmeldpunten`."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The provider said who this is: say who that is here, or refuse."""
        punt: Aanmeldpunt = sociallogin.provider.aanmeldpunt
        try:
            aanmelding = meld_aan(punt, sociallogin.account.uid, sociallogin.claims, moment=timezone.now())
        except Geweigerd as fout:
            raise ImmediateHttpResponse(_niet_binnen(request, punt, GEWEIGERD, str(fout))) from None
        if request.user.is_authenticated:
            accountadapter(request).logout(request)
        sociallogin.user = aanmelding.persoon
        request.session[VIA] = als_sessie(punt, aanmelding)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Aanbieder,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say what went wrong in our own words; the words of the other side are not for the page."""
        if exception is None and "state" not in (extra_context or {}):
            wat = VREEMD
        elif error == AuthError.CANCELLED:
            wat = AFGEBROKEN
        elif exception is None or isinstance(exception, RequestException):
            wat = WEG
        else:
            wat = ONGELDIG
        raise ImmediateHttpResponse(_niet_binnen(request, provider.aanmeldpunt, wat))


class Terugkomst(OAuth2CallbackView):  # type: ignore[misc]
    """What the provider answers, in a browser that asked."""

    def _get_state(self, request: HttpRequest, provider: Aanbieder) -> tuple[Any, Any]:
        """The question that this answers, with the nonce that belongs to it."""
        vraag, antwoord = super()._get_state(request, provider)
        if vraag is not None:
            self.adapter.nonce = vraag.get("nonce", "")
        return vraag, antwoord


def _lijn(request: HttpRequest, adresnaam: str) -> Aanbiederlijn:
    lijn = Aanbiederlijn(request, adresnaam)
    try:
        lijn.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404(adresnaam) from None
    return lijn


@login_not_required
@never_cache
@require_POST
def naar_aanbieder(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider.

    By a page that goes on by itself: a form may only lead to our own addresses, also by way of a forwarding, and which
    addresses a provider uses on the way nobody can list.
    """
    aanbieder = _lijn(request, provider_id).get_provider()
    try:
        antwoord = aanbieder.redirect_from_request(request)
    except RequestException:
        return _niet_binnen(request, aanbieder.aanmeldpunt, WEG)
    except OAuth2Error:
        return _niet_binnen(request, aanbieder.aanmeldpunt, ONGELDIG)
    inhoud = {"punt": aanbieder.aanmeldpunt, "adres": antwoord["Location"]}
    return render(request, "toegang/aanmeldpunt_verder.html", inhoud)


@login_not_required
@never_cache
@require_safe
def terug_van_aanbieder(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the provider."""
    lijn = _lijn(request, provider_id)
    antwoord: HttpResponseBase = Terugkomst.adapter_view(lijn)(request)
    return antwoord


@login_not_required
@never_cache
@require_safe
def ook_afmelden(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Signed out here; and who likes can sign out at the provider too, where it has a page for that."""
    punt = get_object_or_404(Aanmeldpunt, adresnaam=provider_id, actief=True)
    terug = request.build_absolute_uri(reverse("account_login"))
    try:
        adres = afmeldadres(_lijn(request, provider_id).openid_config, client_id=punt.client_id, terug=terug)
    except (RequestException, OAuth2Error):
        adres = ""
    return render(request, "toegang/aanmeldpunt_uit.html", {"punt": punt, "adres": adres})


@login_not_required
@never_cache
@require_safe
def alleen_via(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Said to who knows the password of an account that only comes in through a provider."""
    punt = get_object_or_404(Aanmeldpunt, adresnaam=provider_id, actief=True)
    return render(request, "toegang/aanmeldpunt_alleen.html", {"punt": punt})
