"""What roles ask of the people who hold them, kept by the beheerder."""

import datetime
from collections.abc import Collection

from django.db import transaction

from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf
from maatregelen.models import Persoon, Rol
from toegang.models import Rolbeleid


def zet_rollen_met_tweede_stap(rollen: Collection[str], *, door: Persoon, moment: datetime.datetime) -> list[Rol]:
    """Say which roles ask for a second step; answers those for which that is a change, each with a line in the log.

    Raises ValueError for what is no role; nothing has changed then.
    """
    gewild = {Rol(rol) for rol in rollen}
    with transaction.atomic():
        bewaard = {rij.rol: rij for rij in Rolbeleid.objects.select_for_update()}
        gewijzigd = []
        for rol in Rol:
            rij = bewaard.get(rol) or Rolbeleid(rol=rol)
            if rij.tweede_factor_verplicht == (rol in gewild):
                continue
            rij.tweede_factor_verplicht = rol in gewild
            rij.save()
            gewijzigd.append(rol)
            schrijf(
                actie=Actie.INSTELLING_WIJZIGEN,
                resultaat=Resultaat.GELUKT,
                moment=moment,
                actor=door,
                over=Onderwerp("rolbeleid", rol, rol.label),
                details={"tweede_factor_verplicht": rij.tweede_factor_verplicht},
            )
    return gewijzigd
