"""The gate of allauth: who comes in, who is asked again, and in which words somebody is refused."""

import datetime
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from logboek.models import Actie, Resultaat
from logboek.schrijven import schrijf
from maatregelen.models import Persoon
from toegang.aanmeldpunten import adres_na_uitloggen, moet_langs
from toegang.accountberichten import noteer
from toegang.models import Berichtsoort
from toegang.sessieopslag import BEGONNEN
from toegang.slot import bron_van, naam_van, vrij_op

log = structlog.get_logger(__name__)

TE_VEEL = (
    "Te veel inlogpogingen. U kunt het vanaf %s opnieuw proberen. Weet u uw wachtwoord niet meer? Vraag dan een nieuw "
    "wachtwoord aan."
)
TE_DRUK = "Te veel inlogpogingen tegelijk. Wacht een paar tellen en probeer het opnieuw."


# What allauth has people told of by mail, by the names it has for that. The mails are ours: see accountberichten.
BERICHTEN = {
    "mfa/email/totp_activated": Berichtsoort.APP_ERBIJ,
    "mfa/email/totp_deactivated": Berichtsoort.APP_WEG,
    "mfa/email/webauthn_added": Berichtsoort.PASSKEY_ERBIJ,
    "mfa/email/webauthn_removed": Berichtsoort.PASSKEY_WEG,
    "mfa/email/recovery_codes_generated": Berichtsoort.HERSTELCODES,
}


def _om_de_beurt(naam: str, bron: str | None) -> None:
    """Tries for one name from one source come one by one, or many at once would all come before the count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 20182028))", [f"{naam} {bron}"])


class Poort(DefaultAccountAdapter):  # type: ignore[misc]
    """How signing in goes here. There is no signing up: people are added by a beheerder or coördinator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Het opgegeven e-mailadres en/of wachtwoord is niet correct.",  # nosec B105  a sentence
        "incorrect_password": "Dit is niet uw wachtwoord.",  # nosec B105  a sentence
        "incorrect_code": "Deze code klopt niet of is verlopen.",
        "too_many_login_attempts": "Te veel verkeerde codes. Wacht vijf minuten en probeer het opnieuw.",
        "rate_limited": "Te veel pogingen. Wacht vijf minuten en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an own account."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises ValidationError, saying until when, for a name that is locked from this source."""
        moment = timezone.now()
        if vrij := vrij_op(naam_van(request, credentials), bron_van(request), moment):
            raise geblokkeerd(vrij)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Persoon | None:
        """Who this is, or nobody. Raises ValidationError as pre_authenticate does, also at the try that locks."""
        naam, bron = naam_van(request, credentials), bron_van(request)
        try:
            with transaction.atomic():
                _om_de_beurt(naam, bron)
                persoon: Persoon | None = super().authenticate(request, **credentials)
        except OperationalError:
            raise ValidationError(TE_DRUK, code="too_many_login_attempts") from None
        if persoon is not None and persoon.is_programma:
            return None
        if persoon is None and (vrij := vrij_op(naam, bron, timezone.now())):
            raise geblokkeerd(vrij)
        return persoon

    def reauthenticate(self, user: Persoon, password: str) -> bool:
        """Whether this is the password of who is signed in; wrong tries count as those at the door."""
        return self.authenticate(self.request, email=user.email, password=password) == user

    def pre_login(self, request: HttpRequest, user: Persoon, **rest: Any) -> HttpResponse | None:
        """Whatever the way, a program never gets a session; who may only come through a provider goes there."""
        if user.is_programma:
            antwoord: HttpResponse = self.respond_user_inactive(request, user)
            return antwoord
        van_een_aanbieder = "sociallogin" in (rest.get("signal_kwargs") or {})
        if not van_een_aanbieder and (punt := moet_langs(user, timezone.localdate())):
            return HttpResponseRedirect(reverse("alleen_via", kwargs={"provider_id": punt.adresnaam}))
        return super().pre_login(request, user, **rest)  # type: ignore[no-any-return]

    def get_login_stages(self) -> list[str]:
        """As allauth has them; who took the second step at a provider is not asked again."""
        eigen = {"allauth.mfa.stages.AuthenticateStage": "toegang.tweedestap.Codevraag"}
        return [eigen.get(pad, pad) for pad in super().get_login_stages()]

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path of this product: what a browser has to add to the present address is not where one was going."""
        return bool(url) and str(url).startswith("/") and bool(super().is_safe_url(url))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the page for signing in, or to where one can sign out at the provider too."""
        return adres_na_uitloggen(request.session) or str(super().get_logout_redirect_url(request))

    def login(self, request: HttpRequest, user: Persoon) -> None:
        """The session gets a new key, and its hours begin now."""
        super().login(request, user)
        moment = timezone.now()
        request.session[BEGONNEN] = moment.timestamp()
        manieren = [str(stap.get("method")) for stap in get_authentication_records(request, user)]
        schrijf(
            actie=Actie.INLOGGEN,
            resultaat=Resultaat.GELUKT,
            moment=moment,
            actor=user,
            details={"manier": ", ".join(dict.fromkeys(manieren))},
        )

    def send_notification_mail(
        self, template_prefix: str, user: Persoon, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Have somebody told what happened to the account. Noted here and sent by the worker: allauth would do it
        while its reader waits, and fail with the mail server.
        """
        if template_prefix not in BERICHTEN:
            log.error("geen accountbericht voor", wat=template_prefix)
            return
        noteer(BERICHTEN[template_prefix], user, moment=timezone.now(), door=user)

    def logout(self, request: HttpRequest) -> None:
        """Out, and written down who went."""
        schrijf(actie=Actie.UITLOGGEN, resultaat=Resultaat.GELUKT, moment=timezone.now(), actor=request.user)
        super().logout(request)


def geblokkeerd(vrij: datetime.datetime) -> ValidationError:
    """The refusal of who is locked out: until when, to the minute, rounded up."""
    plaatselijk = timezone.localtime(vrij)
    if plaatselijk.second or plaatselijk.microsecond:
        plaatselijk = plaatselijk.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)
    return ValidationError(TE_VEEL % f"{plaatselijk:%H:%M} uur", code="too_many_login_attempts")
