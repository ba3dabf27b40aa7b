"""The forms at the door, without words inside the fields: those vanish while people type."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django import forms

from maatregelen.forms.grondslag import spreek_gewoon


def maak_gewoon(velden: dict[str, forms.Field]) -> None:
    """Labels and messages as everywhere else in the product."""
    for veld in velden.values():
        veld.widget.attrs.pop("placeholder", None)
    spreek_gewoon(velden.values())


class Inlogformulier(LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        maak_gewoon(self.fields)
        self.fields["password"].help_text = ""


class Bevestigformulier(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that protects the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        maak_gewoon(self.fields)
        self.fields["password"].label = "Uw wachtwoord"
        self.fields["password"].help_text = ""
