"""A link in a mail by which somebody chooses a password: once, and not for long."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from maatregelen.models import Persoon


class Linksoort(models.TextChoices):
    UITNODIGING = "uitnodiging", "uitnodiging"
    HERSTEL = "herstel", "nieuw wachtwoord"


class ToegangslinkQuerySet(models.QuerySet["Toegangslink"]):
    def te_versturen(self) -> Self:
        """Links whose mail has not gone out."""
        return self.filter(verzonden_op=None, ingetrokken_op=None)

    def bruikbaar(self, moment: datetime.datetime) -> Self:
        """Links that still open at a moment: mailed, not used, not taken back, not expired."""
        return self.filter(
            verzonden_op__lte=moment, verloopt_op__gt=moment, gebruikt_op=None, ingetrokken_op=None
        ).exclude(kenmerk="")


class Toegangslink(models.Model):
    soort = models.CharField("soort", max_length=12, choices=Linksoort)
    adres = models.EmailField(
        "e-mailadres",
        help_text="Waar de mail heen gaat. Van een aanvraag voor een onbekend adres blijft niets bewaard.",
    )
    persoon = models.ForeignKey(
        Persoon,
        null=True,
        on_delete=models.PROTECT,
        related_name="toegangslinks",
        help_text="Wie er een wachtwoord mee kiest; leeg tot een aanvraag is bekeken.",
    )
    gemaakt_door = models.ForeignKey(
        Persoon,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Wie uitnodigde; leeg bij een aanvraag van iemand die niet was ingelogd.",
    )
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    # Only the hash of what is in the mail, made when the mail is made: nobody reads a way in from the database.
    kenmerk = models.CharField("kenmerk", max_length=64, blank=True, editable=False)
    verzonden_op = models.DateTimeField("verzonden op", null=True)
    verloopt_op = models.DateTimeField("verloopt op", null=True)
    gebruikt_op = models.DateTimeField("gebruikt op", null=True)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True)

    objects: ClassVar[ToegangslinkQuerySet] = ToegangslinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "toegangslink"
        verbose_name_plural = "toegangslinks"
        ordering = ["-gemaakt_op", "-pk"]
        indexes = [
            models.Index(name="toegangslink_te_versturen", fields=["gemaakt_op"], condition=Q(verzonden_op=None))
        ]
        constraints = [
            models.CheckConstraint(name="toegangslink_soort", condition=Q(soort__in=Linksoort.values)),
            models.UniqueConstraint(name="toegangslink_kenmerk", fields=["kenmerk"], condition=~Q(kenmerk="")),
            # What was mailed belongs to somebody, and ends.
            models.CheckConstraint(
                name="toegangslink_verzonden",
                condition=Q(verzonden_op=None, kenmerk="", verloopt_op=None)
                | (Q(verzonden_op__isnull=False, verloopt_op__isnull=False, persoon__isnull=False) & ~Q(kenmerk="")),
            ),
            models.CheckConstraint(
                name="toegangslink_gebruikt", condition=Q(gebruikt_op=None) | Q(verzonden_op__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} voor {self.persoon or 'een onbekend adres'}"

    def stand(self, moment: datetime.datetime) -> str:
        """How it stands at a moment, in words for people."""
        if self.gebruikt_op is not None:
            return "gebruikt"
        if self.ingetrokken_op is not None:
            return "ingetrokken"
        if self.verzonden_op is None or self.verloopt_op is None:
            return "wordt verstuurd"
        return "verlopen" if self.verloopt_op <= moment else "verstuurd"
