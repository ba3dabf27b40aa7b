"""What a person follows as a selection, and the secret addresses by which a calendar or feed reader comes in."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from maatregelen.models.agenda import Agenda, Pijler
from maatregelen.models.grondslag import historie
from maatregelen.models.maatregel import Status, Thema
from maatregelen.models.organisatie import Organisatie, Persoon


@historie()
class Volgfilter(models.Model):
    """A saved selection of measures that a person follows: all that is filled in must hold."""

    persoon = models.ForeignKey(Persoon, on_delete=models.CASCADE, related_name="volgfilters")
    naam = models.CharField("naam", max_length=120, help_text="Zoals u het zelf noemt: alles van pijler 2.")
    agenda = models.ForeignKey(Agenda, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    pijler = models.ForeignKey(Pijler, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    organisatie = models.ForeignKey(
        Organisatie,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Organisatie die verantwoordelijk is.",
    )
    thema = models.ForeignKey(Thema, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    status = models.CharField("status", max_length=20, choices=Status, blank=True)
    meld_nieuw = models.BooleanField("nieuwe maatregelen", default=True)
    meld_gewijzigd = models.BooleanField("wijzigingen", default=True)
    meld_nadert = models.BooleanField("naderende termijnen", default=True)
    meld_te_laat = models.BooleanField("verstreken termijnen", default=True)
    sinds = models.DateTimeField("sinds", default=timezone.now, help_text="Wat eerder gebeurde wordt niet gemeld.")

    class Meta:
        verbose_name = "gevolgde selectie"
        verbose_name_plural = "gevolgde selecties"
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint(
                name="volgfilter_uniek",
                fields=["persoon", "agenda", "pijler", "organisatie", "thema", "status"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="volgfilter_iets",
                condition=~Q(agenda=None, pijler=None, organisatie=None, thema=None, status=""),
            ),
            models.CheckConstraint(name="volgfilter_status", condition=Q(status__in=["", *Status.values])),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def meldt(self) -> bool:
        """Whether anything about it is told; else it is only a list that is kept."""
        return self.meld_nieuw or self.meld_gewijzigd or self.meld_nadert or self.meld_te_laat


class Inhoudsoort(models.TextChoices):
    PERSOONLIJK = "persoonlijk", "wat van mij is en wat ik volg"
    ORGANISATIE = "organisatie", "alles van een organisatie"
    AGENDA = "agenda", "alles van een agenda"


class AbonnementQuerySet(models.QuerySet["Abonnement"]):
    def geldig(self) -> Self:
        """Addresses that were not revoked."""
        return self.filter(ingetrokken_op=None)


@historie(exclude=["sleutel", "laatst_gebruikt_op"])
class Abonnement(models.Model):
    """A secret address for a calendar and a feed of changes. Only a hash is kept; it shows what its person may see."""

    persoon = models.ForeignKey(Persoon, on_delete=models.CASCADE, related_name="abonnementen")
    inhoud = models.CharField("wat", max_length=12, choices=Inhoudsoort)
    organisatie = models.ForeignKey(Organisatie, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    agenda = models.ForeignKey(Agenda, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    sleutel = models.CharField(
        "sleutel", max_length=64, unique=True, editable=False, help_text="SHA-256 van het adres."
    )
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    laatst_gebruikt_op = models.DateTimeField("laatst gebruikt op", null=True)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True)

    objects: ClassVar[AbonnementQuerySet] = AbonnementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "abonnement"
        verbose_name_plural = "abonnementen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="abonnement_waarvan",
                condition=Q(inhoud=Inhoudsoort.PERSOONLIJK, organisatie=None, agenda=None)
                | Q(inhoud=Inhoudsoort.ORGANISATIE, organisatie__isnull=False, agenda=None)
                | Q(inhoud=Inhoudsoort.AGENDA, organisatie=None, agenda__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_inhoud_display()} voor {self.persoon_id}"
