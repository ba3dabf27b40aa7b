"""The track of a law or rule, in the official stages."""

from django.db import models
from django.db.models import Q

from maatregelen.models.grondslag import Dossierstuk, historie
from maatregelen.models.maatregel import Maatregel
from maatregelen.models.organisatie import Persoon


class Regelingsoort(models.TextChoices):
    WET = "wet", "wet"
    AMVB = "amvb", "algemene maatregel van bestuur"
    REGELING = "regeling", "ministeriële regeling"
    EU = "eu", "Europese verordening of richtlijn"
    ONBEKEND = "onbekend", "nog niet bekend"


class Wetsfase(models.TextChoices):
    VOORBEREIDING = "voorbereiding", "departementale voorbereiding"
    CONSULTATIE = "consultatie", "internetconsultatie"
    ADVIES = "advies", "adviesaanvragen en uitvoerbaarheidstoets"
    MINISTERRAAD = "ministerraad", "ministerraad"
    RAAD_VAN_STATE = "raad_van_state", "Raad van State en nader rapport"
    TWEEDE_KAMER = "tweede_kamer", "Tweede Kamer"
    EERSTE_KAMER = "eerste_kamer", "Eerste Kamer"
    BEKENDMAKING = "bekendmaking", "bekrachtiging en bekendmaking"
    INWERKINGTREDING = "inwerkingtreding", "inwerkingtreding"


@historie()
class Wetstraject(Dossierstuk):
    maatregel = models.OneToOneField(Maatregel, on_delete=models.PROTECT, related_name="wetstraject")
    soort = models.CharField(
        "soort regeling",
        max_length=12,
        choices=Regelingsoort,
        default=Regelingsoort.ONBEKEND,
        help_text="Een AMvB of ministeriële regeling kent een korter traject dan een wet.",
    )
    dossier = models.CharField("dossiernummer", max_length=40, blank=True, help_text="Kamerdossier, zoals 36 333.")
    stand_tekst = models.CharField(
        "stand in woorden", max_length=250, blank=True, help_text="Hoe het stuk de stand van de regeling omschrijft."
    )

    class Meta:
        verbose_name = "wetstraject"
        verbose_name_plural = "wetstrajecten"
        ordering = ["maatregel"]
        constraints = [models.CheckConstraint(name="wetstraject_soort", condition=Q(soort__in=Regelingsoort.values))]

    def __str__(self) -> str:
        return f"wetstraject van {self.maatregel_id}"


@historie()
class Wetsstap(models.Model):
    """A stage that was reached, with the day and the source."""

    wetstraject = models.ForeignKey(Wetstraject, on_delete=models.PROTECT, related_name="stappen")
    fase = models.CharField("fase", max_length=20, choices=Wetsfase, help_text="Officiële fase van het traject.")
    bereikt_op = models.DateField("bereikt op", help_text="Dag waarop de fase begon.")
    bron = models.CharField("bron", max_length=250, help_text="Kamerstuk, Staatsblad of link waaruit dat blijkt.")
    door = models.ForeignKey(Persoon, null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "stap in een wetstraject"
        verbose_name_plural = "stappen in een wetstraject"
        ordering = ["bereikt_op", "id"]
        constraints = [
            models.CheckConstraint(name="wetsstap_fase", condition=Q(fase__in=Wetsfase.values)),
            models.CheckConstraint(name="wetsstap_bron", condition=Q(bron__regex=r"\S")),
            models.UniqueConstraint(name="wetsstap_uniek", fields=["wetstraject", "fase", "bereikt_op"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_fase_display()} ({self.bereikt_op})"
