"""A mail to somebody about the own account: what happened to it, or a key that is about to end."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from maatregelen.models import Persoon, Toegangssleutel


class Berichtsoort(models.TextChoices):
    WACHTWOORD = "wachtwoord", "wachtwoord gewijzigd"
    TIJDELIJK_WACHTWOORD = "tijdelijk_wachtwoord", "tijdelijk wachtwoord gekregen"
    APP_ERBIJ = "app_erbij", "app gekoppeld"
    APP_WEG = "app_weg", "app losgekoppeld"
    PASSKEY_ERBIJ = "passkey_erbij", "passkey toegevoegd"
    PASSKEY_WEG = "passkey_weg", "passkey verwijderd"
    TWEEDE_STAP_WEG = "tweede_stap_weg", "tweede stap weggehaald"
    HERSTELCODES = "herstelcodes", "nieuwe herstelcodes"
    HERSTELCODE_GEBRUIKT = "herstelcode_gebruikt", "herstelcode gebruikt"
    OVERAL_UITGELOGD = "overal_uitgelogd", "overal uitgelogd"
    AANMELDPUNT_ERBIJ = "aanmeldpunt_erbij", "inloggen via een organisatie gekoppeld"
    AANMELDPUNT_WEG = "aanmeldpunt_weg", "inloggen via een organisatie ontkoppeld"
    SLEUTEL_GEMAAKT = "sleutel_gemaakt", "sleutel gemaakt"
    SLEUTEL_EINDIGT = "sleutel_eindigt", "sleutel eindigt binnenkort"


class AccountberichtQuerySet(models.QuerySet["Accountbericht"]):
    def te_versturen(self) -> Self:
        """Messages of which it is not known yet what became of them."""
        return self.filter(verzonden_op=None, opgegeven_op=None)


class Accountbericht(models.Model):
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="accountberichten", help_text="Wie de mail krijgt."
    )
    soort = models.CharField("soort", max_length=24, choices=Berichtsoort)
    gebeurd_op = models.DateTimeField("gebeurd op", help_text="Wanneer het gebeurde, of het einde werd aangekondigd.")
    door_ander = models.BooleanField("door een ander", default=False, help_text="Een beheerder deed het.")
    naam = models.CharField(
        "naam", max_length=200, blank=True, help_text="Hoe de sleutel of het aanmeldpunt heet waar het om gaat."
    )
    aantal = models.PositiveSmallIntegerField(
        "aantal", null=True, help_text="Hoeveel herstelcodes er nog zijn, of hoeveel dagen voor het einde."
    )
    # With its key go the messages about its end: they are of no use any more, and nothing is announced twice before.
    sleutel = models.ForeignKey(
        Toegangssleutel,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="De sleutel die eindigt; bij al het andere leeg.",
    )
    verzonden_op = models.DateTimeField("verzonden op", null=True)
    opgegeven_op = models.DateTimeField(
        "opgegeven op",
        null=True,
        help_text="Wanneer het versturen is gestaakt: het adres bestaat niet, of te lang niet gelukt.",
    )

    objects: ClassVar[AccountberichtQuerySet] = AccountberichtQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "accountbericht"
        verbose_name_plural = "accountberichten"
        ordering = ["-gebeurd_op", "-pk"]
        indexes = [
            models.Index(
                name="accountbericht_te_versturen",
                fields=["gebeurd_op"],
                condition=Q(verzonden_op=None, opgegeven_op=None),
            )
        ]
        constraints = [
            models.CheckConstraint(name="accountbericht_soort", condition=Q(soort__in=Berichtsoort.values)),
            models.CheckConstraint(
                name="accountbericht_sleutel",
                condition=Q(soort="sleutel_eindigt", sleutel__isnull=False, aantal__isnull=False)
                | (~Q(soort="sleutel_eindigt") & Q(sleutel=None)),
            ),
            models.UniqueConstraint(
                name="accountbericht_eenmaal",
                fields=["sleutel", "aantal", "persoon"],
                condition=Q(sleutel__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.persoon}"
