"""What the next agenda was offered, and what the secretariaat chose to do with it.

What is offered is asked each time; only the choice is kept.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from maatregelen.models import Mijlpaal, Persoon
from maatregelen.models.grondslag import historie
from regietafel.models.actiepunt import Actiepunt
from regietafel.models.agendapunt import Agendapunt
from regietafel.models.vergadering import Vergadering
from regietafel.models.verslag import Terugkoppeling


class Aanleiding(models.TextChoices):
    ACTIE = "actie", "actie te laat of aan de beurt"
    TERUGKOPPELING = "terugkoppeling", "besluit nog niet teruggekoppeld"
    TERMIJN = "termijn", "termijn voor de vergadering erna"
    TOEGEZEGD = "toegezegd", "toegezegd voor deze vergadering"
    VERSLAG = "verslag", "verslag vast te stellen"


class Keuze(models.TextChoices):
    HOUDEN = "houden", "op de agenda"
    LATEN_VALLEN = "laten_vallen", "niet op deze agenda"
    VERPLAATSEN = "verplaatsen", "naar een andere vergadering"


@historie()
class Voorstelkeuze(models.Model):
    """A choice about one thing that was offered for a meeting's agenda: exactly one of the four is about what."""

    vergadering = models.ForeignKey(Vergadering, on_delete=models.PROTECT, related_name="voorstelkeuzes")
    aanleiding = models.CharField("aanleiding", max_length=15, choices=Aanleiding)
    actiepunt = models.ForeignKey(Actiepunt, null=True, on_delete=models.PROTECT, related_name="+")
    terugkoppeling = models.ForeignKey(Terugkoppeling, null=True, on_delete=models.PROTECT, related_name="+")
    mijlpaal = models.ForeignKey(Mijlpaal, null=True, on_delete=models.PROTECT, related_name="+")
    verslag_van = models.ForeignKey(Vergadering, null=True, on_delete=models.PROTECT, related_name="+")
    keuze = models.CharField("keuze", max_length=12, choices=Keuze)
    reden = models.CharField("reden", max_length=250, blank=True, help_text="Waarom het niet op de agenda komt.")
    naar_vergadering = models.ForeignKey(
        Vergadering, null=True, on_delete=models.PROTECT, related_name="hierheen_verplaatst"
    )
    agendapunt = models.ForeignKey(Agendapunt, null=True, on_delete=models.SET_NULL, related_name="voorstelkeuzes")
    door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "keuze bij een voorstel voor de agenda"
        verbose_name_plural = "keuzes bij voorstellen voor de agenda"
        ordering = ["vastgelegd_op", "id"]
        constraints = [
            models.UniqueConstraint(
                name="voorstelkeuze_uniek",
                fields=["vergadering", "actiepunt", "terugkoppeling", "mijlpaal", "verslag_van"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="voorstelkeuze_aanleiding", condition=Q(aanleiding__in=Aanleiding.values)),
            models.CheckConstraint(name="voorstelkeuze_keuze", condition=Q(keuze__in=Keuze.values)),
            models.CheckConstraint(
                name="voorstelkeuze_een_onderwerp",
                condition=Q(actiepunt__isnull=False, terugkoppeling=None, mijlpaal=None, verslag_van=None)
                | Q(actiepunt=None, terugkoppeling__isnull=False, mijlpaal=None, verslag_van=None)
                | Q(actiepunt=None, terugkoppeling=None, mijlpaal__isnull=False, verslag_van=None)
                | Q(actiepunt=None, terugkoppeling=None, mijlpaal=None, verslag_van__isnull=False),
            ),
            models.CheckConstraint(name="voorstelkeuze_reden", condition=Q(keuze=Keuze.HOUDEN) | Q(reden__regex=r"\S")),
            models.CheckConstraint(
                name="voorstelkeuze_waarheen",
                condition=(Q(keuze=Keuze.VERPLAATSEN) & Q(naar_vergadering__isnull=False))
                | (~Q(keuze=Keuze.VERPLAATSEN) & Q(naar_vergadering=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_aanleiding_display()}: {self.get_keuze_display()}"
