"""Agendas, sections, measures and the text of a document.

What the database refuses is said here first, at the field and in words.
"""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from maatregelen.bronteksten import HOOGSTENS
from maatregelen.forms.betrokken import Organisatieveld, met_ministeries_voorop
from maatregelen.forms.grondslag import EERDER, Invoer, Regelsveld, Stukformulier, veld_voor
from maatregelen.forms.publicatie import NIVEAUS
from maatregelen.models import Agenda, Maatregel, Organisatie, Pijler, Pijlerrol, Zichtniveau

# Words in an address that lead to a page of their own.
GERESERVEERD = frozenset({"nieuw"})
LENGTE_ADRESNAAM_AGENDA = 24  # so that every code made from it fits: agenda, section and number are 40 at most
ADRESNAAM = RegexValidator(r"^[0-9a-z]+(-[0-9a-z]+)*$", "Gebruik alleen kleine letters, cijfers en streepjes.")
NUMMER = RegexValidator(
    r"^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*$", "Gebruik cijfers, letters, punten of streepjes, zoals 3 of 3.1."
)


class Agendaformulier(Stukformulier):
    alleen_nieuw = ("slug", "zichtbaarheid")

    class Meta:
        model = Agenda
        fields = (
            "titel", "slug", "soort", "staat", "staat_tekst", "is_lopend", "documentdatum", "schatting_van",
            "schatting_tot", "datum_basis", "geldt_vanaf", "kenmerk", "toelichting", "houder", "zichtbaarheid",
        )  # fmt: skip
        formfield_callback = veld_voor
        field_classes: ClassVar[dict[str, Any]] = {"houder": Organisatieveld}

    def __init__(self, *args: Any, houders: Iterable[Organisatie] | None, **kwargs: Any) -> None:
        """`houders` are the organisations that may keep it; None: the secretariaat chooses freely or nobody."""
        super().__init__(*args, **kwargs)
        self.fields["geldt_vanaf"].required = False
        self.fields["geldt_vanaf"].help_text += " Leeg: de documentdatum, of anders de laatste geschatte dag."
        if "slug" in self.fields:
            slug: Any = self.fields["slug"]
            slug.max_length = LENGTE_ADRESNAAM_AGENDA
            slug.validators = [ADRESNAAM, forms.CharField(max_length=LENGTE_ADRESNAAM_AGENDA).validators[0]]
            slug.widget.attrs["maxlength"] = LENGTE_ADRESNAAM_AGENDA
            slug.help_text = (
                "Kort en blijvend: webadres en codes van maatregelen beginnen ermee, zoals 2024 in 2024-2-03. "
                f"Hoogstens {LENGTE_ADRESNAAM_AGENDA} kleine letters, cijfers en streepjes."
            )
        if "zichtbaarheid" in self.fields:
            zicht: Any = self.fields["zichtbaarheid"]
            zicht.required = False
            zicht.choices = [(niveau.value, woorden) for niveau, woorden in NIVEAUS.items()]
            zicht.help_text = (
                "Wie de agenda en alles wat erin komt mag zien. Openbaar wordt zij pas als zij ook is vastgesteld."
            )
        self._zet_houder(houders)

    def _zet_houder(self, houders: Iterable[Organisatie] | None) -> None:
        veld: Any = self.fields["houder"]
        if houders is not None:
            eigen = [organisatie.pk for organisatie in houders]
            if self.instance.pk or len(eigen) == 1:
                del self.fields["houder"]
                return
            veld.queryset = Organisatie.objects.filter(pk__in=eigen)
            veld.required = True
            veld.empty_label = "Kies uw organisatie"
            return
        veld.queryset = Organisatie.objects.echt()
        veld.choices = partial(met_ministeries_voorop, veld)

    def clean_zichtbaarheid(self) -> int:
        """Who does not choose keeps it within the own organisation."""
        niveau = self.cleaned_data["zichtbaarheid"]
        return int(niveau) if niveau not in ("", None) else int(Zichtniveau.EIGEN)

    def clean_slug(self) -> str:
        """An address that is free and leads nowhere else."""
        slug = str(self.cleaned_data["slug"])
        if slug in GERESERVEERD:
            raise forms.ValidationError("Deze adresnaam is van een andere pagina. Kies een andere.")
        if Agenda.objects.filter(slug=slug).exists():
            raise forms.ValidationError("Er is al een agenda met deze adresnaam.")
        return slug

    def clean(self) -> dict[str, Any]:
        """A date or an estimate with its basis; an estimate that does not run backwards."""
        gegevens = super().clean() or self.cleaned_data
        datum, van, tot = (gegevens.get(naam) for naam in ("documentdatum", "schatting_van", "schatting_tot"))
        fout = {naam for naam in ("documentdatum", "schatting_van", "schatting_tot") if naam in self.errors}
        if not fout:
            if datum is None and van is None and tot is None:
                self.fout("documentdatum", "Vul de datum van het stuk in, of schat die hieronder.")
            if tot is not None and van is None:
                self.fout("schatting_van", "Vul ook de vroegste dag van de schatting in.")
            if van is not None and tot is not None and tot < van:
                self.fout("schatting_tot", "De laatste dag kan niet voor de vroegste liggen.")
            if van is not None and not gegevens.get("datum_basis", "").strip():
                self.fout("datum_basis", "Schrijf waarop de schatting berust; dat wordt altijd getoond.")
        if gegevens.get("geldt_vanaf") is None and "geldt_vanaf" not in self.errors:
            gegevens["geldt_vanaf"] = datum or tot or van
            if gegevens["geldt_vanaf"] is None and not self.errors:
                self.fout("geldt_vanaf", "Kies de dag vanaf wanneer de maatregelen gelden.")
        return gegevens


class Pijlerformulier(Stukformulier):
    alleen_nieuw = ("nummer",)
    verantwoordelijken = forms.ModelMultipleChoiceField(
        queryset=Organisatie.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Verantwoordelijke ministeries",
        help_text="De maatregelen in deze pijler erven ze, vanaf vandaag.",
        error_messages={"invalid_choice": "Deze organisatie kan hier niet gekozen worden."},
    )

    class Meta:
        model = Pijler
        fields = ("titel", "nummer", "bovenliggend", "kop_letterlijk", "toelichting", "regel_van", "regel_tot")
        formfield_callback = veld_voor

    def __init__(self, *args: Any, agenda: Agenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agenda = agenda
        if "nummer" in self.fields:
            nummer = self.fields["nummer"]
            nummer.required = False
            nummer.validators.append(NUMMER)
            nummer.help_text = (
                "Nummer in het stuk. Leeg: het volgende nummer. Het staat in de codes en blijft daarom gelijk."
            )
        boven: Any = self.fields["bovenliggend"]
        boven.queryset = agenda.pijlers.exclude(pk=self.instance.pk or 0)
        boven.empty_label = "geen, dit is een hoofdpijler"
        ministeries = Organisatie.objects.filter(soort="ministerie").geldig(timezone.localdate())
        if self.instance.pk:
            gekozen = [
                rij.organisatie_id
                for rij in self.instance.betrokkenheden.all()
                if rij.rol == Pijlerrol.VERANTWOORDELIJK
            ]
            self.initial["verantwoordelijken"] = gekozen
            ministeries = ministeries | Organisatie.objects.filter(pk__in=gekozen)
        veld: Any = self.fields["verantwoordelijken"]
        veld.queryset = ministeries
        veld.label_from_instance = Organisatieveld.label_from_instance.__get__(veld)

    def clean_nummer(self) -> str:
        """A number that this agenda does not have yet; empty for the next."""
        nummer = str(self.cleaned_data["nummer"])
        if nummer and self.agenda.pijlers.filter(nummer__iexact=nummer).exists():
            raise forms.ValidationError(f"Nummer {nummer} bestaat al in deze agenda.")
        return nummer

    def clean(self) -> dict[str, Any]:
        """Source lines that fit together."""
        gegevens = super().clean() or self.cleaned_data
        self.controleer_regels()
        return gegevens


class Maatregelformulier(Stukformulier):
    alleen_nieuw = ("geldt_vanaf",)
    verwijzingen = Regelsveld(
        lengte=250,
        required=False,
        label="Verwijzingen",
        help_text="Kamerstukken, moties en wetten: één per regel, zoals Kamerstuk 19 637, nr. 2375.",
    )

    class Meta:
        model = Maatregel
        fields = (
            "titel", "soort", "aard", "geaccordeerd", "bovenliggend", "geldt_vanaf", "voorwaarde", "verwijzingen",
            "toelichting", "regel_van", "regel_tot",
        )  # fmt: skip
        formfield_callback = veld_voor

    def __init__(self, *args: Any, pijler: Pijler, ziet_intern: bool = True, **kwargs: Any) -> None:
        """Who may not see what is kept within the Rijk has no field for it: it stays as it is."""
        super().__init__(*args, **kwargs)
        for naam in () if ziet_intern else self.instance.interne_velden:
            self.fields.pop(naam, None)
        boven: Any = self.fields["bovenliggend"]
        boven.queryset = (
            Maatregel.objects.filter(pijler__agenda=pijler.agenda_id)
            .select_related("pijler")
            .exclude(pk=self.instance.pk or 0)
            .order_by("code")
        )
        boven.empty_label = "geen, dit is een hoofdmaatregel"
        boven.error_messages["invalid_choice"] = "Kies een maatregel van dezelfde agenda."
        boven.widget.attrs["class"] = "keuzelijst-breed"
        if "geldt_vanaf" in self.fields:
            self.fields["geldt_vanaf"].required = False
            self.fields["geldt_vanaf"].help_text = (
                "Dag waarop de maatregel is afgesproken of aangekondigd. Leeg: de dag van de agenda. "
                "Dit wordt de eerste dag van de geschiedenis en blijft daarom gelijk."
            )

    def clean(self) -> dict[str, Any]:
        """Source lines that fit together, and no measure that holds from a day to come."""
        gegevens = super().clean() or self.cleaned_data
        self.controleer_regels()
        vanaf = gegevens.get("geldt_vanaf")
        if vanaf is not None and vanaf > timezone.localdate():
            self.fout("geldt_vanaf", EERDER)
        return gegevens


class Brontekstformulier(Invoer):
    """The text of a document as a plain text file."""

    bestand = forms.FileField(
        label="Tekstbestand",
        help_text="Platte tekst in UTF-8 (.txt), hoogstens 2 MB. Regelnummers tellen vanaf 1.",
        max_length=200,
        allow_empty_file=True,
        error_messages={
            "required": "Kies een bestand.",
            "missing": "Kies een bestand.",
            "invalid": "Het bestand is niet goed aangekomen. Kies het opnieuw.",
            "max_length": "De naam van het bestand is te lang.",
        },
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def clean_bestand(self) -> Any:
        """Not larger than can be kept; what it says is judged where it is kept."""
        bestand = self.cleaned_data["bestand"]
        if bestand.size > HOOGSTENS:
            raise forms.ValidationError("Het bestand is groter dan 2 MB.")
        if re.search(r"[\x00-\x1f]", bestand.name):
            raise forms.ValidationError("De naam van het bestand bevat tekens die niet kunnen.")
        return bestand
