"""What an organisation says about a measure, beside the official status; and each step of publishing."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from maatregelen.models.afscherming import Afgeschermd, Publicatie, onder, volgt_uit, zichtgrenzen
from maatregelen.models.agenda import Agenda
from maatregelen.models.grondslag import Dossierstuk, historie
from maatregelen.models.maatregel import Maatregel
from maatregelen.models.organisatie import Organisatie, Persoon


class Reactiesoort(models.TextChoices):
    REACTIE = "reactie", "reactie"
    AFWIJKEND = "afwijkend", "afwijkend standpunt"


@historie()
class Reactie(Dossierstuk, Afgeschermd):
    """A reaction or dissent. It stands beside the status and changes nothing of it; until `embargo_tot` it is only
    for the organisation that says it.
    """

    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="reacties")
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, related_name="reacties", help_text="Namens wie."
    )
    soort = models.CharField(
        "soort",
        max_length=10,
        choices=Reactiesoort,
        default=Reactiesoort.REACTIE,
        help_text="Een afwijkend standpunt staat overal naast de officiële status, ook in stukken.",
    )
    tekst = models.TextField("tekst", help_text="Wat de organisatie ervan vindt, in eigen woorden.")
    door = models.ForeignKey(Persoon, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, editable=False)
    intrekreden = models.CharField("waarom ingetrokken", max_length=250, blank=True, editable=False)

    class Meta:
        verbose_name = "reactie"
        verbose_name_plural = "reacties"
        ordering = ["aangemaakt_op", "id"]
        constraints = [
            models.CheckConstraint(name="reactie_soort", condition=Q(soort__in=Reactiesoort.values)),
            models.CheckConstraint(name="reactie_tekst", condition=Q(tekst__regex=r"\S")),
            models.CheckConstraint(
                name="reactie_ingetrokken_met_reden",
                condition=Q(ingetrokken_op=None, intrekreden="")
                | (Q(ingetrokken_op__isnull=False) & Q(intrekreden__regex=r"\S")),
            ),
            *zichtgrenzen("reactie"),
        ]
        triggers = [
            volgt_uit(
                "maatregel_id",
                "organisatie_id",
                func=onder("maatregelen_maatregel", "NEW.maatregel_id", "NEW.organisatie_id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van {self.organisatie}"


@historie()
class Publicatiestap(models.Model):
    """A step of publishing an agenda or a measure: from, to, by whom, why. Rows are only ever added."""

    agenda = models.ForeignKey(Agenda, null=True, on_delete=models.PROTECT, related_name="publicatiestappen")
    maatregel = models.ForeignKey(Maatregel, null=True, on_delete=models.PROTECT, related_name="publicatiestappen")
    van = models.CharField("van", max_length=12, choices=Publicatie)
    naar = models.CharField("naar", max_length=12, choices=Publicatie)
    toelichting = models.CharField("toelichting", max_length=250, blank=True, help_text="Waarom, of waarmee.")
    door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "publicatiestap"
        verbose_name_plural = "publicatiestappen"
        ordering = ["vastgelegd_op", "id"]
        constraints = [
            models.CheckConstraint(name="publicatiestap_verandert", condition=~Q(van=F("naar"))),
            models.CheckConstraint(
                name="publicatiestap_van_een",
                condition=Q(agenda=None, maatregel__isnull=False) | Q(agenda__isnull=False, maatregel=None),
            ),
        ]
        triggers = [pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.van} -> {self.naar}"
