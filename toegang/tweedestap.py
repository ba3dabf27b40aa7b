"""The second step of signing in: who needs one, who has one, and how its secrets are kept."""

import base64
import datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes

from logboek.models import Actie, Resultaat
from logboek.schrijven import onderwerp, schrijf
from maatregelen.models import Lidmaatschap, Persoon, Rol
from toegang.aanmeldpunten import tweede_stap_elders
from toegang.accountberichten import noteer
from toegang.models import Berichtsoort, Rolbeleid
from toegang.sessies import beeindig_alle

# What counts as a second step; recovery codes only stand in for one of these.
STAPPEN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def _sleutels() -> MultiFernet:
    """One key per secret of this installation, the present one first: after a change of SECRET_KEY the earlier one in
    SECRET_KEY_FALLBACKS still reads.
    """
    afgeleid = []
    for geheim in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"regiemonitor tweede stap 1")
        afgeleid.append(Fernet(base64.urlsafe_b64encode(hkdf.derive(force_bytes(geheim)))))
    return MultiFernet(afgeleid)


def versleutel(tekst: str) -> str:
    """A secret as it may stand in the database."""
    return _sleutels().encrypt(tekst.encode()).decode("ascii")


def ontsleutel(versleuteld: str) -> str:
    """The secret again. Raises ValueError when it was not kept by this installation, or SECRET_KEY was lost."""
    try:
        return _sleutels().decrypt(versleuteld.encode("ascii")).decode()
    except InvalidToken:
        raise ValueError("Dit geheim is met een andere SECRET_KEY bewaard.") from None


class Codevraag(AuthenticateStage):  # type: ignore[misc]
    """The question for a code or passkey at the door; not for who comes from a provider that saw a second step."""

    def _should_handle(self, request: Any) -> bool:
        """Whether to ask."""
        return not tweede_stap_elders(request.session, self.login.user) and bool(super()._should_handle(request))


class Kluis(DefaultMFAAdapter):  # type: ignore[misc]
    """How allauth keeps what belongs to the second step here."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet of is verlopen. Wacht op de volgende code en vul die in.",
        "cannot_delete_authenticator": "Uw rol vraagt een tweede stap. Voeg eerst een andere toe.",
        "cannot_generate_recovery_codes": "Stel eerst een app of een passkey in.",
    }

    def encrypt(self, text: str) -> str:
        """Secrets of apps and recovery codes are never kept as they are."""
        return versleutel(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return ontsleutel(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether its owner may do without it."""
        return mag_laatste_weg(authenticator.user, timezone.localdate(), behalve=authenticator.pk)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002  its name there
        """What a passkey is called until its owner gives it a name."""
        aantal = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Mijn passkey" if aantal == 0 else f"Passkey {aantal + 1}"


def heeft_tweede_stap(persoon: Persoon) -> bool:
    """Whether this person has an app or a passkey."""
    gevonden: bool = Authenticator.objects.filter(user=persoon, type__in=STAPPEN).exists()
    return gevonden


def rollen_met_tweede_stap() -> set[str]:
    """The roles whose holders need a second step: all, but for those the beheerder let go."""
    vrij = set(Rolbeleid.objects.filter(tweede_factor_verplicht=False).values_list("rol", flat=True))
    return set(Rol.values) - vrij


def moet_tweede_stap(persoon: Persoon, vandaag: datetime.date) -> bool:
    """Whether a role this person holds today asks for a second step."""
    rollen = set(Lidmaatschap.objects.geldig(vandaag).filter(persoon=persoon).values_list("rol", flat=True))
    return bool(rollen & rollen_met_tweede_stap())


def mag_laatste_weg(persoon: Persoon, vandaag: datetime.date, *, behalve: int) -> bool:
    """Whether this person may drop one of their second steps: no role asks for one, or another one remains."""
    ander = Authenticator.objects.filter(user=persoon, type__in=STAPPEN).exclude(pk=behalve).exists()
    return ander or not (settings.TWEEDE_STAP_AFDWINGEN and moet_tweede_stap(persoon, vandaag))


def meld(actie: Actie, persoon: Persoon, *, moment: datetime.datetime, wat: str, door: Persoon | None = None) -> None:
    """Write in the log that something happened with a second step: `wat` kind, done by its owner unless `door`."""
    schrijf(
        actie=actie,
        resultaat=Resultaat.GELUKT,
        moment=moment,
        actor=door or persoon,
        over=onderwerp(persoon),
        details={"soort": wat},
    )


def neem_tweede_stap_weg(persoon: Persoon, *, door: Persoon, moment: datetime.datetime) -> None:
    """Take away whatever second step somebody has, who lost it; their sessions end.

    Raises ValidationError for who has none, and for oneself: that goes with a code.
    """
    if persoon == door:
        raise ValidationError("Uw eigen tweede stap wijzigt u op Mijn account.")
    with transaction.atomic():
        stappen = Authenticator.objects.select_for_update().filter(user=persoon)
        soorten = sorted({stap.type for stap in stappen})
        if not soorten:
            raise ValidationError("Deze persoon heeft geen tweede stap.")
        stappen.delete()
        beeindig_alle(persoon)
        meld(Actie.FACTOR_VERWIJDEREN, persoon, moment=moment, wat=", ".join(soorten), door=door)
        noteer(Berichtsoort.TWEEDE_STAP_WEG, persoon, moment=moment, door=door)


def meld_gebruik(stap: Authenticator, persoon: Persoon, *, moment: datetime.datetime) -> None:
    """Write down by what somebody came in; of a recovery code they are told too, and how many are left."""
    herstel = stap.type == Authenticator.Type.RECOVERY_CODES
    with transaction.atomic():
        meld(
            Actie.HERSTELCODE_GEBRUIKEN if herstel else Actie.FACTOR_GEBRUIKEN,
            persoon,
            moment=moment,
            wat=str(stap.type),
        )
        if herstel:
            stap.refresh_from_db()  # which codes are used was written to another copy of this row
            over = len(stap.wrap().get_unused_codes())
            noteer(Berichtsoort.HERSTELCODE_GEBRUIKT, persoon, moment=moment, door=persoon, aantal=over)


def kwam_met_tweede_stap(request: Any) -> bool:
    """Whether the second step was taken in this very session; asks the session only."""
    hier = any(stap.get("method") == "mfa" for stap in get_authentication_records(request, request.user))
    return hier or tweede_stap_elders(request.session, request.user)
