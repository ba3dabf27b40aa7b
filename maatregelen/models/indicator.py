"""Figures: what is measured, what is aimed at, what was found."""

from django.db import models
from django.db.models import F, Q

from maatregelen.models.agenda import Agenda
from maatregelen.models.grondslag import Dossierstuk, historie
from maatregelen.models.organisatie import Persoon


@historie()
class Indicator(Dossierstuk):
    slug = models.SlugField("adresnaam", unique=True, max_length=80, help_text="Naam in het webadres; blijft gelijk.")
    naam = models.CharField("naam", max_length=200, unique=True, help_text="Wat er wordt gemeten of afgesproken.")
    eenheid = models.CharField(
        "eenheid", max_length=40, help_text="Waarin het wordt uitgedrukt, bijvoorbeeld personen."
    )
    omschrijving = models.TextField("omschrijving", blank=True, help_text="Wat wel en niet meetelt.")

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


@historie()
class Doelwaarde(models.Model):
    """A target is a decision with a reason and a day; the next one replaces it, the former stays."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="doelwaarden")
    waarde = models.DecimalField("waarde", max_digits=16, decimal_places=2, help_text="Wat moet worden gehaald.")
    geldig_vanaf = models.DateField("geldt vanaf", help_text="Dag waarop deze doelwaarde inging.")
    periode = models.CharField(
        "periode", max_length=60, blank=True, help_text="Waarover zij gaat, bijvoorbeeld 2025-II."
    )
    reden = models.CharField("reden", max_length=250, help_text="Besluit of overweging achter deze doelwaarde.")
    door = models.ForeignKey(Persoon, null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "doelwaarde"
        verbose_name_plural = "doelwaarden"
        ordering = ["-geldig_vanaf", "-id"]
        constraints = [models.CheckConstraint(name="doelwaarde_reden", condition=Q(reden__regex=r"\S"))]

    def __str__(self) -> str:
        return f"{self.waarde} vanaf {self.geldig_vanaf}"


@historie()
class Meting(Dossierstuk):
    """A figure with its source and reference date. No figure is not zero."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="metingen")
    agenda = models.ForeignKey(
        Agenda,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="metingen",
        help_text="Stuk waar het cijfer in staat.",
    )
    waarde = models.DecimalField(
        "waarde",
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Het cijfer; leeg als er geen cijfer is.",
    )
    waarde_tot = models.DecimalField(
        "tot",
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Bovengrens, als de bron een bereik noemt.",
    )
    waarde_tekst = models.CharField(
        "waarde in woorden", max_length=60, blank=True, help_text="Als de waarde geen getal is, zoals B1."
    )
    vorige = models.CharField("was eerder", max_length=60, blank=True, help_text="Vorige waarde volgens dezelfde bron.")
    kwalificatie = models.CharField("kwalificatie", max_length=60, blank=True, help_text="Zoals circa, maximaal of PM.")
    periode = models.CharField(
        "periode", max_length=60, blank=True, help_text="Waarover het cijfer gaat, in de woorden van de bron."
    )
    peildatum = models.DateField("peildatum", help_text="Dag waarop het cijfer gold of is genoemd.")
    bron = models.CharField("bron", max_length=250, help_text="Waar het cijfer vandaan komt.")
    regel_van = models.PositiveIntegerField("regel", null=True, blank=True, help_text="Regel in de brontekst.")

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["-peildatum", "indicator__naam", "id"]
        constraints = [
            models.CheckConstraint(name="meting_heeft_waarde", condition=Q(waarde__isnull=False) | ~Q(waarde_tekst="")),
            models.CheckConstraint(name="meting_bereik", condition=Q(waarde_tot=None) | Q(waarde_tot__gte=F("waarde"))),
            models.UniqueConstraint(name="meting_uniek", fields=["indicator", "peildatum", "bron"]),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.waarde_tekst or self.waarde} ({self.peildatum})"
