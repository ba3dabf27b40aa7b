"""An organisation ends: when and who succeeds; and for each part of the work who takes it over."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django import forms

from maatregelen.blikveld import Blik
from maatregelen.forms.betrokken import met_ministeries_voorop, organisatieveld
from maatregelen.forms.grondslag import ONVOLLEDIG, Datumveld, Invoer
from maatregelen.models import Agenda, Betrokkenheid, BetrokkenheidRol, Lidmaatschap, Maatregel, Organisatie, Pijler
from maatregelen.opheffing import Verdeling
from regietafel.tafelopheffing import LENGTE_AMBT, Tafelverdeling, Zetelkeuze
from toegang.opheffing import Overzicht

ANDEREN = ("ander_1", "ander_2", "ander_3")
# Above this many each measure goes with its section; one by one is done on its own page afterwards.
HOOGSTENS_LOS = 300
LENGTE_TOELICHTING = 100
BLIJFT, NIEMAND = "blijft", ""


class Opheffingformulier(Invoer):
    """From which day, who takes over, and who else takes a part."""

    dag = Datumveld(
        label="Opgeheven per",
        help_text="Eerste dag waarop de organisatie niet meer bestaat. Mag later zijn.",
        error_messages={"required": "Kies een dag."},
    )
    opvolger = organisatieveld(label="Opvolger", help_text="Krijgt alles wat u hieronder niet aan een ander geeft.")
    ander_1 = organisatieveld(label="Nog een overnemer", required=False, help_text="Als het werk wordt verdeeld.")
    ander_2 = organisatieveld(label="En nog een", required=False)
    ander_3 = organisatieveld(label="En nog een", required=False)

    def __init__(self, organisatie: Organisatie, vandaag: datetime.date, data: Any = None) -> None:
        begin = {"dag": organisatie.geldig_tot or vandaag, "opvolger": organisatie.opvolger_id}
        super().__init__(data, auto_id="einde-%s", initial=begin)
        if organisatie.geldig_tot is not None:
            self.fields["dag"].help_text = "Deze dag ligt vast."
        for naam in ("opvolger", *ANDEREN):
            veld: Any = self.fields[naam]
            veld.queryset = Organisatie.objects.mogelijke_trekkers(vandaag).exclude(pk=organisatie.pk)
            veld.choices = partial(met_ministeries_voorop, veld)

    def overnemers(self) -> list[Organisatie]:
        """Who takes over, the successor first, each once."""
        gekozen = [self.cleaned_data["opvolger"], *(self.cleaned_data[naam] for naam in ANDEREN)]
        return list({een.pk: een for een in gekozen if een is not None}.values())


@dataclass
class Maatregelregel:
    """A measure that moves: what the organisation does in it, and the field that says to whom (None: no choice)."""

    maatregel: Maatregel
    rollen: list[str]
    veld: forms.BoundField | None


@dataclass
class Pijlergroep:
    """A section with the measures in it that move."""

    pijler: Pijler
    agenda: Agenda
    veld: forms.BoundField | None
    regels: list[Maatregelregel] = field(default_factory=list)


class Verdeelformulier(Invoer):
    """Who takes over each part. What the beheerder may not see has no field: it goes to the successor."""

    toelichting = forms.CharField(
        label="Waarop berust dit?",
        required=False,
        max_length=LENGTE_TOELICHTING,
        help_text="Bijvoorbeeld: koninklijk besluit van 12 januari 2027. Komt bij elke overdracht te staan.",
    )
    volgers_mee = forms.BooleanField(
        label="Wie deze organisatie volgt, volgt voortaan de opvolger",
        required=False,
        initial=True,
        help_text="Gevolgde selecties en geheime adressen voor kalender en feed. Anders blijven zij bij de oude naam, "
        "en valt er niets nieuws meer onder.",
    )
    kenmerk = forms.CharField(widget=forms.HiddenInput, error_messages={"required": ONVOLLEDIG})
    versie = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": ONVOLLEDIG, "invalid": ONVOLLEDIG}
    )

    def __init__(self, overzicht: Overzicht, overnemers: list[Organisatie], blik: Blik, data: Any = None) -> None:
        begin = {"kenmerk": overzicht.kenmerk, "versie": overzicht.organisatie.versie}
        super().__init__(data, auto_id="deel-%s", initial=begin)
        self.overzicht, self.overnemers, self.blik = overzicht, {str(een.pk): een for een in overnemers}, blik
        self.opvolger = overnemers[0]
        self.is_verdeeld = len(overnemers) > 1
        werk, tafel = overzicht.werk, overzicht.tafel
        self.zichtbaar = [rij.pk for rij in werk.maatregelen if blik.ziet(rij)]
        self.per_stuk = self.is_verdeeld and len(self.zichtbaar) <= HOOGSTENS_LOS
        naar = [(pk, een.afkorting) for pk, een in self.overnemers.items()]
        if self.is_verdeeld and not overzicht.is_straks:
            for agenda in werk.agendas:
                if blik.ziet(agenda):
                    self._keuze(f"agenda-{agenda.pk}", f"Wie houdt {agenda.titel} bij", naar, naar[0][0])
            for pijler in self._pijlers():
                self._keuze(f"pijler-{pijler.pk}", f"Wie krijgt pijler {pijler}", naar, naar[0][0])
            if self.per_stuk:
                met_pijler = [(NIEMAND, "met de pijler mee"), *naar, (BLIJFT, "blijft onder de oude naam")]
                for rij in werk.maatregelen:
                    if blik.ziet(rij):
                        self._keuze(f"maatregel-{rij.pk}", f"Wie krijgt {rij.code}", met_pijler, NIEMAND)
            for actie in tafel.acties:
                self._keuze(f"actie-{actie.pk}", f"Wie doet {actie.code}", naar, naar[0][0])
        for zetel in tafel.zetels:
            al = tafel.zitten_al.get(zetel.reeks_id, set())
            keuzes = [(NIEMAND, "zetel eindigt"), *((pk, f"gaat naar {naam}") for pk, naam in naar)]
            begin_zetel = NIEMAND if self.opvolger.pk in al else naar[0][0]
            self._keuze(f"zetel-{zetel.pk}", f"Zetel van {zetel.naam or zetel.ambt}", keuzes, begin_zetel)
            self.fields[f"ambt-{zetel.pk}"] = forms.CharField(
                label=f"Nieuw ambt van {zetel.naam or zetel.ambt}",
                max_length=LENGTE_AMBT,
                required=False,
                initial=zetel.ambt,
            )
        mensen = [(NIEMAND, "gaat niet mee"), *((pk, f"gaat naar {naam}") for pk, naam in naar)]
        for lid in werk.leden:
            if lid.pk not in overzicht.uit_claims and lid.persoon.is_active:
                # A key that nobody asks for any more should not be handed on by itself.
                self._keuze(
                    f"lid-{lid.pk}",
                    f"{lid.persoon.functie}, {lid.get_rol_display()}",
                    mensen,
                    NIEMAND if lid.persoon.is_programma else naar[0][0],
                )
        if overzicht.is_straks or not (werk.volgfilters or werk.abonnementen):
            del self.fields["volgers_mee"]

    def _keuze(self, naam: str, label: str, keuzes: list[tuple[str, str]], begin: str) -> None:
        self.fields[naam] = forms.ChoiceField(
            label=label,
            choices=keuzes,
            initial=begin,
            required=all(waarde for waarde, _ in keuzes),
            error_messages={"required": ONVOLLEDIG, "invalid_choice": "Kies wie dit overneemt."},
        )

    def _veld(self, naam: str) -> forms.BoundField | None:
        return self[naam] if naam in self.fields else None

    def _pijlers(self) -> Iterator[Pijler]:
        """The sections with open work or with the organisation in their heading, that may be seen, each once."""
        alle = [rij.maatregel.pijler for rij in self.overzicht.werk.betrokkenheden]
        alle += [rij.pijler for rij in self.overzicht.werk.pijlers]
        for pijler in {een.pk: een for een in alle}.values():
            if self.blik.ziet(pijler):
                yield pijler

    def groepen(self) -> list[Pijlergroep]:
        """The measures that move and may be seen, by section."""
        uit: dict[int, Pijlergroep] = {
            pijler.pk: Pijlergroep(pijler, pijler.agenda, self._veld(f"pijler-{pijler.pk}"))
            for pijler in self._pijlers()
        }
        regels: dict[int, Maatregelregel] = {}
        for rij in self.overzicht.werk.betrokkenheden:
            maatregel = rij.maatregel
            if maatregel.pk not in regels and self.blik.ziet(maatregel) and maatregel.pijler_id in uit:
                regels[maatregel.pk] = Maatregelregel(maatregel, [], self._veld(f"maatregel-{maatregel.pk}"))
                uit[maatregel.pijler_id].regels.append(regels[maatregel.pk])
            if maatregel.pk in regels and (rol := _rol(rij)) not in regels[maatregel.pk].rollen:
                regels[maatregel.pk].rollen.append(rol)
        return list(uit.values())

    @property
    def verborgen(self) -> int:
        """How many measures move that the beheerder may not see."""
        return len(self.overzicht.werk.maatregelen) - sum(len(groep.regels) for groep in self.groepen())

    def agendaregels(self) -> list[tuple[Agenda | None, forms.BoundField | None]]:
        """The agendas it keeps; None for one that may not be seen."""
        return [
            (agenda if self.blik.ziet(agenda) else None, self._veld(f"agenda-{agenda.pk}"))
            for agenda in self.overzicht.werk.agendas
        ]

    def actieregels(self) -> list[tuple[Any, bool, forms.BoundField | None]]:
        """The actions, whether they may be seen, and who does them."""
        return [
            (actie, self.blik.ziet(actie.agendapunt), self._veld(f"actie-{actie.pk}"))
            for actie in self.overzicht.tafel.acties
        ]

    def zetelregels(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """The seats, who takes them, and in which office."""
        return [(zetel, self[f"zetel-{zetel.pk}"], self[f"ambt-{zetel.pk}"]) for zetel in self.overzicht.tafel.zetels]

    def ledenregels(self) -> list[tuple[Lidmaatschap, forms.BoundField | None, Any]]:
        """The roles, where they go, and the provider that gave them."""
        claims = self.overzicht.uit_claims
        return [(lid, self._veld(f"lid-{lid.pk}"), claims.get(lid.pk)) for lid in self.overzicht.werk.leden]

    @property
    def anderen(self) -> list[Organisatie]:
        """Who takes over beside the successor."""
        return [een for een in self.overnemers.values() if een != self.opvolger]

    @property
    def termijnen(self) -> int:
        """How many terms are open in the measures it is responsible for."""
        return sum(self.overzicht.werk.mijlpalen.values())

    @property
    def afgeschermd(self) -> list[tuple[str, int]]:
        """What is shielded for it, by kind."""
        return [*self.overzicht.werk.afgeschermd.items(), *self.overzicht.tafel.afgeschermd.items()]

    def _gekozen(self, soort: str) -> dict[int, str]:
        begin = f"{soort}-"
        return {
            int(naam.removeprefix(begin)): waarde
            for naam, waarde in self.cleaned_data.items()
            if naam.startswith(begin)
        }

    def _naar(self, soort: str) -> dict[int, Organisatie]:
        return {pk: self.overnemers[waarde] for pk, waarde in self._gekozen(soort).items() if waarde in self.overnemers}

    def verdeling(self) -> Verdeling:
        """Who takes over what, as it was filled in."""
        maatregelen: dict[int, Organisatie | None] = {**self._naar("maatregel")}
        maatregelen.update({pk: None for pk, waarde in self._gekozen("maatregel").items() if waarde == BLIJFT})
        # Who is not active goes nowhere: the role ends.
        weg = {lid.pk: None for lid in self.overzicht.werk.leden if not lid.persoon.is_active}
        return Verdeling(
            opvolger=self.opvolger,
            agendas=self._naar("agenda"),
            pijlers=self._naar("pijler"),
            maatregelen=maatregelen,
            leden={**weg, **{pk: self.overnemers.get(waarde) for pk, waarde in self._gekozen("lid").items()}},
            volgers_mee=self.cleaned_data.get("volgers_mee", False),
        )

    def tafelverdeling(self) -> Tafelverdeling:
        """Who takes over what at the table."""
        ambten = self._gekozen("ambt")
        return Tafelverdeling(
            opvolger=self.opvolger,
            acties=self._naar("actie"),
            zetels={
                pk: Zetelkeuze(self.overnemers.get(waarde), ambten.get(pk, ""))
                for pk, waarde in self._gekozen("zetel").items()
            },
        )


def _rol(rij: Betrokkenheid) -> str:
    return str(BetrokkenheidRol(rij.rol).label)
