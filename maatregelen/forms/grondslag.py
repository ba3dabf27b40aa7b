"""What every form shares: days that can be, one-line and longer texts, and the version the person looked at."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

EERSTE_DAG = datetime.date(1900, 1, 1)
LAATSTE_DAG = datetime.date(2100, 12, 31)
ONVOLLEDIG = "Het formulier is onvolledig aangekomen. Laad de pagina opnieuw en probeer het nog eens."
EERDER = "Kies vandaag of een eerdere dag."


class Datumveld(forms.DateField):
    """A day between 1900 and 2100, as the browser's own date field; without one, dd-mm-jjjj in words."""

    def __init__(self, **opties: Any) -> None:
        opties.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**opties)
        self.error_messages["invalid"] = "Deze dag bestaat niet. Schrijf dag, maand en jaar, zoals 31-12-2026."
        buiten = f"Kies een dag van {EERSTE_DAG.year} tot en met {LAATSTE_DAG.year}."
        self.validators += [MinValueValidator(EERSTE_DAG, buiten), MaxValueValidator(LAATSTE_DAG, buiten)]


class Versieveld(forms.IntegerField):
    """The version of the record that the person looked at, carried along unseen."""

    def __init__(self, **opties: Any) -> None:
        super().__init__(
            widget=forms.HiddenInput, error_messages={"required": ONVOLLEDIG, "invalid": ONVOLLEDIG}, **opties
        )


class Regelsveld(forms.CharField):
    """Several short texts, one per line."""

    def __init__(self, *, lengte: int, **opties: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **opties)
        self.lengte = lengte

    def prepare_value(self, value: Any) -> Any:
        """A list as lines; what was typed stays as typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The lines that are not empty. Raises ValidationError for one that is too long."""
        regels = [regel.strip() for regel in str(super().clean(value)).splitlines() if regel.strip()]
        for regel in regels:
            if len(regel) > self.lengte:
                raise forms.ValidationError(f"Houd elke regel onder {self.lengte} tekens: '{regel[:40]}…' is te lang.")
        return regels


def veld_voor(modelveld: "models.Field[Any, Any]", **opties: Any) -> forms.Field | None:
    """The form field of a model field: our own date field, and texts of three lines."""
    if isinstance(modelveld, models.DateField) and not isinstance(modelveld, models.DateTimeField):
        opties["form_class"] = Datumveld
        opties.pop("widget", None)
    veld = modelveld.formfield(**opties)
    if isinstance(modelveld, models.TextField) and veld is not None:
        veld.widget.attrs["rows"] = 3
    if isinstance(veld, forms.ChoiceField) and not isinstance(veld, forms.ModelChoiceField):
        keuzes: Any = veld.choices
        veld.choices = [(waarde, label if waarde else "Kies") for waarde, label in keuzes]
    return veld


def spreek_gewoon(velden: Iterable[forms.Field]) -> None:
    """Where a form has no words of its own for an empty field, say what to do instead of what a field is."""
    for veld in velden:
        if veld.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            veld.error_messages["required"] = "Kies iets." if isinstance(veld, forms.ChoiceField) else "Vul dit in."


class Invoer(forms.Form):
    """A form of a few fields; `auto_id` keeps apart two forms on one page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        spreek_gewoon(self.fields.values())


class Stukformulier(forms.ModelForm):  # type: ignore[type-arg]
    """A form for a record of the dossier. It carries the version; who saves hands `velden()` to a matter module."""

    versie = Versieveld(required=False)
    alleen_nieuw: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        spreek_gewoon(self.fields.values())
        if self.instance.pk:
            self.fields["versie"].required = True
            self.initial["versie"] = self.instance.versie
            for naam in self.alleen_nieuw:
                del self.fields[naam]

    def velden(self) -> dict[str, Any]:
        """The model fields as filled in."""
        namen: Iterable[str] = self._meta.fields or ()
        return {naam: self.cleaned_data[naam] for naam in namen if naam in self.cleaned_data}

    def fout(self, veld: str, zin: str) -> None:
        """Say what is wrong with a field, unless something is already said of it."""
        if veld not in self.errors:
            self.add_error(veld, zin)

    def controleer_regels(self) -> None:
        """Source lines come in pairs, count from 1 and do not run backwards."""
        van, tot = self.cleaned_data.get("regel_van"), self.cleaned_data.get("regel_tot")
        if "regel_van" in self.errors or "regel_tot" in self.errors:
            return
        if (van is None) != (tot is None):
            self.fout("regel_tot" if tot is None else "regel_van", "Vul beide regelnummers in, of geen van beide.")
        elif van is not None and tot is not None:
            if van < 1:
                self.fout("regel_van", "De eerste regel is regel 1.")
            elif tot < van:
                self.fout("regel_tot", "De laatste regel kan niet voor de eerste liggen.")
