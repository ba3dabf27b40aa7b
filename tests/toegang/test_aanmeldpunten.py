"""Providers to sign in with: who comes in as whom, which roles claims give and end, what the beheerder keeps up."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from logboek.models import Logregel
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol
from maatregelen.versiebewaking import Verouderd
from tests.factories import LidmaatschapFactory, OrganisatieFactory, PersoonFactory
from toegang.aanmeldprotocol import SPELING, Onbetrouwbaar, afmeldadres, is_veilig_adres, lees_id_token
from toegang.aanmeldpunten import (
    VIA,
    Geweigerd,
    als_sessie,
    heeft_tweede_stap,
    lees_voorbeeld,
    maak_aanmeldpunt,
    maak_koppeling,
    meld_aan,
    moet_langs,
    ontkoppel,
    tweede_stap_elders,
    verwijder_koppeling,
    waarden,
    wat_zou,
    wijzig_aanmeldpunt,
)
from toegang.models import Aanmeldpunt, Claimkoppeling, Claimrol

pytestmark = pytest.mark.django_db
MOMENT = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
VANDAAG, GISTEREN = datetime.date(2026, 11, 20), datetime.date(2026, 11, 19)
SLEUTEL = rsa.generate_private_key(public_exponent=65537, key_size=2048)
Als = Callable[[Persoon], Client]


def claims(**anders: Any) -> dict[str, Any]:
    """What a provider says of somebody, with what a test makes different; None leaves a claim out."""
    basis = {"email": "amt@minszw.nl", "email_verified": True, "organisatie": "SZW", "rollen": ["lezers"]}
    return {naam: waarde for naam, waarde in {**basis, **anders}.items() if waarde is not None}


@pytest.fixture
def szw(db: None) -> Organisatie:
    """The organisation of the story."""
    return OrganisatieFactory(afkorting="SZW", slug="szw")


@pytest.fixture
def punt(szw: Organisatie) -> Aanmeldpunt:
    """A provider that gives the role of lezer."""
    punt = Aanmeldpunt.objects.create(
        adresnaam="rijk", naam="Rijk", uitgever="https://login.example/rijk", client_id="rm", actief=True,
        emaildomeinen=["minszw.nl"],
    )  # fmt: skip
    koppel(punt, szw, Rol.LEZER, organisatiewaarde="SZW", rolwaarde="lezers")
    return punt


def koppel(punt: Aanmeldpunt, organisatie: Organisatie, rol: str, **velden: Any) -> Claimkoppeling:
    """A mapping."""
    return Claimkoppeling.objects.create(aanmeldpunt=punt, organisatie=organisatie, rol=rol, **velden)


@pytest.fixture
def beheerder(db: None) -> Persoon:
    """Somebody who keeps up providers."""
    persoon: Persoon = PersoonFactory(email="beheer@minszw.nl", functie="Beheerder")
    LidmaatschapFactory(persoon=persoon, organisatie=OrganisatieFactory(), rol=Rol.BEHEERDER, vanaf=GISTEREN)
    return persoon


def rollen(persoon: Persoon) -> list[tuple[str, str, datetime.date, datetime.date | None, bool]]:
    """Roles in the order in which they were given: where, which, since, until, and whether by claims."""
    return [
        (lid.organisatie.afkorting, lid.rol, lid.vanaf, lid.tot, hasattr(lid, "claimrol"))
        for lid in Lidmaatschap.objects.filter(persoon=persoon).select_related("organisatie", "claimrol").order_by("pk")
    ]


# --- who comes in as whom ---


def test_a_new_person_is_added_with_the_role_that_fits(punt: Aanmeldpunt) -> None:
    uit = meld_aan(punt, "a1", claims(email="Amt@MinSZW.nl", title="Adviseur\u202e\n SZW"), moment=MOMENT)
    assert (uit.hoe, uit.persoon.email, uit.persoon.functie) == ("nieuw", "amt@minszw.nl", "Adviseur SZW")
    assert not uit.persoon.has_usable_password()
    assert rollen(uit.persoon) == [("SZW", "lezer", VANDAAG, None, True)]
    assert list(SocialAccount.objects.values_list("provider", "uid", "user")) == [("rijk", "a1", uit.persoon.pk)]
    nogmaals = meld_aan(punt, "a1", claims(), moment=MOMENT)
    assert (nogmaals.hoe, nogmaals.persoon, nogmaals.rollen.gegeven) == ("bekend", uit.persoon, ())
    assert (Persoon.objects.count(), Lidmaatschap.objects.count()) == (1, 1)


def test_without_a_claim_for_it_the_role_says_what_somebody_is_called(punt: Aanmeldpunt) -> None:
    assert meld_aan(punt, "a1", claims(), moment=MOMENT).persoon.functie == "lezer SZW"


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        ({"email_verified": None}, "e-mailadres niet gecontroleerd"),
        ({"email_verified": False}, "e-mailadres niet gecontroleerd"),
        ({"email_verified": "true"}, "e-mailadres niet gecontroleerd"),
        ({"email_verified": 1}, "e-mailadres niet gecontroleerd"),
        ({"email": None}, "geen e-mailadres"),
        ({"email": ["amt@minszw.nl"]}, "geen e-mailadres"),
        ({"email": "amt@minszw.nl@kwaad.example"}, "geen e-mailadres"),
        ({"email": "amt@kwaad.example"}, "e-maildomein niet vertrouwd"),
        ({"email": "amt@sub.minszw.nl"}, "e-maildomein niet vertrouwd"),
        ({"email": "amt@minszw.nl.kwaad.example"}, "e-maildomein niet vertrouwd"),
        ({"email": "am t@minszw.nl"}, "e-mailadres onbruikbaar"),
    ],
    ids=str,
)
@pytest.mark.parametrize("bestaat", [True, False])
def test_an_address_that_this_provider_cannot_vouch_for_lets_nobody_in(
    punt: Aanmeldpunt, anders: dict[str, Any], reden: str, bestaat: bool
) -> None:
    if bestaat:
        PersoonFactory(email="amt@minszw.nl")
        PersoonFactory(email="amt@kwaad.example")
    aantal = Persoon.objects.count()
    with pytest.raises(Geweigerd) as fout:
        meld_aan(punt, "a1", claims(**anders), moment=MOMENT)
    assert fout.value.reden == reden
    assert (SocialAccount.objects.count(), Persoon.objects.count(), Lidmaatschap.objects.count()) == (0, aantal, 0)


def test_without_trusted_domains_nobody_comes_in(punt: Aanmeldpunt) -> None:
    Aanmeldpunt.objects.update(emaildomeinen=[])
    punt.refresh_from_db()
    with pytest.raises(Geweigerd):
        meld_aan(punt, "a1", claims(), moment=MOMENT)


def test_who_is_known_here_is_linked_and_keeps_what_they_have(punt: Aanmeldpunt, szw: Organisatie) -> None:
    persoon = PersoonFactory(email="amt@minszw.nl", functie="Dossierhouder SZW")
    LidmaatschapFactory(persoon=persoon, organisatie=szw, rol=Rol.DOSSIERHOUDER, vanaf=GISTEREN)
    uit = meld_aan(punt, "a1", claims(title="Iets anders"), moment=MOMENT)
    assert (uit.hoe, uit.persoon) == ("gekoppeld", persoon)
    persoon.refresh_from_db()
    assert persoon.functie == "Dossierhouder SZW"
    assert rollen(persoon) == [
        ("SZW", "dossierhouder", GISTEREN, None, False), ("SZW", "lezer", VANDAAG, None, True),
    ]  # fmt: skip
    # From now on by the key: another address at the provider is no other person here, nor a new address.
    assert meld_aan(punt, "a1", claims(email="anders@kwaad.example"), moment=MOMENT).persoon == persoon
    persoon.refresh_from_db()
    assert persoon.email == "amt@minszw.nl"


def test_an_address_that_got_another_owner_is_not_handed_over(punt: Aanmeldpunt) -> None:
    eerste = meld_aan(punt, "a1", claims(), moment=MOMENT).persoon
    with pytest.raises(Geweigerd) as fout:
        meld_aan(punt, "b2", claims(), moment=MOMENT)
    assert fout.value.reden == "al gekoppeld"
    assert list(SocialAccount.objects.values_list("uid", "user")) == [("a1", eerste.pk)]


def test_the_same_key_at_another_provider_is_somebody_else(punt: Aanmeldpunt, szw: Organisatie) -> None:
    ander = Aanmeldpunt.objects.create(
        adresnaam="vng", naam="VNG", uitgever="https://login.vng.example", client_id="rm", actief=True,
        emaildomeinen=["vng.nl"],
    )  # fmt: skip
    koppel(ander, szw, Rol.LEZER, organisatiewaarde="SZW")
    een = meld_aan(punt, "a1", claims(), moment=MOMENT).persoon
    twee = meld_aan(ander, "a1", claims(email="amt@vng.nl"), moment=MOMENT).persoon
    assert een != twee


@pytest.mark.parametrize("gekoppeld", [True, False])
@pytest.mark.parametrize("veld", [{"is_active": False}, {"is_programma": True}], ids=str)
def test_who_was_shut_out_here_stays_out(punt: Aanmeldpunt, gekoppeld: bool, veld: dict[str, bool]) -> None:
    persoon = PersoonFactory(email="amt@minszw.nl", **veld)
    if gekoppeld:
        SocialAccount.objects.create(provider="rijk", uid="a1", user=persoon)
    with pytest.raises(Geweigerd) as fout:
        meld_aan(punt, "a1", claims(), moment=MOMENT)
    assert (fout.value.reden, rollen(persoon), SocialAccount.objects.count()) == ("niet actief", [], int(gekoppeld))


def test_who_fits_no_mapping_is_not_added(punt: Aanmeldpunt) -> None:
    for anders in ({"organisatie": "OCW"}, {"rollen": []}, {"rollen": "lezer"}, {"rollen": None, "organisatie": None}):
        with pytest.raises(Geweigerd) as fout:
            meld_aan(punt, "a1", claims(**anders), moment=MOMENT)
        assert fout.value.reden == "geen koppeling"
    assert Persoon.objects.count() == 0


# --- roles follow the claims ---


def test_changed_claims_end_one_role_and_give_another(punt: Aanmeldpunt, szw: Organisatie) -> None:
    koppel(punt, szw, Rol.DOSSIERHOUDER, organisatiewaarde="SZW", rolwaarde="houders")
    gisteren = MOMENT - datetime.timedelta(days=1)
    persoon = meld_aan(punt, "a1", claims(), moment=gisteren).persoon
    meld_aan(punt, "a1", claims(rollen=["houders"]), moment=MOMENT)
    assert rollen(persoon) == [
        ("SZW", "lezer", GISTEREN, VANDAAG, True), ("SZW", "dossierhouder", VANDAAG, None, True),
    ]  # fmt: skip
    assert list(Claimrol.objects.order_by("pk").values_list("verleend_op", "beeindigd_op")) == [
        (gisteren, MOMENT), (MOMENT, None),
    ]  # fmt: skip
    meld_aan(punt, "a1", claims(rollen=None), moment=MOMENT)
    assert rollen(persoon)[1] == ("SZW", "dossierhouder", VANDAAG, VANDAAG, True)
    meld_aan(punt, "a1", claims(), moment=MOMENT)
    assert rollen(persoon)[2] == ("SZW", "lezer", VANDAAG, None, True)


def test_only_roles_of_this_provider_are_ended_by_it(punt: Aanmeldpunt, szw: Organisatie) -> None:
    ander = Aanmeldpunt.objects.create(
        adresnaam="vng", naam="VNG", uitgever="https://login.vng.example", client_id="rm", emaildomeinen=["minszw.nl"]
    )
    koppel(ander, szw, Rol.DOSSIERHOUDER, organisatiewaarde="SZW")
    persoon = PersoonFactory(email="amt@minszw.nl")
    LidmaatschapFactory(persoon=persoon, organisatie=szw, rol=Rol.LEZER, vanaf=GISTEREN)
    meld_aan(ander, "x", claims(), moment=MOMENT)
    meld_aan(punt, "a1", claims(), moment=MOMENT)  # lezer they have already: it stays as it was given
    meld_aan(punt, "a1", claims(rollen=None), moment=MOMENT)
    assert rollen(persoon) == [
        ("SZW", "lezer", GISTEREN, None, False), ("SZW", "dossierhouder", VANDAAG, None, True),
    ]  # fmt: skip
    # A stranger with the same claims is untouched by all this.
    vreemd = meld_aan(punt, "v", claims(email="vreemd@minszw.nl"), moment=MOMENT).persoon
    meld_aan(punt, "a1", claims(rollen=None), moment=MOMENT)
    assert rollen(vreemd) == [("SZW", "lezer", VANDAAG, None, True)]


def test_the_last_beheerder_stays(punt: Aanmeldpunt, szw: Organisatie) -> None:
    koppel(punt, szw, Rol.BEHEERDER, rolwaarde="beheer", uitdrukkelijk=True)
    persoon = meld_aan(punt, "a1", claims(rollen=["beheer"]), moment=MOMENT).persoon
    uit = meld_aan(punt, "a1", claims(rollen=[]), moment=MOMENT)
    assert [lid.rol for lid in uit.rollen.behouden] == ["beheerder"]
    assert rollen(persoon) == [("SZW", "beheerder", VANDAAG, None, True)]
    LidmaatschapFactory(persoon=PersoonFactory(), organisatie=szw, rol=Rol.BEHEERDER, vanaf=GISTEREN)
    meld_aan(punt, "a1", claims(rollen=[]), moment=MOMENT)
    assert rollen(persoon) == [("SZW", "beheerder", VANDAAG, VANDAAG, True)]


def test_the_last_beheerder_may_move(punt: Aanmeldpunt, szw: Organisatie) -> None:
    ocw = OrganisatieFactory(afkorting="OCW")
    koppel(punt, szw, Rol.BEHEERDER, organisatiewaarde="SZW", rolwaarde="beheer", uitdrukkelijk=True)
    koppel(punt, ocw, Rol.BEHEERDER, organisatiewaarde="OCW", rolwaarde="beheer", uitdrukkelijk=True)
    persoon = meld_aan(punt, "a1", claims(rollen=["beheer"]), moment=MOMENT).persoon
    meld_aan(punt, "a1", claims(organisatie="OCW", rollen=["beheer"]), moment=MOMENT)
    assert [rol[:2] for rol in rollen(persoon) if rol[3] is None] == [("OCW", "beheerder")]


def test_an_organisation_that_ended_gives_nothing(punt: Aanmeldpunt, szw: Organisatie) -> None:
    persoon = meld_aan(punt, "a1", claims(), moment=MOMENT).persoon
    Organisatie.objects.filter(pk=szw.pk).update(geldig_tot=VANDAAG)
    meld_aan(punt, "a1", claims(), moment=MOMENT)
    assert rollen(persoon)[0][3] == VANDAAG
    with pytest.raises(Geweigerd):
        meld_aan(punt, "b2", claims(email="nieuw@minszw.nl"), moment=MOMENT)


@pytest.mark.parametrize("rol", ["beheerder", "auditor"])
def test_heavy_roles_need_saying_so(punt: Aanmeldpunt, szw: Organisatie, beheerder: Persoon, rol: str) -> None:
    velden: dict[str, Any] = {
        "organisatiewaarde": "SZW", "rolwaarde": "x", "organisatie": szw, "rol": rol, "door": beheerder,
        "moment": MOMENT,
    }  # fmt: skip
    with pytest.raises(ValidationError):
        maak_koppeling(punt, **velden, uitdrukkelijk=False)
    # And nothing gets round it: the database refuses too.
    with pytest.raises(IntegrityError), transaction.atomic():
        koppel(punt, szw, rol, rolwaarde="x")
    assert maak_koppeling(punt, **velden, uitdrukkelijk=True).uitdrukkelijk


@pytest.mark.parametrize(
    ("waarde", "past"),
    [
        ("SZW", True),
        ("szw", False),
        ("SZW ", False),
        (" SZW", False),
        ("SZW\x00", False),
        ("SZW\u200b", False),
        ("S\u202eZW", False),
        ("ЅZW", False),  # a Cyrillic S
        ("SZW,OCW", False),
        ("' OR 1=1 --", False),
        (["OCW", "SZW"], True),
        ([["SZW"]], False),
        ({"SZW": True}, False),
        (True, False),
        (None, False),
        ("S" * 100_000, False),
    ],
    ids=lambda w: repr(w)[:20],
)
def test_a_value_counts_exactly_as_it_stands(punt: Aanmeldpunt, waarde: Any, past: bool) -> None:
    assert bool(wat_zou(punt, claims(organisatie=waarde), vandaag=VANDAAG).toekenningen) is past


@pytest.mark.parametrize("waarde", ['CN=Beleid & Regie,OU="Zuid",DC=nl', "Zoë <b>", "🏛", "a'b", "%s{0}${x}"])
def test_odd_characters_are_just_characters(
    punt: Aanmeldpunt, szw: Organisatie, beheerder: Persoon, als: Als, waarde: str
) -> None:
    maak_koppeling(
        punt, organisatiewaarde=waarde, rolwaarde="", organisatie=szw, rol=Rol.LEZER, uitdrukkelijk=False,
        door=beheerder, moment=MOMENT,
    )  # fmt: skip
    uit = meld_aan(punt, "a1", claims(organisatie=[waarde], rollen=None), moment=MOMENT)
    assert rollen(uit.persoon) == [("SZW", "lezer", VANDAAG, None, True)]
    assert "<b>" not in als(beheerder).get("/beheer/aanmeldpunten/rijk/").content.decode()


def test_a_claim_inside_a_claim_is_found() -> None:
    genest = {"realm_access": {"roles": ["a", 7, None, True, ""]}, "a.b": "letterlijk", "a": {"b": "genest"}}
    assert waarden(genest, "realm_access.roles") == ("a", "7")
    assert (waarden(genest, "a.b"), waarden(genest, "a.c"), waarden(genest, "realm_access")) == (
        ("letterlijk",),
        (),
        (),
    )


# --- second step, password, session ---


@pytest.mark.parametrize(
    ("gezegd", "telt"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, True),
        ({"acr": "urn:hoog"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["MFA"]}, False),
        ({}, False),
    ],
    ids=str,
)
def test_a_second_step_elsewhere_counts_only_in_words_that_are_accepted(gezegd: dict[str, Any], telt: bool) -> None:
    assert heeft_tweede_stap(Aanmeldpunt(tweedestapwaarden=["mfa", "urn:hoog"]), gezegd) is telt
    assert heeft_tweede_stap(Aanmeldpunt(), gezegd) is False


def test_the_session_says_of_whom_it_saw_a_second_step(punt: Aanmeldpunt) -> None:
    Aanmeldpunt.objects.update(tweedestapwaarden=["mfa"])
    punt.refresh_from_db()
    uit = meld_aan(punt, "a1", claims(amr=["mfa"]), moment=MOMENT)
    sessie = {VIA: als_sessie(punt, uit)}
    assert tweede_stap_elders(sessie, uit.persoon) is True
    assert tweede_stap_elders(sessie, PersoonFactory()) is False
    assert tweede_stap_elders({}, uit.persoon) is False
    assert (
        tweede_stap_elders({VIA: als_sessie(punt, meld_aan(punt, "a1", claims(), moment=MOMENT))}, uit.persoon) is False
    )


def test_who_is_linked_may_lose_the_password(punt: Aanmeldpunt, szw: Organisatie, beheerder: Persoon) -> None:
    persoon = meld_aan(punt, "a1", claims(), moment=MOMENT).persoon
    assert moet_langs(persoon, VANDAAG) is None
    Aanmeldpunt.objects.update(wachtwoord_blijft=False)
    assert moet_langs(persoon, VANDAAG) == punt
    assert moet_langs(beheerder, VANDAAG) is None  # not linked
    SocialAccount.objects.create(provider="rijk", uid="b", user=beheerder)
    assert moet_langs(beheerder, VANDAAG) is None  # by a role given here: somebody must be able to come in
    assert moet_langs(beheerder, VANDAAG - datetime.timedelta(days=2)) == punt  # not beheerder yet
    koppel(punt, szw, Rol.BEHEERDER, rolwaarde="beheer", uitdrukkelijk=True)
    meld_aan(punt, "a1", claims(rollen=["beheer"]), moment=MOMENT)
    assert moet_langs(persoon, VANDAAG) == punt  # beheerder by claims: no way round the provider
    Aanmeldpunt.objects.update(actief=False)
    assert moet_langs(persoon, VANDAAG) is None  # the provider is out of use


# --- the log ---


def test_the_log_tells_of_links_refusals_and_roles_without_claims(punt: Aanmeldpunt) -> None:
    persoon = meld_aan(punt, "a1", claims(title="Geheim Agent"), moment=MOMENT).persoon
    meld_aan(punt, "a1", claims(rollen=[]), moment=MOMENT)
    with pytest.raises(Geweigerd):
        meld_aan(punt, "b2", claims(), moment=MOMENT)
    regels = list(
        Logregel.objects.order_by("pk").values_list("actie", "resultaat", "object_soort", "object_sleutel", "details")
    )
    assert regels == [
        ("koppeling_maken", "gelukt", "persoon", str(persoon.pk), {"via": "rijk", "hoe": "nieuw"}),
        ("rol_geven", "gelukt", "persoon", str(persoon.pk), {"via": "rijk", "rol": "lezer", "organisatie": "szw"}),
        ("rol_intrekken", "gelukt", "persoon", str(persoon.pk), {"via": "rijk", "rol": "lezer", "organisatie": "szw"}),
        ("inloggen", "geweigerd", "aanmeldpunt", str(punt.pk), {"via": "rijk", "reden": "al gekoppeld"}),
    ]  # fmt: skip


# --- the token ---


def _token(**anders: Any) -> str:
    inhoud = {
        "iss": "https://login.example", "aud": "rm", "sub": "a1", "nonce": "n", "iat": MOMENT.timestamp() - 10,
        "exp": MOMENT.timestamp(),
    }  # fmt: skip
    return jwt.encode({**inhoud, **anders}, SLEUTEL, "RS256", {"kid": "k"})


def _lees(token: str, moment: datetime.datetime) -> dict[str, Any]:
    sleutel = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(SLEUTEL.public_key()))
    return lees_id_token(
        token, sleutels={"keys": [{**sleutel, "kid": "k"}]}, algoritmen=["RS256"], uitgever="https://login.example",
        client_id="rm", nonce="n", access_token="t", moment=moment,
    )  # fmt: skip


def test_a_token_ends_at_its_moment_with_some_play_for_clocks() -> None:
    seconde = datetime.timedelta(seconds=1)
    assert _lees(_token(), MOMENT + SPELING - seconde)["sub"] == "a1"
    for moment in (MOMENT + SPELING, MOMENT + SPELING + seconde):
        with pytest.raises(Onbetrouwbaar, match="expired"):
            _lees(_token(), moment)
    begin = MOMENT - datetime.timedelta(seconds=10)
    assert _lees(_token(), begin - SPELING)["sub"] == "a1"
    with pytest.raises(Onbetrouwbaar, match="future"):
        _lees(_token(), begin - SPELING - seconde)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "\ud800", "." * 50])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Onbetrouwbaar):
        _lees(token, MOMENT)


@pytest.mark.parametrize(
    ("adres", "goed"),
    [
        ("https://login.example", True),
        ("https://login.example:8443/realms/rijk", True),
        ("http://127.0.0.1:9000", True),
        ("http://[::1]:9000", True),
        ("http://localhost:9000", True),
        ("http://login.example", False),
        ("http://127.0.0.1.kwaad.example", False),
        ("https://gebruiker:woord@login.example", False),
        ("https://", False),
        ("https://login.example/#x", False),
        ("https://login.example/ x", False),
        ("https://login.example:poort", False),
        ("ftp://login.example", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_which_addresses_we_go_to(adres: str, goed: bool, settings: Any) -> None:
    settings.AANMELDEN_ZONDER_TLS = True
    assert is_veilig_adres(adres) is goed
    settings.AANMELDEN_ZONDER_TLS = False
    assert is_veilig_adres(adres) is (goed and adres.startswith("https://"))


def test_signing_out_elsewhere_takes_no_token_along() -> None:
    gegevens = {"end_session_endpoint": "https://login.example/uit?x=1"}
    adres = afmeldadres(gegevens, client_id="rm", terug="https://regie.example/inloggen/")
    assert adres == (
        "https://login.example/uit?x=1&client_id=rm&post_logout_redirect_uri=https%3A%2F%2Fregie.example%2Finloggen%2F"
    )
    assert afmeldadres({}, client_id="rm", terug="x") == ""


# --- kept up by the beheerder ---

VELDEN: dict[str, Any] = {
    "naam": "Rijk", "adresnaam": "rijk", "uitgever": "https://login.example/rijk", "client_id": "rm",
    "extra_scopes": "",
    "emaildomeinen": ["minszw.nl"], "organisatieclaim": "organisatie", "rolclaim": "rollen", "sleutelclaim": "sub",
    "emailclaim": "email", "functieclaim": "title", "tweedestapwaarden": [], "wachtwoord_blijft": True, "actief": False,
}  # fmt: skip


def _vorm(**anders: Any) -> dict[str, Any]:
    """What a browser sends."""
    velden = {**VELDEN, **anders}
    tekst = {naam: "\n".join(waarde) if isinstance(waarde, list) else waarde for naam, waarde in velden.items()}
    return {naam: "on" if waarde is True else waarde for naam, waarde in tekst.items() if waarde is not False}


def test_a_provider_is_made_and_changed(beheerder: Persoon, settings: Any) -> None:
    settings.AANMELDGEHEIMEN = {}
    with pytest.raises(ValidationError) as fout:
        maak_aanmeldpunt({**VELDEN, "actief": True}, door=beheerder, moment=MOMENT)
    assert "OIDC_GEHEIM_RIJK" in str(fout.value)
    for anders in (
        {"uitgever": "http://login.example"},
        {"uitgever": "https://login.example?x"},
        {"adresnaam": "nieuw"},
    ):
        with pytest.raises(ValidationError):
            maak_aanmeldpunt({**VELDEN, **anders}, door=beheerder, moment=MOMENT)
    punt = maak_aanmeldpunt(VELDEN, door=beheerder, moment=MOMENT)
    for dubbel in ({"naam": "Anders"}, {"adresnaam": "anders"}):
        with pytest.raises(ValidationError):
            maak_aanmeldpunt({**VELDEN, **dubbel}, door=beheerder, moment=MOMENT)
    rest = {naam: waarde for naam, waarde in VELDEN.items() if naam not in ("adresnaam", "uitgever")}
    settings.AANMELDGEHEIMEN = {"OIDC_GEHEIM_RIJK": "x"}
    assert wijzig_aanmeldpunt(punt, {**rest, "actief": True}, door=beheerder, versie=1, moment=MOMENT) == ["actief"]
    with pytest.raises(Verouderd):
        wijzig_aanmeldpunt(punt, rest, door=beheerder, versie=1, moment=MOMENT)
    with pytest.raises(ValidationError):
        wijzig_aanmeldpunt(punt, {**rest, "uitgever": "https://kwaad.example"}, door=beheerder, versie=2, moment=MOMENT)
    SocialAccount.objects.create(provider="rijk", uid="a", user=beheerder)
    with pytest.raises(ValidationError):
        wijzig_aanmeldpunt(punt, {**rest, "sleutelclaim": "oid"}, door=beheerder, versie=2, moment=MOMENT)
    assert list(Logregel.objects.order_by("pk").values_list("actie", "details")) == [
        ("instelling_wijzigen", {"wat": "aanmeldpunt toegevoegd"}),
        ("instelling_wijzigen", {"wat": "gewijzigd: actief"}),
    ]


def test_a_mapping_is_made_once_and_taken_away(punt: Aanmeldpunt, szw: Organisatie, beheerder: Persoon) -> None:
    velden: dict[str, Any] = {
        "organisatie": szw, "rol": Rol.LEZER, "uitdrukkelijk": True, "door": beheerder, "moment": MOMENT,
    }  # fmt: skip
    for waarde in ({"organisatiewaarde": "", "rolwaarde": ""}, {"organisatiewaarde": "SZW", "rolwaarde": "lezers"}):
        with pytest.raises(ValidationError):
            maak_koppeling(punt, **velden, **waarde)
    woord = OrganisatieFactory(afkorting="Rijk", soort="aanduiding")
    with pytest.raises(ValidationError):
        maak_koppeling(punt, **{**velden, "organisatie": woord}, organisatiewaarde="x", rolwaarde="")
    with pytest.raises(IntegrityError), transaction.atomic():
        koppel(punt, szw, Rol.LEZER)
    koppeling = maak_koppeling(punt, **velden, organisatiewaarde="SZW", rolwaarde="")
    assert koppeling.uitdrukkelijk is False
    verwijder_koppeling(koppeling, door=beheerder, moment=MOMENT)
    assert punt.koppelingen.count() == 1


def test_who_is_unlinked_signs_in_as_for_the_first_time(punt: Aanmeldpunt, beheerder: Persoon) -> None:
    persoon = meld_aan(punt, "a1", claims(), moment=MOMENT).persoon
    assert ontkoppel(punt, persoon, door=beheerder, moment=MOMENT) is True
    assert ontkoppel(punt, persoon, door=beheerder, moment=MOMENT) is False
    assert meld_aan(punt, "nieuw", claims(), moment=MOMENT).hoe == "gekoppeld"


# --- the pages ---


@pytest.mark.parametrize(
    "pad",
    ["", "nieuw/", "rijk/", "rijk/wijzigen/", "rijk/proef/", "rijk/mensen/", "rijk/koppelingen/nieuw/", "onbekend/"],
)
def test_only_the_beheerder_looks(punt: Aanmeldpunt, beheerder: Persoon, als: Als, client: Client, pad: str) -> None:
    adres = f"/beheer/aanmeldpunten/{pad}"
    assert client.get(adres).status_code == 302
    for rol in Rol.values:
        if rol == Rol.BEHEERDER:
            continue
        lid = LidmaatschapFactory(persoon=PersoonFactory(), organisatie=OrganisatieFactory(), rol=rol)
        assert als(lid.persoon).get(adres).status_code == 403, rol
    assert als(beheerder).get(adres).status_code == (404 if pad == "onbekend/" else 200)


def test_only_the_beheerder_changes(punt: Aanmeldpunt, beheerder: Persoon, als: Als) -> None:
    koppeling = punt.koppelingen.get()
    persoon = meld_aan(punt, "a1", claims(), moment=MOMENT).persoon
    paden = {
        "nieuw/": _vorm(naam="Ander", adresnaam="ander"),
        "rijk/wijzigen/": {**_vorm(naam="Anders"), "versie": "1"},
        f"rijk/koppelingen/{koppeling.pk}/verwijderen/": {},
        f"rijk/mensen/{persoon.pk}/ontkoppelen/": {},
    }
    vreemd = als(LidmaatschapFactory(persoon=PersoonFactory(), rol=Rol.SECRETARIAAT).persoon)
    assert [vreemd.post(f"/beheer/aanmeldpunten/{pad}", invoer).status_code for pad, invoer in paden.items()] == [
        403
    ] * 4
    assert (Aanmeldpunt.objects.count(), Claimkoppeling.objects.count(), SocialAccount.objects.count()) == (1, 1, 1)
    baas = als(beheerder)
    assert baas.post(f"/beheer/aanmeldpunten/onbekend/koppelingen/{koppeling.pk}/verwijderen/").status_code == 404
    assert [baas.post(f"/beheer/aanmeldpunten/{pad}", invoer).status_code for pad, invoer in paden.items()] == [302] * 4
    assert (Aanmeldpunt.objects.count(), Claimkoppeling.objects.count(), SocialAccount.objects.count()) == (2, 0, 0)
    assert Aanmeldpunt.objects.get(adresnaam="rijk").naam == "Anders"


def test_the_form_asks_again_in_plain_words(beheerder: Persoon, als: Als, settings: Any) -> None:
    settings.AANMELDGEHEIMEN = {}
    for anders, zin in (
        ({"emaildomeinen": ["geen domein"]}, "is geen e-maildomein"),
        ({"emaildomeinen": ["nl"]}, "is geen e-maildomein"),
        ({"adresnaam": "Rijk!"}, "Gebruik 2 tot 40"),
        ({"uitgever": "http://login.example"}, "Het begint met https://"),
        ({"actief": True}, "OIDC_GEHEIM_RIJK"),
        ({"sleutelclaim": "s ub"}, "De naam van een claim"),
        ({"extra_scopes": 'een "x"'}, "Een scope heeft"),
    ):
        antwoord = als(beheerder).post("/beheer/aanmeldpunten/nieuw/", _vorm(**anders))
        assert (antwoord.status_code, zin in antwoord.content.decode()) == (422, True), anders
    assert Aanmeldpunt.objects.count() == 0
    antwoord = als(beheerder).post("/beheer/aanmeldpunten/nieuw/", _vorm(emaildomeinen=["@MinSZW.nl", "minszw.nl"]))
    assert (antwoord.status_code, Aanmeldpunt.objects.get().emaildomeinen) == (302, ["minszw.nl"])


def test_issuer_and_address_name_cannot_be_sent_along(punt: Aanmeldpunt, beheerder: Persoon, als: Als) -> None:
    invoer = {**_vorm(uitgever="https://kwaad.example", adresnaam="kwaad"), "versie": "1"}
    assert als(beheerder).post("/beheer/aanmeldpunten/rijk/wijzigen/", invoer).status_code == 302
    punt.refresh_from_db()
    assert (punt.uitgever, punt.adresnaam) == ("https://login.example/rijk", "rijk")


def test_the_sample_shows_what_would_happen_and_keeps_nothing(punt: Aanmeldpunt, beheerder: Persoon, als: Als) -> None:
    def probeer(tekst: str) -> tuple[int, str]:
        antwoord = als(beheerder).post("/beheer/aanmeldpunten/rijk/proef/", {"claims": tekst})
        return antwoord.status_code, antwoord.content.decode()

    status, tekst = probeer(json.dumps(claims(sub="a1")))
    assert (status, "Wordt toegevoegd als nieuwe persoon" in tekst, "Lezer bij SZW" in tekst) == (200, True, True)
    status, tekst = probeer(json.dumps(claims(sub="a1", email_verified=False, rollen=["<script>alert(1)</script>"])))
    assert (status, "komt niet binnen" in tekst, "<script>alert" in tekst) == (200, True, False)
    for onzin in ("", "{", "[1]", '"a"', "[" * 5000):
        assert probeer(onzin)[0] == 422
    assert (Persoon.objects.count(), SocialAccount.objects.count(), Claimrol.objects.count()) == (1, 0, 0)
    PersoonFactory(email="amt@minszw.nl", functie="Bekende")
    assert "Komt binnen als Bekende" in probeer(json.dumps(claims(sub="a1")))[1]


def test_pasted_text_is_read_strictly() -> None:
    assert lees_voorbeeld('{"sub": "a"}') == {"sub": "a"}
    for onzin in ("", "[]", "1", "null", "{'a': 1}"):
        with pytest.raises(ValidationError):
            lees_voorbeeld(onzin)


@pytest.mark.parametrize("aantal", [1, 3])
def test_lists_take_as_many_queries_for_more_rows(
    punt: Aanmeldpunt, szw: Organisatie, beheerder: Persoon, als: Als, django_assert_num_queries: Any, aantal: int
) -> None:
    for nummer in range(aantal - 1):
        Aanmeldpunt.objects.create(
            adresnaam=f"p{nummer}", naam=f"P{nummer}", uitgever="https://x.example", client_id="x"
        )
        koppel(punt, OrganisatieFactory(), Rol.LEZER, organisatiewaarde=f"w{nummer}")
    for nummer in range(aantal):
        meld_aan(punt, f"a{nummer}", claims(email=f"a{nummer}@minszw.nl"), moment=MOMENT)
    client = als(beheerder)
    for pad, vragen in (("", 4), ("rijk/", 6), ("rijk/mensen/", 5)):
        with django_assert_num_queries(vragen):
            assert client.get(f"/beheer/aanmeldpunten/{pad}").status_code == 200
