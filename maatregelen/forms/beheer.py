"""Organisations, people and their roles; one's own password."""

import datetime
from functools import partial
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from maatregelen.forms.berichten import Persoonveld
from maatregelen.forms.betrokken import Organisatieveld, met_ministeries_voorop, organisatieveld
from maatregelen.forms.grondslag import ONVOLLEDIG, Datumveld, Invoer, Stukformulier, spreek_gewoon, veld_voor
from maatregelen.forms.inhoud import ADRESNAAM, GERESERVEERD
from maatregelen.models import Lidmaatschap, Organisatie, Persoon, Rol
from maatregelen.zichtbaarheid import kijkers


class Organisatieformulier(Stukformulier):
    alleen_nieuw = ("slug",)

    class Meta:
        model = Organisatie
        fields = (
            "naam", "afkorting", "slug", "soort", "is_rijk", "tooi_id", "geldig_van", "geldig_tot", "opvolger",
            "toelichting",
        )  # fmt: skip
        formfield_callback = veld_voor
        field_classes = {"opvolger": Organisatieveld}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].validators = [ADRESNAAM, MaxLengthValidator(80)]
        opvolger: Any = self.fields["opvolger"]
        opvolger.queryset = Organisatie.objects.echt().exclude(pk=self.instance.pk or 0)
        opvolger.choices = partial(met_ministeries_voorop, opvolger)

    def clean_slug(self) -> str:
        """An address that is free and leads nowhere else."""
        slug = str(self.cleaned_data["slug"])
        if slug in GERESERVEERD:
            raise forms.ValidationError("Deze adresnaam is van een andere pagina. Kies een andere.")
        if Organisatie.objects.filter(slug=slug).exists():
            raise forms.ValidationError("Er is al een organisatie met deze adresnaam.")
        return slug

    def clean(self) -> dict[str, Any]:
        """An end after the beginning, and a successor only of what has an end."""
        gegevens = super().clean() or self.cleaned_data
        if "geldig_van" in self.errors or "geldig_tot" in self.errors:
            return gegevens
        van, tot = gegevens.get("geldig_van"), gegevens.get("geldig_tot")
        if van and tot and tot <= van:
            self.fout("geldig_tot", "De organisatie kan pas na haar eerste dag zijn opgeheven.")
        if gegevens.get("opvolger") and not tot:
            self.fout("geldig_tot", "Vul de dag van opheffing in, of kies geen opvolger.")
        return gegevens


class Persoonformulier(forms.ModelForm):  # type: ignore[type-arg]
    """A person. What the beheerder saw travels along, because a person carries no version."""

    gezien_email = forms.CharField(required=False, widget=forms.HiddenInput)
    gezien_functie = forms.CharField(required=False, widget=forms.HiddenInput)
    gezien_actief = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Persoon
        fields = ("functie", "email", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        spreek_gewoon(self.fields.values())
        if self.instance.pk:
            for naam, waarde in self._gezien_nu().items():
                self.initial[naam] = waarde
                self.fields[naam].required = True
                self.fields[naam].error_messages["required"] = ONVOLLEDIG

    def _gezien_nu(self) -> dict[str, str]:
        persoon = self.instance
        return {
            "gezien_email": persoon.email,
            "gezien_functie": persoon.functie,
            "gezien_actief": "ja" if persoon.is_active else "nee",
        }

    def gezien(self) -> dict[str, Any]:
        """What the beheerder had before them, per field."""
        return {
            "email": self.cleaned_data["gezien_email"],
            "functie": self.cleaned_data["gezien_functie"],
            "is_active": self.cleaned_data["gezien_actief"] == "ja",
        }

    def clean_email(self) -> str:
        """In small letters, and of nobody else."""
        adres = str(self.cleaned_data["email"]).strip().lower()
        if Persoon.objects.filter(email=adres).exclude(pk=self.instance.pk or 0).exists():
            raise forms.ValidationError("Er is al iemand met dit e-mailadres.")
        return adres

    def velden(self) -> dict[str, Any]:
        """The model fields as filled in."""
        return {naam: self.cleaned_data[naam] for naam in self._meta.fields or ()}


class Rolformulier(Invoer):
    """A role at an organisation, from a day on."""

    organisatie = organisatieveld(label="Organisatie")
    rol = forms.ChoiceField(
        label="Rol",
        choices=Rol.choices,
        help_text="Lezer: kijkt en volgt. Dossierhouder: houdt de maatregelen van de eigen organisatie bij. "
        "LRT-secretariaat: houdt agenda's bij en wijst trekkers toe. Beheerder: organisaties en mensen.",
    )
    vanaf = Datumveld(label="Vanaf", help_text="Mag later zijn.", error_messages={"required": "Kies een dag."})
    leidinggevende = Persoonveld(
        label="Leidinggevende",
        required=False,
        empty_label="Niemand",
        help_text="Alleen bij een dossierhouder: wie het hoort als een termijn lang voorbij blijft.",
    )

    def __init__(self, mens: Persoon, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, auto_id="rol-%s", initial={"vanaf": vandaag})
        leiding: Any = self.fields["leidinggevende"]
        leiding.queryset = kijkers(vandaag).exclude(pk=mens.pk)
        veld: Any = self.fields["organisatie"]
        veld.queryset = (
            Organisatie.objects.filter(geldig_tot=None).echt()
            | Organisatie.objects.filter(geldig_tot__gt=vandaag).echt()
        )
        veld.choices = partial(met_ministeries_voorop, veld)


class Leidinggevendeformulier(Invoer):
    """Who hears it when what this person keeps up stays past; what the beheerder saw travels along."""

    leidinggevende = Persoonveld(label="Leidinggevende", required=False, empty_label="Niemand")
    gezien = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, lid: Lidmaatschap, mogelijk: list[Persoon], data: Any = None) -> None:
        nu = lid.leidinggevende
        super().__init__(
            data, auto_id=f"leiding-{lid.pk}-%s", initial={"leidinggevende": nu and nu.pk, "gezien": nu and nu.pk}
        )
        self.lid = lid
        # Whoever stands there stays to be seen, also when that person has left.
        mensen = [*mogelijk, *([nu] if nu is not None and nu not in mogelijk else [])]
        veld: Any = self.fields["leidinggevende"]
        veld.queryset = Persoon.objects.filter(pk__in=[persoon.pk for persoon in mensen]).exclude(pk=lid.persoon_id)
        # Read once for all forms of the page.
        andere = [persoon for persoon in mensen if persoon.pk != lid.persoon_id]
        veld.choices = [("", "Niemand"), *((persoon.pk, veld.label_from_instance(persoon)) for persoon in andere)]


class Roleindeformulier(Invoer):
    """Per which day a role ends."""

    tot = Datumveld(
        label="Per", help_text="Eerste dag waarop de rol niet meer geldt.", error_messages={"required": "Kies een dag."}
    )

    def __init__(self, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, initial={"tot": vandaag})
