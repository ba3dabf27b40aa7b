"""The forms of the second step: codes, an app, passkeys."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn.forms import EditWebAuthnForm, _BaseAddWebAuthnForm
from django import forms

from toegang.forms.inloggen import maak_gewoon
from toegang.tweedestap import ontsleutel, versleutel

LANGSTE_NAAM = 60


def _codeveld(formulier: forms.Form, label: str, uitleg: str) -> None:
    maak_gewoon(formulier.fields)
    veld = formulier.fields["code"]
    veld.label, veld.help_text = label, uitleg
    veld.widget.attrs.update(autocomplete="one-time-code", inputmode="numeric", spellcheck="false", maxlength="20")


class Codeformulier(AuthenticateForm):  # type: ignore[misc]
    """The code of an app, or a recovery code, when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        _codeveld(self, "Code", "De zes cijfers uit uw app. Uw telefoon kwijt? Gebruik een van uw herstelcodes.")


class Bevestigcodeformulier(ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something that protects the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        _codeveld(self, "Code", "De zes cijfers uit uw app, of een herstelcode.")


def te_koppelen_geheim(*, nieuw: bool) -> str:
    """The secret that an app is being tied to, kept in the session and unreadable there; a new one when asked for."""
    sessie = context.request.session
    if not nieuw and SECRET_SESSION_KEY in sessie:
        return ontsleutel(sessie[SECRET_SESSION_KEY])
    geheim: str = generate_totp_secret()
    sessie[SECRET_SESSION_KEY] = versleutel(geheim)
    return geheim


class Appformulier(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app, as proof that it has the secret."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        # Not the one it comes from: that keeps the secret in the session as it is.
        forms.Form.__init__(self, *args, **{"label_suffix": "", **kwargs})
        self.user = user
        self.secret = te_koppelen_geheim(nieuw=not self.is_bound)
        _codeveld(self, "Code uit de app", "De zes cijfers die de app nu toont.")


class Appverwijderformulier(DeactivateTOTPForm):  # type: ignore[misc]
    """Whether the app may go."""


class Passkeyformulier(_BaseAddWebAuthnForm):  # type: ignore[misc]
    """A name for a new passkey, and what the browser made of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        maak_gewoon(self.fields)
        self.fields["name"] = forms.CharField(
            label="Naam",
            max_length=LANGSTE_NAAM,
            required=False,
            help_text="Waaraan u hem herkent, zoals: telefoon, of sleutel aan mijn sleutelbos.",
        )


class Passkeynaamformulier(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["name"] = forms.CharField(label="Naam", max_length=LANGSTE_NAAM)
        maak_gewoon(self.fields)
