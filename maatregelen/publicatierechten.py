"""Who may say who something is for, publish it, and react: the questions of zichtbaarheid about that."""

from maatregelen.models import Afgeschermd, Agenda, Maatregel, Mijlpaal, Organisatie, Pijler, Reactie
from maatregelen.zichtbaarheid import (
    HOUDT_BIJ,
    Bevoegdheid,
    alleen_nu,
    mag_agenda_bijhouden,
    mag_maatregel_bijhouden,
    mag_pijler_bijhouden,
)


@alleen_nu
def mag_afschermen(wie: Bevoegdheid, stuk: Afgeschermd) -> bool:
    """Who says who may see a record, among those who see it: who keeps it up, or the agenda it stands in."""
    if isinstance(stuk, Agenda):
        return mag_agenda_bijhouden(wie, stuk)
    if isinstance(stuk, Pijler):
        return mag_pijler_bijhouden(wie, stuk)
    if isinstance(stuk, Mijlpaal):
        return mag_afschermen(wie, stuk.maatregel)
    if isinstance(stuk, Maatregel):
        return mag_agenda_bijhouden(wie, stuk.pijler.agenda) or mag_maatregel_bijhouden(wie, stuk)
    return False


@alleen_nu
def mag_voorleggen(wie: Bevoegdheid, stuk: Agenda | Maatregel) -> bool:
    """Who submits it, and makes it a concept again: who keeps it up, or the agenda it stands in."""
    return mag_afschermen(wie, stuk)


@alleen_nu
def mag_vaststellen(wie: Bevoegdheid, stuk: Agenda | Maatregel) -> bool:
    """Who adopts it: who may submit it. Whether that must be somebody else is for the policy (see publicatie)."""
    return mag_afschermen(wie, stuk)


def spreekt_namens(wie: Bevoegdheid) -> dict[int, Organisatie]:
    """The organisations a person can react for: where they keep up work. Who only reads speaks for nobody."""
    return {lid.organisatie_id: lid.organisatie for lid in wie.lidmaatschappen if lid.rol in HOUDT_BIJ}


@alleen_nu
def mag_reageren(wie: Bevoegdheid, maatregel: Maatregel) -> bool:
    """Who files a reaction on a measure: who sees it and speaks for an organisation."""
    return bool(spreekt_namens(wie)) and wie.blik.ziet(maatregel)


@alleen_nu
def mag_reactie_wijzigen(wie: Bevoegdheid, reactie: Reactie) -> bool:
    """Who changes or withdraws a reaction: who speaks for its organisation, whoever of them wrote it."""
    return reactie.organisatie_id in spreekt_namens(wie) and wie.blik.ziet(reactie)


@alleen_nu
def mag_publicatiebeleid_zetten(wie: Bevoegdheid) -> bool:
    """Who says whether there is a part for everybody, and whether two people must have looked."""
    return wie.is_beheerder
