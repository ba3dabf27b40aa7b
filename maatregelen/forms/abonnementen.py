"""What a new address of a calendar and feed is about."""

from typing import Any

from django import forms

from maatregelen.forms.grondslag import Invoer
from maatregelen.models import Agenda, Inhoudsoort, Organisatie
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_agendas, zichtbare_organisaties

Keuze = tuple[Inhoudsoort, Organisatie | None, Agenda | None]


class Abonnementformulier(Invoer):
    """One choice: what is mine, all of an organisation that exists today, or all of an agenda."""

    wat = forms.ChoiceField(
        label="Waarvan?",
        help_text="U krijgt twee adressen: een voor uw kalender en een om wijzigingen te volgen (feed).",
        error_messages={"required": "Kies waarvan u een adres wilt.", "invalid_choice": "Kies iets uit de lijst."},
    )

    def __init__(self, wie: Bevoegdheid, data: Any = None, *, waarvan: str = "") -> None:
        """`waarvan` is the choice that stands ready, as `organisatie:<slug>` or `agenda:<slug>`."""
        super().__init__(data, initial={"wat": waarvan or Inhoudsoort.PERSOONLIJK.value})
        organisaties = list(zichtbare_organisaties(wie).echt().geldig(wie.vandaag))
        agendas = list(zichtbare_agendas(wie))
        self.keuzes: dict[str, Keuze] = {Inhoudsoort.PERSOONLIJK.value: (Inhoudsoort.PERSOONLIJK, None, None)}
        self.keuzes |= {f"organisatie:{rij.slug}": (Inhoudsoort.ORGANISATIE, rij, None) for rij in organisaties}
        self.keuzes |= {f"agenda:{rij.slug}": (Inhoudsoort.AGENDA, None, rij) for rij in agendas}
        veld: Any = self.fields["wat"]
        veld.choices = [
            (Inhoudsoort.PERSOONLIJK.value, "Van mij en wat ik volg"),
            ("Alles van een agenda", [(f"agenda:{rij.slug}", rij.titel) for rij in agendas]),
            ("Alles van een organisatie", [(f"organisatie:{rij.slug}", _naam(rij)) for rij in organisaties]),
        ]

    def keuze(self) -> Keuze:
        """What was chosen; only after validation."""
        return self.keuzes[self.cleaned_data["wat"]]


def _naam(organisatie: Organisatie) -> str:
    kort, lang = organisatie.afkorting, organisatie.naam
    return kort if kort == lang else f"{kort}, {lang}"
