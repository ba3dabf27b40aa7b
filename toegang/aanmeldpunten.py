"""Signing in with the account of the own organisation: who may, who that is here, and which roles the claims give.

A provider says who somebody is; whether and as whom that person comes in is decided here. Roles follow the claims at
each sign-in, and only roles that came from a provider are ended by it.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from logboek.models import Actie, Resultaat
from logboek.schrijven import onderwerp, schrijf, schrijf_weigering
from maatregelen.beheer import beeindig_rol, geef_rol, maak_persoon
from maatregelen.dossiervoering import wijzig
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol
from maatregelen.versiebewaking import om_de_beurt
from toegang.aanmeldprotocol import geheim, is_veilig_adres
from toegang.accountberichten import noteer
from toegang.models import Aanmeldpunt, Berichtsoort, Claimkoppeling, Claimrol
from toegang.models.aanmeldpunt import ZWARE_ROLLEN

# What the session keeps of a sign-in through a provider: which one, and whether it saw a second step.
VIA = "aanmelding_via"
LENGTE_FUNCTIE = 120


class Geweigerd(Exception):  # noqa: N818  it names what happened, as the user reads it
    """Somebody the provider knows does not come in here; the text is for them, `reden` is a word for the log."""

    def __init__(self, reden: str, zin: str) -> None:
        super().__init__(zin)
        self.reden = reden


@dataclass(frozen=True)
class Toekenning:
    """A mapping that fits, with what stands in its way; empty when nothing does."""

    koppeling: Claimkoppeling
    bezwaar: str


@dataclass(frozen=True)
class Voorbeeld:
    """What somebody with these claims would get; `bezwaren` say why they would not come in."""

    sleutel: str
    email: str
    functie: str
    organisatiewaarden: tuple[str, ...]
    rolwaarden: tuple[str, ...]
    toekenningen: tuple[Toekenning, ...]
    tweede_stap: bool
    persoon: Persoon | None
    is_gekoppeld: bool
    bezwaren: tuple[str, ...]


@dataclass(frozen=True)
class Rolwissel:
    """What a sign-in did to somebody's roles; `behouden` are those that a rule here kept."""

    gegeven: tuple[Lidmaatschap, ...]
    beeindigd: tuple[Lidmaatschap, ...]
    behouden: tuple[Lidmaatschap, ...]


@dataclass(frozen=True)
class Aanmelding:
    """Who came in, how that person was found, what happened to their roles, and whether a second step was seen."""

    persoon: Persoon
    hoe: str  # bekend, gekoppeld, nieuw
    rollen: Rolwissel
    tweede_stap: bool


def _claim(claims: Mapping[str, Any], naam: str) -> Any:
    """The value of a claim: by its name as it stands, else by the parts of a name with dots."""
    if naam in claims:
        return claims[naam]
    waarde: Any = claims
    for deel in naam.split("."):
        if not isinstance(waarde, Mapping) or deel not in waarde:
            return None
        waarde = waarde[deel]
    return waarde


def waarden(claims: Mapping[str, Any], naam: str) -> tuple[str, ...]:
    """The texts of a claim, in order: one, or those of a list. What is no text or whole number is passed by."""
    ruw = _claim(claims, naam)
    return tuple(
        str(deel)
        for deel in (ruw if isinstance(ruw, list) else [ruw])
        if isinstance(deel, (str, int)) and not isinstance(deel, bool) and str(deel)
    )


def _tekst(claims: Mapping[str, Any], naam: str) -> str:
    ruw = _claim(claims, naam)
    # On one line, without what steers a terminal or turns the direction of reading.
    return " ".join("".join(t if t.isprintable() else " " for t in ruw).split()) if isinstance(ruw, str) else ""


def adres_van(aanmeldpunt: Aanmeldpunt, claims: Mapping[str, Any]) -> str:
    """The e-mail address in the claims, as it is kept here; empty when there is none."""
    return _tekst(claims, aanmeldpunt.emailclaim).lower()


def _bezwaar_adres(aanmeldpunt: Aanmeldpunt, claims: Mapping[str, Any]) -> Geweigerd | None:
    """Why this provider cannot say that this address is somebody's, or nothing."""
    adres = adres_van(aanmeldpunt, claims)
    if adres.count("@") != 1:
        return Geweigerd("geen e-mailadres", f"{aanmeldpunt} geeft geen e-mailadres van u door.")
    # Exactly true: what only looks like it is not what the specification means by it.
    if claims.get("email_verified") is not True:
        return Geweigerd(
            "e-mailadres niet gecontroleerd", f"{aanmeldpunt} zegt niet dat uw e-mailadres {adres} is gecontroleerd."
        )
    domein = adres.partition("@")[2]
    if domein not in aanmeldpunt.emaildomeinen:
        return Geweigerd(
            "e-maildomein niet vertrouwd",
            f"Via {aanmeldpunt} kan hier niemand inloggen met een e-mailadres van {domein}.",
        )
    return None


def toekenningen(aanmeldpunt: Aanmeldpunt, claims: Mapping[str, Any], vandaag: datetime.date) -> tuple[Toekenning, ...]:
    """Every mapping that fits these claims, with what stands in its way on a day."""
    organisaties = set(waarden(claims, aanmeldpunt.organisatieclaim))
    rollen = set(waarden(claims, aanmeldpunt.rolclaim))
    uit = []
    for koppeling in aanmeldpunt.koppelingen.select_related("organisatie", "organisatie__opvolger"):
        if koppeling.organisatiewaarde and koppeling.organisatiewaarde not in organisaties:
            continue
        if koppeling.rolwaarde and koppeling.rolwaarde not in rollen:
            continue
        organisatie, bezwaar = koppeling.organisatie, ""
        if organisatie.is_aanduiding:
            bezwaar = f"{organisatie} is een algemene aanduiding: er horen geen mensen bij."
        elif organisatie.is_opgeheven(vandaag):
            bezwaar = f"{organisatie} bestaat niet meer."
        uit.append(Toekenning(koppeling, bezwaar))
    return tuple(uit)


def heeft_tweede_stap(aanmeldpunt: Aanmeldpunt, claims: Mapping[str, Any]) -> bool:
    """Whether the provider says, in words the beheerder accepts, that a second step was taken."""
    gezegd = {*waarden(claims, "amr"), *waarden(claims, "acr")}
    return bool(gezegd.intersection(aanmeldpunt.tweedestapwaarden))


def als_sessie(aanmeldpunt: Aanmeldpunt, aanmelding: Aanmelding) -> dict[str, Any]:
    """What the session keeps of a sign-in, under VIA; no token, no claim."""
    return {
        "aanmeldpunt": aanmeldpunt.adresnaam,
        "persoon": aanmelding.persoon.pk,
        "tweede_stap": aanmelding.tweede_stap,
    }


def tweede_stap_elders(sessie: Mapping[str, Any], persoon: Any) -> bool:
    """Whether this person came into this session through a provider that saw the second step, so that we need not ask.

    The person is asked for: in the same browser somebody else may sign in next.
    """
    via = sessie.get(VIA)
    return (
        isinstance(via, dict)
        and isinstance(persoon, Persoon)
        and via.get("persoon") == persoon.pk
        and via.get("tweede_stap") is True
    )


def gekoppelde(aanmeldpunt: Aanmeldpunt, sleutel: str) -> Persoon | None:
    """Who is linked to this key of this provider."""
    rij = SocialAccount.objects.filter(provider=aanmeldpunt.adresnaam, uid=sleutel).select_related("user").first()
    return rij.user if rij else None


def _zoek(aanmeldpunt: Aanmeldpunt, sleutel: str, claims: Mapping[str, Any], vandaag: datetime.date) -> Persoon | None:
    """Who this is here, or None for who may be added. Raises Geweigerd for who does not come in."""
    persoon = gekoppelde(aanmeldpunt, sleutel)
    gekoppeld = persoon is not None
    if persoon is None:
        if bezwaar := _bezwaar_adres(aanmeldpunt, claims):
            raise bezwaar
        persoon = Persoon.objects.filter(email=adres_van(aanmeldpunt, claims)).first()
    if persoon is None:
        if not any(not toekenning.bezwaar for toekenning in toekenningen(aanmeldpunt, claims, vandaag)):
            raise Geweigerd("geen koppeling", f"Wat {aanmeldpunt} over u doorgeeft, geeft hier nog geen rol.")
        return None
    if not persoon.is_active or persoon.is_programma:
        raise Geweigerd("niet actief", "Uw account is hier niet actief.")
    if not gekoppeld and SocialAccount.objects.filter(provider=aanmeldpunt.adresnaam, user=persoon).exists():
        raise Geweigerd("al gekoppeld", f"Dit e-mailadres hoort hier al bij een ander account van {aanmeldpunt}.")
    return persoon


def _functie(aanmeldpunt: Aanmeldpunt, claims: Mapping[str, Any], gegeven: tuple[Toekenning, ...]) -> str:
    eerste = next(toekenning.koppeling for toekenning in gegeven if not toekenning.bezwaar)
    gezegd = _tekst(claims, aanmeldpunt.functieclaim)
    return (gezegd or f"{eerste.get_rol_display()} {eerste.organisatie}")[:LENGTE_FUNCTIE]


def meld_aan(
    aanmeldpunt: Aanmeldpunt, sleutel: str, claims: Mapping[str, Any], *, moment: datetime.datetime
) -> Aanmelding:
    """Let somebody in whom the provider knows: find or add the person, and let the roles follow the claims.

    The claims were checked (`aanmeldprotocol`). Raises Geweigerd, and then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _meld_aan(aanmeldpunt, sleutel, claims, moment)
    except Geweigerd as fout:
        schrijf_weigering(
            actie=Actie.INLOGGEN,
            moment=moment,
            actor=gekoppelde(aanmeldpunt, sleutel),
            over=onderwerp(aanmeldpunt, aanmeldpunt.naam),
            details={"via": aanmeldpunt.adresnaam, "reden": fout.reden},
        )
        raise


def _meld_aan(
    aanmeldpunt: Aanmeldpunt, sleutel: str, claims: Mapping[str, Any], moment: datetime.datetime
) -> Aanmelding:
    vandaag = timezone.localdate(moment)
    # Whoever starts twice, in two windows, is added once.
    om_de_beurt(f"aanmelding {aanmeldpunt.adresnaam} {sleutel}")
    om_de_beurt(f"aanmelding {adres_van(aanmeldpunt, claims)}")
    was_gekoppeld = gekoppelde(aanmeldpunt, sleutel) is not None
    persoon, hoe = _zoek(aanmeldpunt, sleutel, claims, vandaag), "bekend"
    if persoon is None:
        functie = _functie(aanmeldpunt, claims, toekenningen(aanmeldpunt, claims, vandaag))
        try:
            persoon, hoe = maak_persoon(email=adres_van(aanmeldpunt, claims), functie=functie), "nieuw"
        except ValidationError as fout:
            raise Geweigerd("e-mailadres onbruikbaar", f"{aanmeldpunt}: {' '.join(fout.messages)}") from None
    elif not was_gekoppeld:
        hoe = "gekoppeld"
    if not was_gekoppeld:
        SocialAccount.objects.create(provider=aanmeldpunt.adresnaam, uid=sleutel, user=persoon)
        _schrijf_over(Actie.KOPPELING_MAKEN, persoon, aanmeldpunt, moment, {"hoe": hoe})
        if persoon.last_login is not None:  # who never was here gets no other way in, but the first one
            noteer(Berichtsoort.AANMELDPUNT_ERBIJ, persoon, moment=moment, naam=str(aanmeldpunt))
    rollen = volg_claims(persoon, aanmeldpunt, claims, moment=moment)
    return Aanmelding(persoon, hoe, rollen, heeft_tweede_stap(aanmeldpunt, claims))


def _schrijf_over(
    actie: Actie,
    persoon: Persoon,
    punt: Aanmeldpunt,
    moment: datetime.datetime,
    details: dict[str, str],
    *,
    door: Persoon | None = None,
    resultaat: Resultaat = Resultaat.GELUKT,
) -> None:
    """A line in the log about a person; never with a value of a claim, which may be anything."""
    schrijf(
        actie=actie,
        resultaat=resultaat,
        moment=moment,
        actor=door,
        over=onderwerp(persoon),
        details={"via": punt.adresnaam, **details},
    )


def volg_claims(
    persoon: Persoon, aanmeldpunt: Aanmeldpunt, claims: Mapping[str, Any], *, moment: datetime.datetime
) -> Rolwissel:
    """Give the roles that the claims give from today on, and end per today what this provider gave and gives no more.

    A role that somebody has here already stays as it was given: the provider then does not end it either. The last
    beheerder stays.
    """
    vandaag = timezone.localdate(moment)
    gewenst = {
        (t.koppeling.organisatie_id, t.koppeling.rol): t.koppeling.organisatie
        for t in toekenningen(aanmeldpunt, claims, vandaag)
        if not t.bezwaar
    }
    with transaction.atomic():
        lopend = list(
            Claimrol.objects.filter(
                aanmeldpunt=aanmeldpunt, lidmaatschap__persoon=persoon, lidmaatschap__tot=None
            ).select_related("lidmaatschap__organisatie")
        )
        over = [r for r in lopend if (r.lidmaatschap.organisatie_id, r.lidmaatschap.rol) not in gewenst]
        # Ending comes first, as everywhere in this order of locks; who was kept as last beheerder is tried again below.
        eerst = [rol for rol in over if _beeindig(rol, moment=moment, per=vandaag)]
        gegeven = []
        for (_, rol), organisatie in gewenst.items():
            try:
                with transaction.atomic():
                    lid = geef_rol(persoon, organisatie, rol, vanaf=vandaag, moment=moment)
            except ValidationError:
                continue  # they have it already
            Claimrol.objects.create(lidmaatschap=lid, aanmeldpunt=aanmeldpunt, verleend_op=moment)
            gegeven.append(lid)
        later = [rol for rol in over if rol not in eerst and _beeindig(rol, moment=moment, per=vandaag)]
        klaar = [*eerst, *later]
        wissel = Rolwissel(
            tuple(gegeven),
            tuple(rol.lidmaatschap for rol in klaar),
            tuple(rol.lidmaatschap for rol in over if rol not in klaar),
        )
        for leden, actie, resultaat in (
            (wissel.gegeven, Actie.ROL_GEVEN, Resultaat.GELUKT),
            (wissel.beeindigd, Actie.ROL_INTREKKEN, Resultaat.GELUKT),
            (wissel.behouden, Actie.ROL_INTREKKEN, Resultaat.GEWEIGERD),
        ):
            for lid in leden:
                wat = {"rol": lid.rol, "organisatie": lid.organisatie.slug}
                _schrijf_over(actie, persoon, aanmeldpunt, moment, wat, resultaat=resultaat)
    return wissel


def _beeindig(rol: Claimrol, *, moment: datetime.datetime, per: datetime.date) -> bool:
    """End a role that came from claims; answers whether it ended: the last beheerder stays."""
    try:
        with transaction.atomic():
            beeindig_rol(rol.lidmaatschap, per=per)
    except ValidationError:
        return False
    rol.beeindigd_op = moment
    rol.save(update_fields=["beeindigd_op"])
    return True


def wat_zou(aanmeldpunt: Aanmeldpunt, claims: Mapping[str, Any], *, vandaag: datetime.date) -> Voorbeeld:
    """What somebody with these claims would get, without doing anything."""
    sleutel = _tekst(claims, aanmeldpunt.sleutelclaim)
    bezwaren: list[str] = [] if sleutel else [f"De claim {aanmeldpunt.sleutelclaim} ontbreekt of is geen tekst."]
    gegeven = toekenningen(aanmeldpunt, claims, vandaag)
    try:
        persoon = _zoek(aanmeldpunt, sleutel, claims, vandaag)
    except Geweigerd as fout:
        persoon = Persoon.objects.filter(email=adres_van(aanmeldpunt, claims)).first()
        bezwaren.append(str(fout))
    return Voorbeeld(
        sleutel=sleutel,
        email=adres_van(aanmeldpunt, claims),
        functie=persoon.functie if persoon else _tekst(claims, aanmeldpunt.functieclaim)[:LENGTE_FUNCTIE],
        organisatiewaarden=waarden(claims, aanmeldpunt.organisatieclaim),
        rolwaarden=waarden(claims, aanmeldpunt.rolclaim),
        toekenningen=gegeven,
        tweede_stap=heeft_tweede_stap(aanmeldpunt, claims),
        persoon=persoon,
        is_gekoppeld=bool(sleutel) and gekoppelde(aanmeldpunt, sleutel) is not None,
        bezwaren=tuple(bezwaren),
    )


def lees_voorbeeld(tekst: str) -> dict[str, Any]:
    """The claims that somebody pasted. Raises ValidationError when it is no JSON object."""
    try:
        claims = json.loads(tekst)
    except (ValueError, RecursionError):
        raise ValidationError("Dit is geen JSON. Plak de claims met de accolades eromheen.") from None
    if not isinstance(claims, dict):
        raise ValidationError(
            'Dit is geen lijst van claims. Een voorbeeld: {"sub": "a1", "email": "naam@ministerie.nl"}'
        )
    return claims


def in_gebruik() -> list[Aanmeldpunt]:
    """The providers whose button stands on the page for signing in; one query."""
    return list(Aanmeldpunt.objects.filter(actief=True))


def moet_langs(persoon: Persoon, vandaag: datetime.date) -> Aanmeldpunt | None:
    """The provider that is the only way in for this person; None for who may use a password or passkey of our own.

    Only who is linked to a provider in use that says so. A beheerder by a role given here never: somebody must be able
    to come in when the provider is away.
    """
    via = SocialAccount.objects.filter(user=persoon).values("provider")
    punt = Aanmeldpunt.objects.filter(adresnaam__in=via, actief=True, wachtwoord_blijft=False).first()
    if punt is None:
        return None
    hier = Lidmaatschap.objects.geldig(vandaag).filter(persoon=persoon, rol=Rol.BEHEERDER, claimrol=None)
    return None if hier.exists() else punt


def adres_na_uitloggen(sessie: Mapping[str, Any]) -> str:
    """Where somebody goes who signs out, asked before they are out; empty for who did not come through a provider."""
    via = sessie.get(VIA)
    if not isinstance(via, dict) or not Aanmeldpunt.objects.filter(adresnaam=via["aanmeldpunt"], actief=True).exists():
        return ""
    return reverse("ook_afmelden", kwargs={"provider_id": via["aanmeldpunt"]})


def _controleer(velden: dict[str, Any], punt: Aanmeldpunt) -> None:
    """Raise ValidationError per field for what would not work."""
    if velden.get("actief") and not geheim(punt):
        raise ValidationError(
            {"actief": f"Zet eerst het client-geheim op de server, als {punt.geheimnaam}, en start de server opnieuw."}
        )


def _schrijf_instelling(punt: Aanmeldpunt, wat: str, *, door: Persoon, moment: datetime.datetime) -> None:
    schrijf(
        actie=Actie.INSTELLING_WIJZIGEN,
        resultaat=Resultaat.GELUKT,
        moment=moment,
        actor=door,
        over=onderwerp(punt, punt.naam),
        details={"wat": wat},
    )


def maak_aanmeldpunt(velden: dict[str, Any], *, door: Persoon, moment: datetime.datetime) -> Aanmeldpunt:
    """A new place to sign in. Raises ValidationError: a name that is taken, an issuer that is no safe address."""
    with transaction.atomic():
        om_de_beurt("aanmeldpunten")
        if not is_veilig_adres(velden["uitgever"]) or "?" in velden["uitgever"]:
            raise ValidationError({"uitgever": "Dit is geen adres van een aanbieder. Het begint met https://."})
        if velden["adresnaam"] == "nieuw":
            raise ValidationError({"adresnaam": "Deze adresnaam is van een andere pagina. Kies een andere."})
        for veld, zin in (("adresnaam", "deze adresnaam"), ("naam", "deze naam")):
            if Aanmeldpunt.objects.filter(**{veld: velden[veld]}).exists():
                raise ValidationError({veld: f"Er is al een aanmeldpunt met {zin}."})
        punt = Aanmeldpunt(**velden, aangemaakt_op=moment, gewijzigd_op=moment)
        _controleer(velden, punt)
        punt.save(force_insert=True)
        _schrijf_instelling(punt, "aanmeldpunt toegevoegd", door=door, moment=moment)
    return punt


def wijzig_aanmeldpunt(
    punt: Aanmeldpunt, velden: dict[str, Any], *, door: Persoon, versie: int | None, moment: datetime.datetime
) -> list[str]:
    """Change a place to sign in and answer which fields changed; its address name and issuer stay.

    Raises Verouderd, or ValidationError: a name that is taken, no secret, or another key while people are linked by it.
    """
    with transaction.atomic():
        om_de_beurt("aanmeldpunten")
        vast = {"adresnaam", "uitgever"}.intersection(velden)
        if vast:
            raise ValidationError(dict.fromkeys(vast, "Dit kan niet meer anders. Maak een nieuw aanmeldpunt."))
        if Aanmeldpunt.objects.filter(naam=velden["naam"]).exclude(pk=punt.pk).exists():
            raise ValidationError({"naam": "Er is al een aanmeldpunt met deze naam."})
        anders = velden["sleutelclaim"] != punt.sleutelclaim
        if anders and SocialAccount.objects.filter(provider=punt.adresnaam).exists():
            raise ValidationError(
                {"sleutelclaim": "Er zijn mensen gekoppeld met deze claim; zij zouden een ander worden."}
            )
        _controleer(velden, punt)
        anders_nu = wijzig(punt, velden, versie=versie, moment=moment)
        if anders_nu:
            _schrijf_instelling(punt, f"gewijzigd: {', '.join(anders_nu)}", door=door, moment=moment)
        return anders_nu


def maak_koppeling(
    punt: Aanmeldpunt,
    *,
    organisatiewaarde: str,
    rolwaarde: str,
    organisatie: Organisatie,
    rol: str,
    uitdrukkelijk: bool,
    door: Persoon,
    moment: datetime.datetime,
) -> Claimkoppeling:
    """Say which role a value of a claim gives. Raises ValidationError: no value at all, a role that needs saying so."""
    if not organisatiewaarde and not rolwaarde:
        raise ValidationError("Vul minstens één waarde in. Zonder waarde kreeg iedereen deze rol.")
    if rol in ZWARE_ROLLEN and not uitdrukkelijk:
        raise ValidationError(
            {"uitdrukkelijk": "Vink dit aan: wie de aanbieder beheert, bepaalt dan wie hier alles mag of alles ziet."}
        )
    if organisatie.is_aanduiding:
        raise ValidationError({"organisatie": f"'{organisatie}' is een algemene aanduiding: er horen geen mensen bij."})
    velden = {"organisatiewaarde": organisatiewaarde, "rolwaarde": rolwaarde, "organisatie": organisatie, "rol": rol}
    with transaction.atomic():
        om_de_beurt("aanmeldpunten")
        if punt.koppelingen.filter(**velden).exists():
            raise ValidationError("Deze koppeling is er al.")
        koppeling = Claimkoppeling.objects.create(
            aanmeldpunt=punt, **velden, uitdrukkelijk=uitdrukkelijk and rol in ZWARE_ROLLEN, aangemaakt_op=moment
        )
        wat = f"koppeling {koppeling.pk} toegevoegd: {rol} bij {organisatie.slug}"
        _schrijf_instelling(punt, wat, door=door, moment=moment)
        return koppeling


def verwijder_koppeling(koppeling: Claimkoppeling, *, door: Persoon, moment: datetime.datetime) -> None:
    """Let a value give nothing any more; who has the role by it loses it at the next sign-in."""
    wat = f"koppeling {koppeling.pk} verwijderd: {koppeling.rol} bij {koppeling.organisatie.slug}"
    with transaction.atomic():
        punt = koppeling.aanmeldpunt
        koppeling.delete()
        _schrijf_instelling(punt, wat, door=door, moment=moment)


def ontkoppel(punt: Aanmeldpunt, persoon: Persoon, *, door: Persoon, moment: datetime.datetime) -> bool:
    """Let a person not come in through this provider as this person any more; answers whether they were linked.

    The next sign-in with the same account is a first one again.
    """
    with transaction.atomic():
        weg, _ = SocialAccount.objects.filter(provider=punt.adresnaam, user=persoon).delete()
        if weg:
            _schrijf_over(Actie.KOPPELING_VERWIJDEREN, persoon, punt, moment, {}, door=door)
            noteer(Berichtsoort.AANMELDPUNT_WEG, persoon, moment=moment, door=door, naam=str(punt))
    return bool(weg)
