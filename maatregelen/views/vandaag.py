"""What asks attention today: the first page."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import Rol
from maatregelen.signalen import stand_niet_gemeld, te_laat
from maatregelen.termijnkalender import met_maatregel, op_sleuteldag
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd
from maatregelen.voortgang import aandacht, dekking_trekkers, recent_gewijzigd, standen
from maatregelen.zichtbaarheid import (
    eigen_maatregelen,
    zichtbare_agendas,
    zichtbare_maatregelen,
    zichtbare_mijlpalen,
    zichtbare_statuswijzigingen,
)

MIJ, IEDEREEN = "mij", "iedereen"
DAGEN_KOMEND, DAGEN_VERDER = 30, 60
PER_KOLOM, OP_DE_AS, WIJZIGINGEN = 5, 12, 8


@openbaar
@in_de_tijd
@require_safe
def vandaag(request: HttpRequest) -> HttpResponse:
    """Late, coming, without an owner, changed; for a dossierhouder the own measures first."""
    wie = bevoegdheid(request)
    heeft_eigen = Rol.DOSSIERHOUDER in wie.rollen
    van = lees_adres(request, {"van": (MIJ, IEDEREEN)}).get("van", MIJ if heeft_eigen else IEDEREEN)
    dag = wie.vandaag
    alle = zichtbare_maatregelen(wie)
    mijlpalen, wijzigingen = zichtbare_mijlpalen(wie), zichtbare_statuswijzigingen(wie)
    if van == MIJ:
        # Read once: as a question inside five others it leaves the planner too many ways to go wrong.
        eigen = list(eigen_maatregelen(wie).values_list("pk", flat=True))
        mijlpalen, wijzigingen = mijlpalen.filter(maatregel__in=eigen), wijzigingen.filter(maatregel__in=eigen)

    laat = list(met_maatregel(op_sleuteldag(te_laat(mijlpalen, dag)))[:PER_KOLOM])
    ongemeld = list(met_maatregel(op_sleuteldag(stand_niet_gemeld(mijlpalen, dag)))[:PER_KOLOM])
    komend = list(met_maatregel(op_sleuteldag(mijlpalen.komend(dag, DAGEN_VERDER)))[:OP_DE_AS])
    met_verantwoordelijken([mijlpaal.maatregel for mijlpaal in (*laat, *ongemeld, *komend)])

    binnenkort = [mijlpaal for mijlpaal in komend if (mijlpaal.sleuteldag - dag).days <= DAGEN_KOMEND]  # type: ignore[attr-defined]
    agendas = list(zichtbare_agendas(wie).lopend())
    stand_per_agenda = standen(alle.filter(pijler__agenda__in=agendas), "pijler__agenda")
    return toon(
        request,
        "maatregelen/vandaag.html",
        wie,
        {
            "van": van,
            "heeft_eigen": heeft_eigen,
            "aantallen": aandacht(mijlpalen, dag, DAGEN_KOMEND, DAGEN_VERDER),
            "te_laat": laat,
            "niet_gemeld": ongemeld,
            "binnenkort": binnenkort[:PER_KOLOM],
            "komend": komend,
            "dagen_komend": DAGEN_KOMEND,
            "dagen_verder": DAGEN_VERDER,
            "einde_komend": dag + datetime.timedelta(days=DAGEN_KOMEND),
            "einde_as": dag + datetime.timedelta(days=DAGEN_VERDER),
            "dekking": dekking_trekkers(alle),
            "wijzigingen": list(recent_gewijzigd(wijzigingen, WIJZIGINGEN)),
            "agendas": [(agenda, stand_per_agenda.get(agenda.pk)) for agenda in agendas],
        },
    )
