"""Addresses of signing in and out, and of the second step. What allauth has and nobody uses here is absent."""

from allauth.account.views import account_inactive
from django.urls import URLPattern, path

from toegang.views import inloggen, persoon, rollen, sessies, tweedestap, wachtwoord

_STAP = "mijn/tweede-stap"

urlpatterns: list[URLPattern] = [
    path("inloggen/", inloggen.Inloggen.as_view(), name="account_login"),
    path("inloggen/niet-actief/", account_inactive, name="account_inactive"),
    path("inloggen/tweede-stap/", inloggen.TweedeStap.as_view(), name="mfa_authenticate"),
    path("inloggen/passkey/", inloggen.PasskeyInloggen.as_view(), name="mfa_login_webauthn"),
    path("uitloggen/", inloggen.Uitloggen.as_view(), name="account_logout"),
    path("wachtwoord-vergeten/", wachtwoord.WachtwoordVergeten.as_view(), name="wachtwoord_vergeten"),
    path("wachtwoord-kiezen/", wachtwoord.WachtwoordKiezen.as_view(), name="wachtwoord_kiezen_formulier"),
    path("wachtwoord-kiezen/<str:geheim>/", wachtwoord.WachtwoordKiezen.as_view(), name="wachtwoord_kiezen"),
    path("mijn/wachtwoord/", wachtwoord.WachtwoordWijzigen.as_view(), name="wachtwoord_wijzigen"),
    path("mijn/sessies/", sessies.Sessies.as_view(), name="sessies"),
    path("mijn/rolverdeling/", rollen.Rolverdeling.as_view(), name="rolverdeling"),
    path("beheer/rollen/", rollen.Beleid.as_view(), name="rolbeleid"),
    path("personen/<int:pk>/toegang/", persoon.ToegangVan.as_view(), name="persoon_toegang"),
    path("bevestigen/", inloggen.Bevestigen.as_view(), name="account_reauthenticate"),
    path("bevestigen/code/", inloggen.CodeBevestigen.as_view(), name="mfa_reauthenticate"),
    path("bevestigen/passkey/", inloggen.PasskeyBevestigen.as_view(), name="mfa_reauthenticate_webauthn"),
    path(f"{_STAP}/", tweedestap.Overzicht.as_view(), name="mfa_index"),
    path(f"{_STAP}/app/", tweedestap.AppKoppelen.as_view(), name="mfa_activate_totp"),
    path(f"{_STAP}/app/qr.svg", tweedestap.qr, name="mfa_totp_qr"),
    path(f"{_STAP}/app/verwijderen/", tweedestap.AppVerwijderen.as_view(), name="mfa_deactivate_totp"),
    path(f"{_STAP}/passkeys/nieuw/", tweedestap.PasskeyToevoegen.as_view(), name="mfa_add_webauthn"),
    path(f"{_STAP}/passkeys/<int:pk>/naam/", tweedestap.PasskeyNaam.as_view(), name="mfa_edit_webauthn"),
    path(f"{_STAP}/passkeys/<int:pk>/verwijderen/", tweedestap.PasskeyWeg.as_view(), name="mfa_remove_webauthn"),
    path(f"{_STAP}/herstelcodes/", tweedestap.Herstelcodes.as_view(), name="mfa_view_recovery_codes"),
    path(f"{_STAP}/herstelcodes/nieuw/", tweedestap.HerstelcodesMaken.as_view(), name="mfa_generate_recovery_codes"),
]
