"""Each time a termijn became another one: what it was, what it became, why and by whom. Append-only."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from maatregelen.models.grondslag import historie
from maatregelen.models.mijlpaal import Mijlpaal, Precisie, Relatie
from maatregelen.models.organisatie import Persoon


class Wijzigingssoort(models.TextChoices):
    VERSCHERPT = "verscherpt", "preciezer gemaakt"
    UITGESTELD = "uitgesteld", "uitgesteld"
    VERVROEGD = "vervroegd", "vervroegd"
    VERVAAGD = "vervaagd", "vaag geworden"
    HERSCHREVEN = "herschreven", "anders verwoord"
    BEPAALD = "bepaald", "bepaald door een gebeurtenis"
    HERSTELD = "hersteld", "invoerfout hersteld"


# What counts as a move: the promise became another one. Sharpening keeps it, an event fills it in.
VERPLAATSINGEN = (Wijzigingssoort.UITGESTELD, Wijzigingssoort.VERVROEGD, Wijzigingssoort.VERVAAGD)


class TermijnwijzigingQuerySet(models.QuerySet["Termijnwijziging"]):
    def verplaatsingen(self) -> Self:
        """The changes that count as a move."""
        return self.filter(soort__in=VERPLAATSINGEN)


@historie()
class Termijnwijziging(models.Model):
    """A row of the history of one termijn; the first row's `van` is the original."""

    mijlpaal = models.ForeignKey(Mijlpaal, on_delete=models.PROTECT, related_name="termijnwijzigingen")
    soort = models.CharField(
        "soort wijziging",
        max_length=12,
        choices=Wijzigingssoort,
        help_text="Uitgesteld, vervroegd en vaag geworden tellen als verplaatsing; preciezer maken niet.",
    )
    van_tekst = models.CharField("was, in woorden", max_length=250)
    van_begin = models.DateField("was: begin", null=True)
    van_einde = models.DateField("was: einde", null=True)
    van_precisie = models.CharField("was: precisie", max_length=10, choices=Precisie)
    van_relatie = models.CharField("was: relatie", max_length=10, choices=Relatie, blank=True)
    naar_tekst = models.CharField("werd, in woorden", max_length=250)
    naar_begin = models.DateField("werd: begin", null=True)
    naar_einde = models.DateField("werd: einde", null=True)
    naar_precisie = models.CharField("werd: precisie", max_length=10, choices=Precisie)
    naar_relatie = models.CharField("werd: relatie", max_length=10, choices=Relatie, blank=True)
    reden = models.TextField("reden", help_text="Waarom de termijn veranderde.")
    door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now, db_index=True)

    objects: ClassVar[TermijnwijzigingQuerySet] = TermijnwijzigingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "wijziging van een termijn"
        verbose_name_plural = "wijzigingen van termijnen"
        ordering = ["vastgelegd_op", "id"]
        constraints = [
            models.CheckConstraint(name="termijnwijziging_soort", condition=Q(soort__in=Wijzigingssoort.values)),
            models.CheckConstraint(name="termijnwijziging_reden", condition=Q(reden__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return f"{self.van_tekst} → {self.naar_tekst}"

    @property
    def is_verplaatsing(self) -> bool:
        """Whether this counts as a move."""
        return self.soort in VERPLAATSINGEN
