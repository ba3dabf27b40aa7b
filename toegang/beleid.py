"""What roles ask of the people who hold them, kept by the beheerder."""

import datetime

from django.db import transaction

from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf
from maatregelen.models import Persoon, Rol
from toegang.models import Rolbeleid


def beleid_per_rol() -> list[Rolbeleid]:
    """One per role, in the order of the roles; where none is kept what holds without."""
    bewaard = {rij.rol: rij for rij in Rolbeleid.objects.all()}
    return [bewaard.get(rol, Rolbeleid(rol=rol)) for rol in Rol.values]


def vier_ogen_voor(rollen: set[str]) -> bool:
    """Whether what holders of these roles put forward is settled by somebody else."""
    gevonden: bool = Rolbeleid.objects.filter(rol__in=rollen, vier_ogen=True).exists()
    return gevonden


def zet_beleid(
    rol: str, *, tweede_factor_verplicht: bool, vier_ogen: bool, door: Persoon, moment: datetime.datetime
) -> bool:
    """Say what a role asks; answers whether that is a change. Raises ValueError for what is no role."""
    rol = Rol(rol).value
    with transaction.atomic():
        rij, _ = Rolbeleid.objects.select_for_update().get_or_create(rol=rol)
        wens = {"tweede_factor_verplicht": tweede_factor_verplicht, "vier_ogen": vier_ogen}
        anders = [veld for veld, waarde in wens.items() if getattr(rij, veld) != waarde]
        if not anders:
            return False
        for veld in anders:
            setattr(rij, veld, wens[veld])
        rij.save(update_fields=anders)
        schrijf(
            actie=Actie.INSTELLING_WIJZIGEN,
            resultaat=Resultaat.GELUKT,
            moment=moment,
            actor=door,
            over=Onderwerp("rolbeleid", rol, rij.get_rol_display()),
            details={veld: wens[veld] for veld in anders},
        )
    return True
