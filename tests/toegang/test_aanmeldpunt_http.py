"""Signing in through a real OpenID provider, over HTTP: the whole way, and each way it must not go."""

import base64
import hashlib
import hmac
import html
import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol
from migratie.logregels import zonder_geheimen
from tests.conftest import Mensen
from tests.factories import OrganisatieFactory, PersoonFactory
from tests.toegang.aanbieder import CLIENT_ID, GEHEIM, Aanbieder, Netwerk, aanbieder, bij_de_aanbieder, netwerk, pad_van
from toegang.aanmeldpunten import VIA
from toegang.models import Aanmeldpunt, Claimkoppeling

pytestmark = pytest.mark.django_db
AMT = {
    "email": "amt@minszw.nl",
    "email_verified": True,
    "title": "Adviseur SZW",
    "organisatie": "SZW",
    "rollen": ["lezers"],
}


@pytest.fixture(scope="module")
def lijn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aanbieder]:
    """The provider, reached through a network in which a test can tamper."""
    with netwerk() as tussen, aanbieder(tmp_path_factory.mktemp("aanbieder"), achter=tussen) as draaiend:
        yield draaiend


@pytest.fixture
def bron(lijn: Aanbieder) -> Iterator[Aanbieder]:
    """The provider for one test; tampering ends with it."""
    assert lijn.netwerk is not None
    lijn.netwerk.knoei.clear()
    lijn.netwerk.gezien.clear()
    yield lijn
    lijn.netwerk.knoei.clear()


@pytest.fixture
def draad(bron: Aanbieder) -> Netwerk:
    """The network between us and the provider."""
    assert bron.netwerk is not None
    return bron.netwerk


@pytest.fixture
def szw(db: None) -> Organisatie:
    """The organisation of the story."""
    return OrganisatieFactory(afkorting="SZW", slug="szw-van-het-aanmeldpunt", naam="SZW van het aanmeldpunt")


@pytest.fixture
def punt(szw: Organisatie, bron: Aanbieder, settings: Any) -> Aanmeldpunt:
    """The provider as the beheerder keeps it: readers of SZW are lezer there."""
    settings.AANMELDGEHEIMEN = {"OIDC_GEHEIM_RIJK": GEHEIM}
    punt = Aanmeldpunt.objects.create(
        adresnaam="rijk",
        naam="Rijk",
        uitgever=bron.adres,
        client_id=CLIENT_ID,
        actief=True,
        emaildomeinen=["minszw.nl"],
    )
    Claimkoppeling.objects.create(
        aanmeldpunt=punt, organisatiewaarde="SZW", rolwaarde="lezers", organisatie=szw, rol=Rol.LEZER
    )
    return punt


def begin(client: Client, **invoer: str) -> str:
    """Press the button; answers where the browser goes."""
    antwoord = client.post("/inloggen/via/rijk/", invoer)
    assert antwoord.status_code == 200, antwoord.content.decode()
    gevonden = re.search(r'content="0;url=([^"]+)"', antwoord.content.decode())
    assert gevonden
    return html.unescape(gevonden[1])


def kom_terug(client: Client, wie: str = "amt", **invoer: str) -> HttpResponse:
    """The whole way there and back."""
    antwoord: HttpResponse = client.get(pad_van(bij_de_aanbieder(begin(client, **invoer), wie)))  # type: ignore[assignment]
    return antwoord


def ingelogd(client: Client) -> int | None:
    """Who is signed in in this browser."""
    sleutel = client.session.get("_auth_user_id")
    return int(sleutel) if sleutel else None


def rollen(persoon: Persoon) -> list[tuple[str, str, bool]]:
    """Roles, where, and whether they still run; in the order in which they were given."""
    return [
        (lid.organisatie.afkorting, lid.rol, lid.tot is None)
        for lid in Lidmaatschap.objects.filter(persoon=persoon).select_related("organisatie").order_by("pk")
    ]


def test_a_new_person_comes_in_with_the_role_of_the_claims(punt: Aanmeldpunt, bron: Aanbieder, client: Client) -> None:
    bron.zegt("amt", **AMT)
    antwoord = kom_terug(client, next="/maatregelen/")
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/maatregelen/")
    persoon = Persoon.objects.get(email="amt@minszw.nl")
    assert ingelogd(client) == persoon.pk
    assert (persoon.functie, persoon.has_usable_password(), rollen(persoon)) == (
        "Adviseur SZW", False, [("SZW", "lezer", True)],
    )  # fmt: skip
    assert client.session[VIA] == {"aanmeldpunt": "rijk", "persoon": persoon.pk, "tweede_stap": False}
    # Of the provider only the link is kept: no claim, no token, no secret.
    assert list(SocialAccount.objects.values_list("provider", "uid", "user", "extra_data")) == [
        ("rijk", "amt", persoon.pk, {})
    ]
    assert (SocialApp.objects.count(), SocialToken.objects.count()) == (0, 0)


def test_the_question_has_state_nonce_and_pkce_s256(punt: Aanmeldpunt, bron: Aanbieder, client: Client) -> None:
    vraag = parse_qs(urlsplit(begin(client)).query)
    assert (vraag["response_type"], vraag["code_challenge_method"]) == (["code"], ["S256"])
    assert vraag["redirect_uri"] == ["http://testserver/inloggen/via/rijk/terug/"]
    assert set(vraag["scope"][0].split()) == {"openid", "profile", "email"}
    assert (len(vraag["code_challenge"][0]), len(vraag["nonce"][0])) == (43, 43)
    assert len(vraag["state"][0]) >= 16
    nogmaals = parse_qs(urlsplit(begin(client)).query)
    assert all(vraag[naam] != nogmaals[naam] for naam in ("state", "nonce", "code_challenge"))


def test_the_verifier_reaches_the_provider_and_the_secret_only_its_token_address(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client
) -> None:
    bron.zegt("amt", **AMT)
    vraag = begin(client)
    client.get(pad_van(bij_de_aanbieder(vraag, "amt")))
    (inhoud,) = [inhoud for wijze, pad, inhoud in draad.gezien if pad == "/token"]
    gestuurd = parse_qs(inhoud.decode())
    uitdaging = base64.urlsafe_b64encode(hashlib.sha256(gestuurd["code_verifier"][0].encode()).digest()).rstrip(b"=")
    assert [uitdaging.decode()] == parse_qs(urlsplit(vraag).query)["code_challenge"]
    assert gestuurd["client_secret"] == [GEHEIM]
    assert [pad for _, pad, inhoud in draad.gezien if GEHEIM.encode() in inhoud or GEHEIM in pad] == ["/token"]


def test_without_the_verifier_the_provider_gives_nothing(punt: Aanmeldpunt, bron: Aanbieder, client: Client) -> None:
    """Tampering with the session stands for a code that somebody else caught: useless without the verifier."""
    bron.zegt("amt", **AMT)
    terug = bij_de_aanbieder(begin(client), "amt")
    sessie = client.session
    staten = sessie["socialaccount_states"]
    for staat in staten.values():
        staat[0]["pkce_code_verifier"] = "a" * 60
    sessie["socialaccount_states"] = staten
    sessie.save()
    antwoord = client.get(pad_van(terug))
    assert (antwoord.status_code, ingelogd(client)) == (502, None)
    assert "klopt niet" in antwoord.content.decode()


def test_an_answer_counts_once_and_in_the_browser_that_asked(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client
) -> None:
    bron.zegt("amt", **AMT)
    terug = pad_van(bij_de_aanbieder(begin(client), "amt"))
    # Somebody is led to the answer of another person: they would work in that person's account without knowing.
    ander = Client()
    antwoord = ander.get(terug)
    assert (antwoord.status_code, ingelogd(ander)) == (400, None)
    assert "hoort niet bij deze browser" in antwoord.content.decode()
    # Also when that browser is on its way itself.
    begin(ander)
    assert (ander.get(terug).status_code, ingelogd(ander)) == (400, None)
    assert client.get(terug).status_code == 302
    client.post("/uitloggen/")
    assert (client.get(terug).status_code, ingelogd(client)) == (400, None)


def test_a_code_is_not_taken_twice(punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client) -> None:
    """The answer of before with the state of now: the provider knows the code, and refuses it."""
    bron.zegt("amt", **AMT)
    oud = bij_de_aanbieder(begin(client), "amt")
    client.get(pad_van(oud))
    client.post("/uitloggen/")
    nieuw = parse_qs(urlsplit(begin(client)).query)["state"][0]
    code = parse_qs(urlsplit(oud).query)["code"][0]
    antwoord = client.get("/inloggen/via/rijk/terug/", {"code": code, "state": nieuw, "iss": bron.adres})
    assert (antwoord.status_code, ingelogd(client)) == (502, None)


@pytest.mark.parametrize("vraag", [{}, {"code": "x"}, {"state": "x"}, {"code": "x", "state": "x"}, {"error": "x"}])
def test_an_answer_to_nothing_is_refused(punt: Aanmeldpunt, client: Client, vraag: dict[str, str]) -> None:
    antwoord = client.get("/inloggen/via/rijk/terug/", vraag)
    assert (antwoord.status_code, ingelogd(client)) == (400, None)


def test_an_answer_of_another_provider_is_refused(punt: Aanmeldpunt, bron: Aanbieder, client: Client) -> None:
    """Somebody who runs another provider lets us take an answer of his for one of this provider (mix-up)."""
    bron.zegt("amt", **AMT)
    for anders in ("iss=https%3A%2F%2Fkwaad.example", ""):
        terug = bij_de_aanbieder(begin(client), "amt")
        antwoord = client.get(pad_van(re.sub(r"iss=[^&]+", anders, terug)))
        assert (antwoord.status_code, ingelogd(client)) == (502, None), anders


def _vervals(draad: Netwerk, maak: Callable[[dict[str, Any], dict[str, Any]], str]) -> None:
    """Put another id_token in the answer of the provider."""

    def token(antwoord: dict[str, Any]) -> dict[str, Any]:
        kop = jwt.get_unverified_header(antwoord["id_token"])
        inhoud = jwt.decode(antwoord["id_token"], options={"verify_signature": False})
        return {**antwoord, "id_token": maak(kop, inhoud)}

    draad.antwoord("/token", token)


def _b64(ruw: bytes) -> str:
    return base64.urlsafe_b64encode(ruw).rstrip(b"=").decode()


def _zonder_handtekening(kop: dict[str, Any], inhoud: dict[str, Any]) -> str:
    return f"{_b64(json.dumps({**kop, 'alg': 'none'}).encode())}.{_b64(json.dumps(inhoud).encode())}."


EIGEN_SLEUTEL = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _met_eigen_sleutel(kop: dict[str, Any], inhoud: dict[str, Any]) -> str:
    return jwt.encode(inhoud, EIGEN_SLEUTEL, algorithm="RS256", headers={"kid": kop["kid"]})


def _met_ons_geheim(kop: dict[str, Any], inhoud: dict[str, Any]) -> str:
    return jwt.encode(inhoud, GEHEIM.ljust(64, "x")[:64], algorithm="HS256", headers={"kid": kop["kid"]})


@pytest.mark.parametrize("vals", [_zonder_handtekening, _met_eigen_sleutel, _met_ons_geheim])
def test_a_token_that_the_provider_did_not_sign_is_refused(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client, vals: Callable[..., str]
) -> None:
    bron.zegt("amt", **AMT)
    _vervals(draad, vals)
    antwoord = kom_terug(client)
    assert (antwoord.status_code, ingelogd(client), Persoon.objects.count()) == (502, None, 0)


def test_a_public_key_is_no_shared_secret(punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client) -> None:
    """HS256 with the public key of the provider as secret: everybody has that key. Signed by hand, PyJWT refuses to."""
    bron.zegt("amt", **AMT)
    sleutels: list[Any] = []
    draad.antwoord("/jwks", lambda gevonden: sleutels.append(gevonden) or gevonden)
    kom_terug(client)
    client.post("/uitloggen/")
    Persoon.objects.exclude(pk=0).update(functie="was er al")
    openbaar = jwt.PyJWKSet.from_dict(sleutels[0]).keys[0].key
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    pem = openbaar.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def vals(kop: dict[str, Any], inhoud: dict[str, Any]) -> str:
        deel = f"{_b64(json.dumps({**kop, 'alg': 'HS256'}).encode())}.{_b64(json.dumps(inhoud).encode())}"
        return f"{deel}.{_b64(hmac.new(pem, deel.encode(), hashlib.sha256).digest())}"

    _vervals(draad, vals)
    assert (kom_terug(client).status_code, ingelogd(client)) == (502, None)


def _met_andere_sleutels(draad: Netwerk, **anders: Any) -> None:
    """The provider itself says something else: signed well, by a key that it publishes."""
    draad.antwoord(
        "/jwks",
        lambda _: {
            "keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(EIGEN_SLEUTEL.public_key())), "kid": "k"}]
        },
    )
    _vervals(
        draad,
        lambda _, inhoud: jwt.encode(
            {n: w for n, w in {**inhoud, **anders}.items() if w is not None}, EIGEN_SLEUTEL, "RS256", {"kid": "k"}
        ),
    )


@pytest.mark.parametrize(
    "anders",
    [
        {"nonce": "van-een-andere-keer"},
        {"nonce": None},
        {"iss": "https://kwaad.example"},
        {"iss": None},
        {"aud": "een-ander-programma"},
        {"aud": [CLIENT_ID, "een-ander-programma"]},
        {"azp": "een-ander-programma"},
        {"exp": -120},
        {"exp": None},
        {"exp": "morgen"},
        {"iat": +3600},
        {"at_hash": "van-een-ander-token"},
        {"sub": "een-ander"},
        {"sub": ""},
    ],
    ids=str,
)
def test_a_well_signed_token_that_is_not_for_this_sign_in_is_refused(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client, anders: dict[str, Any]
) -> None:
    bron.zegt("amt", **AMT)
    nu = int(time.time())  # seconds from now: a moment itself would give this test another name in each process
    _met_andere_sleutels(
        draad, **{naam: nu + waarde if isinstance(waarde, int) else waarde for naam, waarde in anders.items()}
    )
    antwoord = kom_terug(client)
    assert (antwoord.status_code, ingelogd(client), Persoon.objects.count()) == (502, None, 0)


def test_the_tampering_itself_changes_nothing(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client
) -> None:
    """The same network, keys and token with the right content come in: the refusals are about what was changed."""
    bron.zegt("amt", **AMT)
    _met_andere_sleutels(draad)
    assert kom_terug(client).status_code == 302


def test_user_info_of_somebody_else_is_refused(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client
) -> None:
    bron.zegt("amt", **AMT)
    draad.antwoord("/me", lambda gegevens: {**gegevens, "sub": "een-ander"})
    assert (kom_terug(client).status_code, ingelogd(client)) == (502, None)


@pytest.mark.parametrize(
    "anders",
    [
        {"issuer": "https://kwaad.example"},
        {"token_endpoint": "http://kwaad.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_discovery_that_does_not_check_out_leads_nowhere(
    punt: Aanmeldpunt, draad: Netwerk, client: Client, anders: dict[str, Any]
) -> None:
    draad.antwoord("/.well-known/openid-configuration", lambda gegevens: {**gegevens, **anders})
    antwoord = client.post("/inloggen/via/rijk/")
    assert (antwoord.status_code, "klopt niet" in antwoord.content.decode()) == (502, True)


def test_a_provider_that_is_away_leaves_the_local_way(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client
) -> None:
    bron.zegt("amt", **AMT)
    weg = lambda *_: (503, {}, b"even niet")  # noqa: E731
    terug = pad_van(bij_de_aanbieder(begin(client), "amt"))
    draad.knoei["/token"] = weg
    assert client.get(terug).status_code == 502
    draad.knoei["/.well-known/openid-configuration"] = weg
    antwoord = client.post("/inloggen/via/rijk/")
    assert (antwoord.status_code, "antwoordt nu niet" in antwoord.content.decode()) == (502, True)
    Aanmeldpunt.objects.update(uitgever="http://127.0.0.1:9")  # nobody listens there
    assert client.post("/inloggen/via/rijk/").status_code == 502
    # The page for signing in asks nothing of the provider.
    assert "Inloggen met Rijk" in client.get("/inloggen/").content.decode()
    PersoonFactory(email="hier@minszw.nl").set_password("een-lang-wachtwoord-2026")
    persoon = Persoon.objects.get(email="hier@minszw.nl")
    persoon.set_password("een-lang-wachtwoord-2026")
    persoon.save()
    antwoord = client.post("/inloggen/", {"login": "hier@minszw.nl", "password": "een-lang-wachtwoord-2026"})
    assert (antwoord.status_code, ingelogd(client)) == (302, persoon.pk)


def test_a_token_address_that_forwards_is_not_followed(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client
) -> None:
    """A forwarding with 307 would take the code and our secret along."""
    bron.zegt("amt", **AMT)
    draad.knoei["/token"] = lambda *_: (307, {"Location": f"{draad.adres}/elders"}, b"")
    assert (kom_terug(client).status_code, ingelogd(client)) == (502, None)
    assert [pad for _, pad, _ in draad.gezien if pad == "/elders"] == []


@pytest.mark.parametrize(
    "volgende", ["https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example", "javascript:alert(1)"]
)
def test_after_signing_in_nobody_is_sent_away(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client, volgende: str
) -> None:
    bron.zegt("amt", **AMT)
    antwoord = kom_terug(client, next=volgende)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/")


def test_the_way_starts_with_a_form_of_our_own(punt: Aanmeldpunt, client: Client) -> None:
    assert client.get("/inloggen/via/rijk/").status_code == 405
    streng = Client(enforce_csrf_checks=True)
    assert streng.post("/inloggen/via/rijk/").status_code == 403
    assert client.post("/inloggen/via/onbekend/").status_code == 404
    Aanmeldpunt.objects.update(actief=False)
    assert client.post("/inloggen/via/rijk/").status_code == 404
    assert client.get("/inloggen/via/rijk/terug/").status_code == 404
    assert "Inloggen met Rijk" not in client.get("/inloggen/").content.decode()


def test_what_stands_in_the_address_changes_nothing_of_the_question(punt: Aanmeldpunt, client: Client) -> None:
    extra = "?process=connect&scope=admin&auth_params=prompt%3Dnone%26redirect_uri%3Dhttps%3A%2F%2Fkwaad.example"
    antwoord = client.post(f"/inloggen/via/rijk/{extra}")
    tekst = html.unescape(antwoord.content.decode())
    assert [woord for woord in ("admin", "prompt", "kwaad.example") if woord in tekst] == []


def test_nobody_links_an_account_by_being_signed_in(
    punt: Aanmeldpunt, bron: Aanbieder, mensen: Mensen, als: Callable[[Persoon], Client]
) -> None:
    """Who is signed in and comes back as somebody else is that other person from then on; nothing is joined."""
    bron.zegt("amt", **AMT)
    client = als(mensen.eigen)
    begin_als = client.post("/inloggen/via/rijk/?process=connect", {"process": "connect"})
    adres = html.unescape(re.search(r'content="0;url=([^"]+)"', begin_als.content.decode())[1])  # type: ignore[index]
    client.get(pad_van(bij_de_aanbieder(adres, "amt")))
    nieuw = Persoon.objects.get(email="amt@minszw.nl")
    assert ingelogd(client) == nieuw.pk
    assert list(SocialAccount.objects.values_list("user", flat=True)) == [nieuw.pk]


def test_the_session_gets_a_new_key(punt: Aanmeldpunt, bron: Aanbieder, client: Client) -> None:
    bron.zegt("amt", **AMT)
    terug = bij_de_aanbieder(begin(client), "amt")
    voor = client.session.session_key
    client.get(pad_van(terug))
    assert ingelogd(client) is not None
    assert client.session.session_key != voor


def test_stopping_at_the_provider_is_said_plainly(punt: Aanmeldpunt, client: Client) -> None:
    staat = parse_qs(urlsplit(begin(client)).query)["state"][0]
    antwoord = client.get(
        "/inloggen/via/rijk/terug/", {"error": "access_denied", "error_description": "<b>kwaad</b>", "state": staat}
    )
    assert (antwoord.status_code, "gestopt met inloggen" in antwoord.content.decode()) == (200, True)
    assert "kwaad" not in antwoord.content.decode()


# --- together with the rest of getting in ---


@pytest.fixture
def afgedwongen(settings: Any) -> None:
    """Roles ask for a second step, as in production."""
    settings.TWEEDE_STAP_AFDWINGEN = True


def test_without_a_second_step_at_the_provider_our_own_is_asked_for(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client, afgedwongen: None
) -> None:
    Aanmeldpunt.objects.update(tweedestapwaarden=["mfa"])
    bron.zegt("amt", **AMT, amr=["pwd"])
    kom_terug(client)
    antwoord = client.get("/mijn/")
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/mijn/tweede-stap/")
    client.post("/uitloggen/")
    bron.zegt("amt", **AMT, amr=["pwd", "mfa"])
    kom_terug(client)
    assert client.get("/mijn/").status_code == 200
    # What the provider says of it counts only where the beheerder says so.
    client.post("/uitloggen/")
    Aanmeldpunt.objects.update(tweedestapwaarden=[])
    kom_terug(client)
    assert client.get("/mijn/").status_code == 302


def test_who_has_a_second_step_here_is_asked_for_it_unless_the_provider_saw_one(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client, afgedwongen: None
) -> None:
    bron.zegt("amt", **AMT, amr=["mfa"])
    kom_terug(client)
    client.post("/uitloggen/")
    TOTP.activate(Persoon.objects.get(), generate_totp_secret())
    antwoord = kom_terug(client)
    assert (antwoord.status_code, antwoord["Location"], ingelogd(client)) == (302, "/inloggen/tweede-stap/", None)
    Aanmeldpunt.objects.update(tweedestapwaarden=["mfa"])
    assert (kom_terug(client)["Location"], ingelogd(client)) == ("/", Persoon.objects.get().pk)


def test_a_second_step_of_one_person_is_none_of_the_next_in_the_same_browser(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client, afgedwongen: None
) -> None:
    """The session says of whom the provider saw it: even when it is carried along, it opens nothing for another."""
    Aanmeldpunt.objects.update(tweedestapwaarden=["mfa"])
    bron.zegt("amt", **AMT, amr=["mfa"])
    kom_terug(client)
    ander = PersoonFactory(email="ander@minszw.nl")
    Lidmaatschap.objects.create(persoon=ander, organisatie=Organisatie.objects.get(afkorting="SZW"), rol=Rol.LEZER)
    meegenomen = client.session[VIA]
    client.force_login(ander, backend="allauth.account.auth_backends.AuthenticationBackend")
    sessie = client.session
    sessie[VIA] = meegenomen
    sessie.save()
    assert client.get("/mijn/")["Location"] == "/mijn/tweede-stap/"


def test_who_must_come_through_the_provider_does_not_come_in_by_password(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client
) -> None:
    bron.zegt("amt", **AMT)
    kom_terug(client)
    client.post("/uitloggen/")
    persoon = Persoon.objects.get()
    persoon.set_password("een-lang-wachtwoord-2026")
    persoon.save()
    Aanmeldpunt.objects.update(wachtwoord_blijft=False)
    goed = client.post("/inloggen/", {"login": persoon.email, "password": "een-lang-wachtwoord-2026"})
    assert (goed.status_code, goed["Location"], ingelogd(client)) == (302, "/inloggen/alleen-via/rijk/", None)
    assert "U logt in via Rijk" in client.get(goed["Location"]).content.decode()
    # Who does not know the password learns nothing of it.
    fout = client.post("/inloggen/", {"login": persoon.email, "password": "een-ander-wachtwoord-2026"})
    assert (fout.status_code, "Rijk</h1>" in fout.content.decode()) == (200, False)
    assert kom_terug(client).status_code == 302
    assert ingelogd(client) == persoon.pk


def test_signing_out_ends_the_session_here_and_offers_the_provider(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client
) -> None:
    bron.zegt("amt", **AMT)
    kom_terug(client)
    antwoord = client.post("/uitloggen/")
    assert (antwoord.status_code, antwoord["Location"], ingelogd(client)) == (302, "/uitgelogd/rijk/", None)
    tekst = html.unescape(client.get("/uitgelogd/rijk/").content.decode())
    gevonden = re.search(rf'href="({re.escape(bron.adres)}/session/end[^"]+)"', tekst)
    assert gevonden
    assert parse_qs(urlsplit(gevonden[1]).query) == {
        "client_id": [CLIENT_ID], "post_logout_redirect_uri": ["http://testserver/inloggen/"],
    }  # fmt: skip
    assert requests.get(gevonden[1], timeout=10).status_code == 200  # the provider knows this client and this way back
    draad.antwoord(
        "/.well-known/openid-configuration",
        lambda gegevens: {n: w for n, w in gegevens.items() if n != "end_session_endpoint"},
    )
    assert "Log daar zelf uit" in client.get("/uitgelogd/rijk/").content.decode()
    draad.knoei["/.well-known/openid-configuration"] = lambda *_: (503, {}, b"")
    assert client.get("/uitgelogd/rijk/").status_code == 200


def test_who_came_by_password_is_not_sent_past_the_provider(
    punt: Aanmeldpunt, mensen: Mensen, als: Callable[[Persoon], Client]
) -> None:
    assert als(mensen.eigen).post("/uitloggen/")["Location"] == "/inloggen/"


def test_somebody_made_inactive_is_out_at_once_and_stays_out(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client
) -> None:
    bron.zegt("amt", **AMT)
    kom_terug(client)
    Persoon.objects.update(is_active=False)
    assert client.get("/mijn/").status_code == 302
    antwoord = kom_terug(client)
    assert (antwoord.status_code, ingelogd(client)) == (403, None)
    assert "niet actief" in antwoord.content.decode()


@pytest.mark.parametrize(
    ("claims", "zin"),
    [
        ({"email_verified": False}, "zegt niet dat uw e-mailadres amt@minszw.nl is gecontroleerd"),
        ({"email": "amt@kwaad.example"}, "kan hier niemand inloggen met een e-mailadres van kwaad.example"),
        ({"rollen": ["iets"]}, "geeft hier nog geen rol"),
        ({"email": "<b>kwaad</b>@minszw.nl"}, "is geen e-mailadres"),
    ],
    ids=str,
)
def test_a_refusal_is_said_in_plain_words(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client, claims: dict[str, Any], zin: str
) -> None:
    bron.zegt("amt", **{**AMT, **claims})
    antwoord = kom_terug(client)
    tekst = antwoord.content.decode()
    assert (antwoord.status_code, ingelogd(client), Persoon.objects.count()) == (403, None, 0)
    assert (zin in html.unescape(tekst), "<b>" in tekst) == (True, False)


def test_claims_that_change_end_a_role_at_the_next_sign_in(
    punt: Aanmeldpunt, bron: Aanbieder, szw: Organisatie, client: Client
) -> None:
    Claimkoppeling.objects.create(
        aanmeldpunt=punt, organisatiewaarde="SZW", rolwaarde="houders", organisatie=szw, rol=Rol.DOSSIERHOUDER
    )
    bron.zegt("amt", **AMT)
    kom_terug(client)
    bron.zegt("amt", **{**AMT, "rollen": ["houders"]})
    kom_terug(client)
    assert rollen(Persoon.objects.get()) == [("SZW", "lezer", False), ("SZW", "dossierhouder", True)]


def test_no_secret_and_no_code_in_the_log(
    punt: Aanmeldpunt, bron: Aanbieder, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    bron.zegt("amt", **AMT)
    terug = bij_de_aanbieder(begin(client), "amt")
    client.get(pad_van(terug))
    client.get(pad_van(terug))
    alles = zonder_geheimen(caplog.text)  # as it is written
    vraag = parse_qs(urlsplit(terug).query)
    assert "/inloggen/via/rijk/terug/?code=(verborgen)" in alles
    assert [woord for woord in (vraag["code"][0], vraag["state"][0], GEHEIM) if woord in alles] == []


def test_only_the_signed_token_says_how_somebody_signed_in(
    punt: Aanmeldpunt, bron: Aanbieder, draad: Netwerk, client: Client
) -> None:
    Aanmeldpunt.objects.update(tweedestapwaarden=["mfa"])
    bron.zegt("amt", **AMT, amr=["pwd"])
    draad.antwoord("/me", lambda gegevens: {**gegevens, "amr": ["mfa"], "acr": "mfa"})
    kom_terug(client)
    assert client.session[VIA]["tweede_stap"] is False
