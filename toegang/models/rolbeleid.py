"""What a role asks of the people who hold it."""

from typing import Any

from django.db import models
from django.db.models import Q

from maatregelen.models import Rol
from maatregelen.models.grondslag import historie


@historie()
class Rolbeleid(models.Model):
    rol = models.CharField("rol", max_length=20, choices=Rol, unique=True, editable=False)
    tweede_factor_verplicht = models.BooleanField(
        "tweede stap verplicht",
        default=True,
        help_text="Wie deze rol heeft, logt in met een tweede stap: een code van een app of een passkey. Zonder tweede "
        "stap komt iemand alleen op de pagina om die in te stellen.",
    )

    class Meta:
        verbose_name = "rolbeleid"
        verbose_name_plural = "rolbeleid"
        ordering = ["rol"]
        constraints = [models.CheckConstraint(name="rolbeleid_rol", condition=Q(rol__in=Rol.values))]

    objects: Any = models.Manager()

    def __str__(self) -> str:
        return self.get_rol_display()
