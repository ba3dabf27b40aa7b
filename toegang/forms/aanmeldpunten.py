"""Providers to sign in with, what their claims give, and a sample of claims to try."""

import datetime
import re
from functools import partial
from typing import Any

from django import forms

from maatregelen.forms.betrokken import met_ministeries_voorop, organisatieveld
from maatregelen.forms.grondslag import Invoer, Regelsveld, Stukformulier, veld_voor
from maatregelen.models import Organisatie, Rol
from toegang.aanmeldpunten import lees_voorbeeld
from toegang.models import Aanmeldpunt, Claimkoppeling

DOMEIN = re.compile(r"(?=.{4,120}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z")
LANGSTE_VOORBEELD = 20_000
VOORBEELD = """{
  "sub": "a1b2c3",
  "email": "naam@ministerie.nl",
  "email_verified": true,
  "organisatie": "",
  "rollen": [""]
}"""


def _hulp(model: type[Aanmeldpunt | Claimkoppeling], naam: str) -> str:
    return str(model._meta.get_field(naam).help_text)  # type: ignore[union-attr]


class Aanmeldpuntformulier(Stukformulier):
    """A provider. Its address name and issuer are there only when it is made."""

    alleen_nieuw = ("adresnaam", "uitgever")
    emaildomeinen = Regelsveld(
        label="Vertrouwde e-maildomeinen",
        lengte=120,
        required=False,
        help_text=f"{_hulp(Aanmeldpunt, 'emaildomeinen')} Eén per regel.",
    )
    tweedestapwaarden = Regelsveld(
        label="Waarden die als tweede stap gelden",
        lengte=120,
        required=False,
        help_text=f"{_hulp(Aanmeldpunt, 'tweedestapwaarden')} Eén per regel.",
    )

    class Meta:
        model = Aanmeldpunt
        fields = (
            "naam", "adresnaam", "uitgever", "client_id", "extra_scopes", "emaildomeinen", "organisatieclaim",
            "rolclaim", "sleutelclaim", "emailclaim", "functieclaim", "tweedestapwaarden", "wachtwoord_blijft",
            "actief",
        )  # fmt: skip
        formfield_callback = veld_voor

    def clean_emaildomeinen(self) -> list[str]:
        """Domains in small letters, each once."""
        domeinen = [regel.lower().removeprefix("@") for regel in self.cleaned_data["emaildomeinen"]]
        for domein in domeinen:
            if not DOMEIN.match(domein):
                raise forms.ValidationError(f"'{domein}' is geen e-maildomein, zoals minszw.nl.")
        return list(dict.fromkeys(domeinen))

    def clean_tweedestapwaarden(self) -> list[str]:
        """Each value once."""
        return list(dict.fromkeys(self.cleaned_data["tweedestapwaarden"]))

    def clean_extra_scopes(self) -> str:
        """Words of the characters that the specification knows."""
        ruw = " ".join(str(self.cleaned_data["extra_scopes"]).split())
        if not re.fullmatch(r"[\x21\x23-\x5b\x5d-\x7e ]*", ruw):
            raise forms.ValidationError("Een scope heeft geen bijzondere letters en geen aanhalingstekens.")
        return ruw


class Koppelingformulier(Invoer):
    """Which role a value of a claim gives."""

    organisatiewaarde = forms.CharField(
        label="Waarde van de organisatieclaim",
        max_length=200,
        required=False,
        strip=False,
        help_text=_hulp(Claimkoppeling, "organisatiewaarde"),
    )
    rolwaarde = forms.CharField(
        label="Waarde van de rolclaim",
        max_length=200,
        required=False,
        strip=False,
        help_text=_hulp(Claimkoppeling, "rolwaarde"),
    )
    organisatie = organisatieveld(label="Krijgt bij organisatie")
    rol = forms.ChoiceField(label="De rol", choices=Rol.choices)
    uitdrukkelijk = forms.BooleanField(
        label="Ja, ook beheerder of auditor", required=False, help_text=_hulp(Claimkoppeling, "uitdrukkelijk")
    )

    def __init__(self, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data)
        veld: Any = self.fields["organisatie"]
        veld.queryset = Organisatie.objects.geldig(vandaag).echt()
        veld.choices = partial(met_ministeries_voorop, veld)


class Proefformulier(Invoer):
    """A sample of claims."""

    claims = forms.CharField(
        label="Claims (JSON)",
        max_length=LANGSTE_VOORBEELD,
        initial=VOORBEELD,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "utrecht-textarea aanmeldproef"}),
        help_text="Bijvoorbeeld uit het beheerscherm van de aanbieder. Wat u plakt wordt niet bewaard.",
    )

    def clean_claims(self) -> dict[str, Any]:
        """The claims."""
        return lees_voorbeeld(self.cleaned_data["claims"])
