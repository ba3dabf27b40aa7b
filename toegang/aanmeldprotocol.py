"""How we talk OpenID Connect with a provider: where it is, how we go there, and whether we believe what comes back.

django-allauth does the authorisation code, PKCE and state. It leaves out what the specification allows to leave out
when the token comes straight from the provider over TLS, and that is done here: the signature of the id_token, its
nonce and authorised party, the issuer of the discovery document, and whether user info is of the same person.
"""

import base64
import datetime
import hmac
import ipaddress
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.core.internal.httpkit import add_query_params
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from toegang.models import Aanmeldpunt

# Only with a key that the provider alone has: never "none", never one made with a secret that we have too.
ALGORITMEN = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
SPELING = datetime.timedelta(seconds=30)  # how far the clocks of two servers may differ
LANGSTE_SLEUTEL = 191  # of the column in which a link is kept
EINDPUNTEN = ("authorization_endpoint", "token_endpoint", "jwks_uri")
VRIJE_EINDPUNTEN = ("userinfo_endpoint", "end_session_endpoint")
OMVANG = 1_000_000  # bytes of one answer; a real one has a few thousand


class Onbetrouwbaar(OAuth2Error):  # type: ignore[misc]  # noqa: N818  it says what it is
    """What came back from the provider does not check out; the reason is for the log and has no secrets."""


def is_veilig_adres(adres: str) -> bool:
    """Whether we may send somebody, or a secret, there: https; with the demo switch also http on this machine."""
    try:
        delen = urlsplit(adres)
        naam = delen.hostname or ""
        _ = delen.port
    except ValueError:
        return False
    if not naam or delen.username or delen.password or delen.fragment or any(ord(teken) <= ord(" ") for teken in adres):
        return False
    if delen.scheme == "https":
        return True
    if delen.scheme != "http" or not settings.AANMELDEN_ZONDER_TLS:
        return False
    try:
        return naam == "localhost" or ipaddress.ip_address(naam).is_loopback
    except ValueError:
        return False


def toets_gegevens(gegevens: Any, uitgever: str) -> dict[str, Any]:
    """The discovery document, when it is of this issuer and leads to safe addresses. Raises Onbetrouwbaar."""
    if not isinstance(gegevens, dict):
        raise Onbetrouwbaar("discovery is no object")
    if gegevens.get("issuer") != uitgever:
        raise Onbetrouwbaar("discovery of another issuer")
    for naam in EINDPUNTEN:
        if not isinstance(gegevens.get(naam), str):
            raise Onbetrouwbaar(f"discovery without {naam}")
    for naam in (*EINDPUNTEN, *VRIJE_EINDPUNTEN):
        if naam in gegevens and not is_veilig_adres(str(gegevens[naam])):
            raise Onbetrouwbaar(f"{naam} is no safe address")
    return gegevens


def _sleutel(kop: dict[str, Any], sleutels: Any) -> jwt.PyJWK:
    """The public key that the token says it was signed with. Raises Onbetrouwbaar."""
    try:
        alle = jwt.PyJWKSet.from_dict(sleutels).keys
    except (jwt.PyJWTError, AttributeError, TypeError, ValueError) as fout:
        raise Onbetrouwbaar("no usable keys") from fout
    passend = [
        sleutel
        for sleutel in alle
        if sleutel.key_type != "oct"
        and sleutel.public_key_use in (None, "sig")
        and ("kid" not in kop or sleutel.key_id == kop["kid"])
    ]
    if len(passend) != 1:
        raise Onbetrouwbaar("no key, or more than one, for this token")
    return passend[0]


def lees_id_token(
    token: str,
    *,
    sleutels: Any,
    algoritmen: list[str],
    uitgever: str,
    client_id: str,
    nonce: str,
    access_token: str,
    moment: datetime.datetime,
) -> dict[str, Any]:
    """What a token says, after every check of OpenID Connect Core 3.1.3.7 and 3.1.3.8. Raises Onbetrouwbaar.

    `sleutels` is the key set of the provider, `algoritmen` what it says it signs with.
    """
    toegestaan = sorted(ALGORITMEN.intersection(algoritmen))
    try:
        kop = jwt.get_unverified_header(token)
        if kop.get("alg") not in toegestaan:
            raise Onbetrouwbaar("algorithm not allowed")
        sleutel = _sleutel(kop, sleutels)
        inhoud: dict[str, Any] = jwt.decode(
            token,
            sleutel.key,
            algorithms=[kop["alg"]],
            audience=client_id,
            issuer=uitgever,
            # The clock is ours, below.
            options={
                "require": ["iss", "sub", "aud", "exp", "iat"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        begin, einde = float(inhoud["iat"]), float(inhoud["exp"])
        half = jwt.get_algorithm_by_name(kop["alg"]).compute_hash_digest(access_token.encode())
    except (jwt.PyJWTError, TypeError, ValueError, NotImplementedError) as fout:
        raise Onbetrouwbaar(f"id_token refused: {type(fout).__name__}") from fout
    nu = moment.timestamp()
    if not nu < einde + SPELING.total_seconds():
        raise Onbetrouwbaar("id_token expired")
    if not begin <= nu + SPELING.total_seconds():
        raise Onbetrouwbaar("id_token of the future")
    gehoord = inhoud["aud"] if isinstance(inhoud["aud"], list) else [inhoud["aud"]]
    if (len(gehoord) > 1 or "azp" in inhoud) and inhoud.get("azp") != client_id:
        raise Onbetrouwbaar("id_token for another party")
    if not nonce or not hmac.compare_digest(str(inhoud.get("nonce", "")).encode(), nonce.encode()):
        raise Onbetrouwbaar("nonce of another sign-in")
    merk = base64.urlsafe_b64encode(half[: len(half) // 2]).rstrip(b"=")
    if "at_hash" in inhoud and not hmac.compare_digest(str(inhoud["at_hash"]).encode(), merk):
        raise Onbetrouwbaar("access token of another sign-in")
    return inhoud


class Aanbiederclient(OAuth2Client):  # type: ignore[misc]
    """Fetches the tokens, and says of any answer that is none that it is none."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, Any]) -> str:
        """Where the browser goes; an address of the provider that has a question mark already keeps it."""
        adres = super().get_redirect_url("", scope, extra_params)
        return f"{authorization_url}{'&' if '?' in authorization_url else '?'}{adres.removeprefix('?')}"

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None, extra_data: Any = None) -> Any:
        """The answer of the token endpoint. Raises Onbetrouwbaar, without the answer: that may hold a token."""
        try:
            antwoord = super().get_access_token(code, pkce_code_verifier, extra_data)
        except (OAuth2Error, KeyError, TypeError, ValueError, AttributeError):
            raise Onbetrouwbaar("the token endpoint gave no token") from None
        if not isinstance(antwoord.get("access_token"), str) or not isinstance(antwoord.get("id_token"), str):
            raise Onbetrouwbaar("the token endpoint gave no id_token")
        return antwoord


class Aanbiederlijn(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The line with one provider during one request."""

    client_class = Aanbiederclient
    nonce = ""

    def get_provider(self) -> "Aanbieder":
        """The provider, looked up once per request. Raises SocialApp.DoesNotExist."""
        if not hasattr(self, "_aanbieder"):
            self._aanbieder: Aanbieder = super().get_provider()
        return self._aanbieder

    @property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document, asked once per request. Raises Onbetrouwbaar, or what `requests` raises."""
        if not hasattr(self, "_openid_config"):
            aanbieder = self.get_provider()
            self._openid_config = toets_gegevens(self._vraag(aanbieder.server_url), aanbieder.aanmeldpunt.uitgever)
        return self._openid_config

    def _vraag(self, adres: str, *, access_token: str = "") -> Any:
        koppen = {"Authorization": f"Bearer {access_token}"} if access_token else {}
        with self.get_provider().sessie() as sessie:
            antwoord = sessie.get(adres, headers=koppen, stream=True)
            antwoord.raise_for_status()
            inhoud = antwoord.raw.read(OMVANG + 1, decode_content=True)
        if len(inhoud) > OMVANG:
            raise Onbetrouwbaar("an answer without end")
        try:
            return json.loads(inhoud)
        except (ValueError, RecursionError):
            raise Onbetrouwbaar("an answer that is no JSON") from None

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        """The tokens for this code. Raises Onbetrouwbaar for an answer of another provider (RFC 9207)."""
        gegevens = self.openid_config
        van = request.GET.get("iss")
        if van is None and gegevens.get("authorization_response_iss_parameter_supported") is True:
            raise Onbetrouwbaar("answer without its issuer")
        if van is not None and van != gegevens["issuer"]:
            raise Onbetrouwbaar("answer of another provider")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """Who signed in, with `claims` as the provider gave them: those of the id_token before those of user info."""
        gegevens = self.openid_config
        id_token = lees_id_token(
            kwargs["response"]["id_token"],
            sleutels=self._vraag(gegevens["jwks_uri"]),
            algoritmen=gegevens.get("id_token_signing_alg_values_supported") or ["RS256"],
            uitgever=gegevens["issuer"],
            client_id=app.client_id,
            nonce=self.nonce,
            access_token=token.token,
            moment=timezone.now(),
        )
        persoon: Any = {}
        if "userinfo_endpoint" in gegevens:
            persoon = self._vraag(gegevens["userinfo_endpoint"], access_token=token.token)
            if not isinstance(persoon, dict) or persoon.get("sub") != id_token["sub"]:
                raise Onbetrouwbaar("user info of somebody else")
            # How somebody signed in is told of this sign-in, in the id_token, or not at all.
            persoon = {naam: waarde for naam, waarde in persoon.items() if naam not in ("amr", "acr")}
        return self.get_provider().sociallogin_from_response(request, {**persoon, **id_token})


class Aanbieder(OpenIDConnectProvider):  # type: ignore[misc]
    """A provider that the beheerder keeps up as an Aanmeldpunt."""

    oauth2_adapter_class = Aanbiederlijn

    def __init__(self, request: HttpRequest, aanmeldpunt: Aanmeldpunt, sessie: Any) -> None:
        self.aanmeldpunt = aanmeldpunt
        self.sessie = sessie
        super().__init__(request, app=als_app(aanmeldpunt))

    def redirect_from_request(self, request: HttpRequest) -> HttpResponseBase:
        """Start a sign-in. Of the request only where to go afterwards counts: no scope, no link to an account."""
        veilig = super().get_redirect_from_request_kwargs(request).get("next_url")
        nonce = secrets.token_urlsafe(32)
        antwoord: HttpResponseBase = self.redirect(
            request,
            AuthProcess.LOGIN,
            next_url=veilig,
            scope=["openid", "profile", "email", *self.aanmeldpunt.extra_scopes.split()],
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
        return antwoord

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The key by which this person is known again. Raises Onbetrouwbaar when there is none that can be kept."""
        sleutel = data.get(self.aanmeldpunt.sleutelclaim)
        if not isinstance(sleutel, str) or not 0 < len(sleutel) <= LANGSTE_SLEUTEL or not sleutel.isprintable():
            raise Onbetrouwbaar("no usable key of this person")
        return sleutel

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing of the claims is kept."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: who this is here, and what they are called, is not for the library to fill in."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: an address links nobody by itself."""
        return []

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        """The sign-in, with the claims."""
        aanmelding = super().sociallogin_from_response(request, response)
        aanmelding.claims = response
        return aanmelding


def als_app(aanmeldpunt: Aanmeldpunt) -> SocialApp:
    """What the library knows of a provider; never saved, because it holds the secret."""
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=aanmeldpunt.adresnaam,
        name=aanmeldpunt.naam,
        client_id=aanmeldpunt.client_id,
        secret=geheim(aanmeldpunt),
        settings={"server_url": aanmeldpunt.uitgever.rstrip("/"), "oauth_pkce_enabled": True},
    )


def geheim(aanmeldpunt: Aanmeldpunt) -> str:
    """The client secret, from the environment of the server; empty when it is not there."""
    return str(settings.AANMELDGEHEIMEN.get(aanmeldpunt.geheimnaam, ""))


def afmeldadres(gegevens: dict[str, Any], *, client_id: str, terug: str) -> str:
    """Where somebody signs out at the provider too; empty when it has no such page."""
    einde = gegevens.get("end_session_endpoint")
    if not einde:
        return ""
    return str(add_query_params(einde, {"client_id": client_id, "post_logout_redirect_uri": terug}))
