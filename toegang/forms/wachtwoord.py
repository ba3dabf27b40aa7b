"""Asking for a password, and choosing one."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError

from maatregelen.forms.grondslag import Invoer, spreek_gewoon

EISEN = "Minstens 12 tekens. Een zin is makkelijker te onthouden dan losse tekens, en moeilijker te raden."


class Herstelformulier(Invoer):
    """The address to which the link goes."""

    adres = forms.EmailField(
        label="E-mailadres",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Dit is geen e-mailadres, zoals naam@ministerie.nl."},
    )


class Nieuwwachtwoordformulier(SetPasswordForm):  # type: ignore[type-arg]  # not generic at run time
    """A password of one's own, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        spreek_gewoon(self.fields.values())
        self.fields["new_password1"].label = "Nieuw wachtwoord"
        self.fields["new_password1"].help_text = EISEN
        self.fields["new_password2"].label = "Nieuw wachtwoord, nog eens"
        self.fields["new_password2"].help_text = ""


class Wachtwoordformulier(PasswordChangeForm):
    """One's own password: the present one, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        spreek_gewoon(self.fields.values())
        self.fields["old_password"].label = "Uw wachtwoord van nu"
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].label = "Nieuw wachtwoord"
        self.fields["new_password1"].help_text = EISEN
        self.fields["new_password2"].label = "Nieuw wachtwoord, nog eens"
        self.fields["new_password2"].help_text = ""

    def clean_new_password1(self) -> str:
        """Another one than the present one: that came from somebody else, or leaked."""
        nieuw: str = self.cleaned_data["new_password1"]
        if nieuw and self.user.check_password(nieuw):
            raise ValidationError("Dit is uw wachtwoord van nu. Kies een ander.")
        return nieuw
