"""Organisations, the people who act for them, and the keys their scripts use."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from knox.models import AbstractAuthToken, AuthTokenManager

from maatregelen.models.grondslag import Dossierstuk, historie


class Organisatiesoort(models.TextChoices):
    MINISTERIE = "ministerie", "ministerie"
    KOEPEL = "koepel", "koepel"
    UITVOERDER = "uitvoerder", "uitvoeringsorganisatie"
    AMBT = "ambt", "ambt of college"
    PROVINCIE = "provincie", "provincie"
    GEMEENTE = "gemeente", "gemeente"
    ONDERDEEL = "onderdeel", "organisatieonderdeel"
    ADVIES = "advies", "adviesorgaan"
    PARLEMENT = "parlement", "parlement"
    INTERNATIONAAL = "internationaal", "internationale organisatie"
    LAND = "land", "land"
    MAATSCHAPPELIJK = "maatschappelijk", "maatschappelijke organisatie"
    AANDUIDING = "aanduiding", "algemene aanduiding"


# A text may name them as involved; none of them keeps a measure of the government up here.
NOOIT_TREKKER = (
    Organisatiesoort.AANDUIDING,
    Organisatiesoort.LAND,
    Organisatiesoort.INTERNATIONAAL,
    Organisatiesoort.PARLEMENT,
)


class OrganisatieQuerySet(models.QuerySet["Organisatie"]):
    def geldig(self, op: datetime.date) -> Self:
        """Organisations that exist on a day."""
        return self.filter(Q(geldig_van=None) | Q(geldig_van__lte=op), Q(geldig_tot=None) | Q(geldig_tot__gt=op))

    def echt(self) -> Self:
        """Organisations with people, without the generic words such as kabinet or Rijk."""
        return self.exclude(soort=Organisatiesoort.AANDUIDING)

    def mogelijke_trekkers(self, op: datetime.date) -> Self:
        """Organisations that can be made responsible for a measure on a day."""
        return self.geldig(op).exclude(soort__in=NOOIT_TREKKER)

    def waarvoor_optreedt(self, eigen: Iterable[int], op: datetime.date) -> set[int]:
        """The ids for which members of `eigen` act on a day: theirs, and ended ones whose successors lead to theirs."""
        namens = set(eigen)
        opvolging = list(self.filter(geldig_tot__lte=op, opvolger__isnull=False).values_list("id", "opvolger_id"))
        gegroeid = True
        while gegroeid:
            nieuw = {oud for oud, opvolger in opvolging if opvolger in namens} - namens
            namens |= nieuw
            gegroeid = bool(nieuw)
        return namens


@historie()
class Organisatie(Dossierstuk):
    slug = models.SlugField("adresnaam", unique=True, max_length=80, help_text="Naam in het webadres; blijft gelijk.")
    naam = models.CharField("naam", max_length=200, unique=True, help_text="Officiële naam, voluit.")
    afkorting = models.CharField(
        "afkorting", max_length=60, help_text="Korte naam zoals die in stukken staat, bijvoorbeeld AenM of VNG."
    )
    soort = models.CharField(
        "soort",
        max_length=20,
        choices=Organisatiesoort,
        help_text="Een algemene aanduiding (kabinet, Rijk, gemeenten) is een woord uit een tekst: er horen geen mensen "
        "bij en zij is nooit trekker.",
    )
    tooi_id = models.CharField(
        "TOOI-id",
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"^[a-z]+/[a-z]+\d+$", "Een TOOI-id ziet eruit als ministerie/mnre1058.")],
        help_text="Kenmerk in het register van overheidsorganisaties, zonder het begin: ministerie/mnre1058.",
    )
    is_rijk = models.BooleanField(
        "hoort bij het Rijk",
        default=False,
        help_text="Aangevinkt: de mensen van deze organisatie zien ook wat alleen voor het Rijk is. Partners niet.",
    )
    geldig_van = models.DateField("bestaat sinds", null=True, blank=True, help_text="Eerste dag, als die bekend is.")
    geldig_tot = models.DateField(
        "opgeheven per", null=True, blank=True, help_text="Eerste dag waarop de organisatie niet meer bestaat."
    )
    opvolger = models.ForeignKey(
        "self",
        verbose_name="opvolger",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="voorgangers",
        help_text="Organisatie die het open werk overnam; de geschiedenis houdt de oude naam.",
    )
    toelichting = models.TextField(
        "toelichting", blank=True, help_text="Wat lezers over deze organisatie moeten weten."
    )

    objects: ClassVar[OrganisatieQuerySet] = OrganisatieQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["afkorting"]
        constraints = [
            models.CheckConstraint(name="organisatie_soort", condition=Q(soort__in=Organisatiesoort.values)),
            models.CheckConstraint(
                name="organisatie_geldigheid",
                condition=Q(geldig_van=None) | Q(geldig_tot=None) | Q(geldig_tot__gt=F("geldig_van")),
            ),
            models.CheckConstraint(
                name="organisatie_opvolger_na_einde", condition=Q(opvolger=None) | Q(geldig_tot__isnull=False)
            ),
            models.CheckConstraint(
                name="organisatie_niet_eigen_opvolger", condition=Q(opvolger=None) | ~Q(opvolger=F("id"))
            ),
            models.UniqueConstraint(name="organisatie_tooi_uniek", fields=["tooi_id"], condition=~Q(tooi_id="")),
        ]

    def __str__(self) -> str:
        return self.afkorting

    def get_absolute_url(self) -> str:
        """The page of this organisation."""
        return f"/organisaties/{self.slug}/"

    def is_opgeheven(self, op: datetime.date) -> bool:
        """Whether it has ended on that day."""
        return self.geldig_tot is not None and self.geldig_tot <= op

    @property
    def is_aanduiding(self) -> bool:
        """Whether this is only a word from a text."""
        return self.soort == Organisatiesoort.AANDUIDING

    @property
    def kan_trekker_zijn(self) -> bool:
        """Whether it can be made responsible for a measure."""
        return self.soort not in NOOIT_TREKKER

    @property
    def tooi_url(self) -> str:
        """The identifier in full, or an empty text."""
        return f"https://identifier.overheid.nl/tooi/id/{self.tooi_id}" if self.tooi_id else ""


class PersoonManager(BaseUserManager["Persoon"]):
    def create_user(self, email: str, password: str | None = None, **velden: Any) -> "Persoon":
        """A person who signs in with this address; without a password signing in is impossible."""
        persoon = self.model(email=email.strip().lower(), **velden)
        persoon.set_password(password)
        persoon.save()
        return persoon


# What identifies a person stays out of history, which cannot be erased: the key is enough to say who.
@historie(exclude=["password", "last_login", "email", "functie"])
class Persoon(AbstractBaseUser):  # type: ignore[django-manager-missing]  # knox adds a manager without types
    email = models.EmailField(
        "e-mailadres", unique=True, help_text="Adres waarmee iemand inlogt en waar herinneringen heen gaan."
    )
    functie = models.CharField(
        "functie",
        max_length=120,
        help_text="Waarmee deze persoon overal wordt getoond, bijvoorbeeld dossierhouder SZW.",
    )
    is_active = models.BooleanField(
        "actief", default=True, help_text="Wie niet actief is kan niet inloggen en krijgt niets."
    )
    is_programma = models.BooleanField(
        "programma",
        default=False,
        editable=False,
        help_text="Geen mens maar een programma van een organisatie: logt niet in en komt alleen met een sleutel.",
    )
    moet_wachtwoord_wijzigen = models.BooleanField(
        "moet een nieuw wachtwoord kiezen",
        default=False,
        editable=False,
        help_text="Het wachtwoord kwam van iemand anders: voor al het andere eerst een eigen wachtwoord.",
    )
    aangemaakt_op = models.DateTimeField("vastgelegd op", default=timezone.now, editable=False)

    objects: ClassVar[PersoonManager] = PersoonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["functie"]

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        ordering = ["functie", "email"]
        constraints = [
            models.CheckConstraint(
                name="persoon_email_kleine_letters", condition=Q(email=models.functions.Lower("email")) & ~Q(email="")
            )
        ]

    def __str__(self) -> str:
        return self.functie


class Rol(models.TextChoices):
    LEZER = "lezer", "lezer"
    DOSSIERHOUDER = "dossierhouder", "dossierhouder"
    COORDINATOR = "coordinator", "coördinator"
    SECRETARIAAT = "secretariaat", "LRT-secretariaat"
    BEHEERDER = "beheerder", "beheerder"
    AUDITOR = "auditor", "auditor"


class LidmaatschapQuerySet(models.QuerySet["Lidmaatschap"]):
    def geldig(self, op: datetime.date) -> Self:
        """Memberships in force on a day."""
        return self.niet_voorbij(op).filter(vanaf__lte=op)

    def niet_voorbij(self, op: datetime.date) -> Self:
        """Those in force on a day, and those that begin later."""
        return self.filter(Q(tot=None) | Q(tot__gt=op))


@historie()
class Lidmaatschap(models.Model):
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="lidmaatschappen")
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="lidmaatschappen")
    rol = models.CharField(
        "rol",
        max_length=20,
        choices=Rol,
        help_text="Lezer: kijkt en volgt. Dossierhouder: houdt de maatregelen van de eigen organisatie bij. "
        "Coördinator: verdeelt daar werk en rechten. LRT-secretariaat: houdt agenda's bij en wijst trekkers toe. "
        "Beheerder: organisaties en mensen. Auditor: leest alles, ook het logboek, en wijzigt niets.",
    )
    leidinggevende = models.ForeignKey(
        Persoon,
        verbose_name="leidinggevende",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="geeft_leiding_aan",
        help_text="Wie het hoort als een termijn lang voorbij blijft.",
    )
    vanaf = models.DateField("vanaf", default=timezone.localdate, help_text="Eerste dag waarop de rol geldt.")
    tot = models.DateField("tot", null=True, blank=True, help_text="Eerste dag waarop de rol niet meer geldt.")

    objects: ClassVar[LidmaatschapQuerySet] = LidmaatschapQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ["organisatie__afkorting", "rol"]
        constraints = [
            models.CheckConstraint(name="lidmaatschap_rol", condition=Q(rol__in=Rol.values)),
            models.CheckConstraint(name="lidmaatschap_periode", condition=Q(tot=None) | Q(tot__gte=F("vanaf"))),
            models.UniqueConstraint(
                name="lidmaatschap_uniek", fields=["persoon", "organisatie", "rol"], condition=Q(tot=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rol_display()} bij {self.organisatie}"


class Toegangssleutel(AbstractAuthToken):  # type: ignore[misc]  # the library has no types
    """A token of a person's script: only its hash is kept, and it may never do more than its person."""

    naam = models.CharField(
        "naam", max_length=80, default="zonder naam", help_text="Waarvoor de sleutel is, zoals: rapportage BI."
    )
    schrijven = models.BooleanField(
        "mag schrijven", default=False, help_text="Zonder dit recht kan de sleutel alleen lezen."
    )
    bereik = ArrayField(
        models.CharField(max_length=40),
        verbose_name="bereik",
        default=list,
        blank=True,
        help_text="Welke onderdelen van de API, zoals maatregelen; leeg: alle.",
    )
    laatst_gebruikt_op = models.DateTimeField("laatst gebruikt op", null=True, editable=False)
    gemaakt_door = models.ForeignKey(
        Persoon,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Wie de sleutel maakte; bij een programma een ander dan de houder.",
    )

    objects: ClassVar[AuthTokenManager] = AuthTokenManager()

    class Meta:
        verbose_name = "toegangssleutel"
        verbose_name_plural = "toegangssleutels"
