"""What lists of the table can be narrowed down by; how filtersets work is in maatregelen/filters.py."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from maatregelen.filters import GEWIJZIGD, Dag, InDeTijd, JaNee, Keuze, Moment, Sleutel, Zoek
from maatregelen.models import Maatregel, Organisatie
from maatregelen.zichtbaarheid import zichtbare_maatregelen, zichtbare_organisaties
from regietafel.models import (
    Actiepunt,
    Actiesoort,
    Actiestand,
    Besluitsoort,
    Deelname,
    Doel,
    Inbrengsoort,
    Terugkoppeling,
    Terugkoppelstand,
    Vergadersoort,
    Vergaderstaat,
)
from regietafel.models.actiepunt import ActiepuntQuerySet
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.zichtbaarheid import zichtbare_besluiten, zichtbare_vergaderingen


def _vergadering(veld: str, label: str = "Vergadering", uitleg: str = "Adresnaam van een vergadering.") -> Sleutel:
    return Sleutel(zichtbaar=zichtbare_vergaderingen, field_name=veld, label=label, help_text=uitleg)


def _maatregel(**extra: Any) -> Sleutel:
    return Sleutel(
        zichtbaar=zichtbare_maatregelen,
        sleutel="code",
        label="Maatregel",
        widget=forms.TextInput,
        help_text="Code van een maatregel, zoals 2025-4-05.",
        **extra,
    )


def _organisatie(uitleg: str, **extra: Any) -> Sleutel:
    return Sleutel(zichtbaar=zichtbare_organisaties, label="Organisatie", help_text=uitleg, **extra)


class VergaderingFilters(InDeTijd):
    """Meetings."""

    zoek = Zoek(["titel", "kenmerk"], help_text="Woorden in titel of kenmerk; alle woorden moeten voorkomen.")
    soort = Keuze(choices=Vergadersoort.choices, label="Soort", help_text="Regulier, klein of extra.")
    staat = Keuze(
        choices=Vergaderstaat.choices, label="Staat", help_text="Hoe ver de vergadering en haar stukken zijn."
    )
    organisatie = _organisatie(
        "Adresnaam van een organisatie die aan tafel zat of is genoemd.", method="op_organisatie"
    )
    maatregel = _maatregel(method="op_maatregel")
    vanaf = Dag(
        field_name="datum", lookup_expr="gte", label="Vanaf", help_text="Gehouden of gepland op of na deze dag."
    )
    tot_en_met = Dag(
        field_name="datum", lookup_expr="lte", label="Tot en met", help_text="Gehouden of gepland op of voor deze dag."
    )
    gewijzigd_sinds = Moment(**GEWIJZIGD)

    def op_organisatie(self, rijen: VergaderingQuerySet, naam: str, value: Organisatie) -> VergaderingQuerySet:
        """With somebody of an organisation at the table, or named in the minutes."""
        return rijen.filter(Exists(Deelname.objects.filter(vergadering=OuterRef("pk"), organisatie=value)))

    def op_maatregel(self, rijen: VergaderingQuerySet, naam: str, value: Maatregel) -> VergaderingQuerySet:
        """With a point that is about a measure."""
        return rijen.filter(Exists(value.agendapunten.filter(vergadering=OuterRef("pk"))))


class AgendapuntFilters(InDeTijd):
    """Points of agendas."""

    zoek = Zoek(["titel"], help_text="Woorden in de titel; alle woorden moeten voorkomen.")
    vergadering = _vergadering("vergadering")
    doel = Keuze(choices=Doel.choices, label="Doel", help_text="Informeren, bespreken of besluiten.")
    organisatie = _organisatie("Adresnaam van een organisatie die het punt inleidt.", field_name="inleiders")
    maatregel = _maatregel(field_name="maatregelen")
    gewijzigd_sinds = Moment(**GEWIJZIGD)


class InbrengFilters(InDeTijd):
    """What was said."""

    zoek = Zoek(["tekst", "spreker"], help_text="Woorden in tekst of spreker; alle woorden moeten voorkomen.")
    vergadering = _vergadering("agendapunt__vergadering")
    soort = Keuze(choices=Inbrengsoort.choices, label="Soort", help_text="Wat voor inbreng het is.")
    organisatie = _organisatie("Adresnaam van een organisatie die dit inbracht.")
    maatregel = _maatregel(field_name="maatregelen")
    open = JaNee(field_name="is_open", label="Nog open", help_text="Of het een vraag is waarop nog geen antwoord kwam.")
    gewijzigd_sinds = Moment(**GEWIJZIGD)


class BesluitFilters(InDeTijd):
    """Decisions."""

    zoek = Zoek(["code", "tekst"], help_text="Woorden in code of tekst; alle woorden moeten voorkomen.")
    vergadering = _vergadering("agendapunt__vergadering")
    soort = Keuze(choices=Besluitsoort.choices, label="Soort", help_text="Besluit, procedureafspraak of mededeling.")
    maatregel = _maatregel(method="op_maatregel")
    stand = Keuze(
        choices=Terugkoppelstand.choices,
        method="op_stand",
        label="Stand",
        help_text="Stand van een terugkoppeling; met maatregel erbij: die van deze maatregel.",
    )
    gewijzigd_sinds = Moment(**GEWIJZIGD)

    def op_maatregel(self, rijen: QuerySet[Any], naam: str, value: Maatregel) -> QuerySet[Any]:
        """About a measure, with the stand that was asked for."""
        stand = self.form.cleaned_data.get("stand")
        return self._met(rijen, maatregel=value, **({"stand": stand} if stand else {}))

    def op_stand(self, rijen: QuerySet[Any], naam: str, value: str) -> QuerySet[Any]:
        """With a stand, unless that goes with the measure that was asked for."""
        return rijen if self.form.cleaned_data.get("maatregel") else self._met(rijen, stand=value)

    def _met(self, rijen: QuerySet[Any], **waar: Any) -> QuerySet[Any]:
        return rijen.filter(Exists(Terugkoppeling.objects.filter(besluit=OuterRef("pk"), **waar)))


class TerugkoppelingFilters(InDeTijd):
    """What became of decisions."""

    vergadering = _vergadering("besluit__agendapunt__vergadering")
    besluit = Sleutel(
        zichtbaar=zichtbare_besluiten,
        sleutel="code",
        label="Besluit",
        widget=forms.TextInput,
        help_text="Code van een besluit, zoals lrt-2025-03-19-b03.",
    )
    maatregel = _maatregel()
    stand = Keuze(choices=Terugkoppelstand.choices, label="Stand", help_text="Hoe ver de terugkoppeling is.")
    gewijzigd_sinds = Moment(**GEWIJZIGD)


class ActiepuntFilters(InDeTijd):
    """Actions."""

    zoek = Zoek(
        ["code", "wat", "wie_tekst"],
        help_text="Woorden in code, wat of wie; alle woorden moeten voorkomen.",
    )
    vergadering = _vergadering("agendapunt__vergadering")
    voor_vergadering = _vergadering(
        "voor_vergadering", "Voor vergadering", "Adresnaam van de vergadering waarvoor het is toegezegd."
    )
    organisatie = _organisatie("Adresnaam van een organisatie die het doet.")
    maatregel = _maatregel(field_name="maatregelen")
    soort = Keuze(choices=Actiesoort.choices, label="Soort", help_text="Actie, toezegging, verzoek en zo verder.")
    stand = Keuze(choices=Actiestand.choices, label="Stand", help_text="Open, afgerond, vervallen of gesplitst.")
    afgesproken = JaNee(
        field_name="is_afgesproken", label="Afgesproken", help_text="false: verzoeken, aanbiedingen en verwachtingen."
    )
    te_laat = JaNee(
        method="op_te_laat",
        label="Te laat",
        help_text="Of het afgesproken is, open staat en de uiterste dag voorbij is.",
    )
    zonder_trekker = JaNee(
        method="op_zonder_trekker",
        label="Zonder trekker",
        help_text="Of het afgesproken is, open staat en van niemand is.",
    )
    vanaf = Dag(field_name="einde", lookup_expr="gte", label="Vanaf", help_text="De uiterste dag is op of na deze dag.")
    tot_en_met = Dag(
        field_name="einde", lookup_expr="lte", label="Tot en met", help_text="De uiterste dag is op of voor deze dag."
    )
    gewijzigd_sinds = Moment(**GEWIJZIGD)

    def op_te_laat(self, rijen: ActiepuntQuerySet, naam: str, value: str) -> ActiepuntQuerySet:
        """Late on the day."""
        return _wel_of_niet(rijen, Actiepunt.objects.te_laat(self.wie.vandaag), value)

    def op_zonder_trekker(self, rijen: ActiepuntQuerySet, naam: str, value: str) -> ActiepuntQuerySet:
        """Nobody's."""
        return _wel_of_niet(rijen, Actiepunt.objects.zonder_trekker(), value)


def _wel_of_niet(rijen: ActiepuntQuerySet, welke: ActiepuntQuerySet, value: str) -> ActiepuntQuerySet:
    sleutels = welke.order_by().values("pk")
    return rijen.filter(pk__in=sleutels) if value == "true" else rijen.exclude(pk__in=sleutels)
