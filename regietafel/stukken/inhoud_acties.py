"""What stands in a list of actions: of one meeting or of all, of one organisation or of everybody."""

from collections.abc import Mapping

from maatregelen.zichtbaarheid import zichtbare_organisaties
from regietafel.models import Actiepunt
from regietafel.stukken import woorden
from regietafel.stukken.beschrijving import Alinea, Blok, Kop, feiten
from regietafel.stukken.inhoud_maatregelen import Deel, actietabel
from regietafel.stukken.inhoud_vergadering import lees_vergadering
from regietafel.stukken.zicht import NietTeZien, Zicht
from regietafel.zichtbaarheid import zichtbare_actiepunten


def actielijst(onderwerp: Mapping[str, str], zicht: Zicht) -> Deel:
    """The actions per organisation, soonest first; those of nobody first of all.

    Of a meeting: all that was agreed there, whatever became of it. Without one: all that is open.
    """
    rijen = zichtbare_actiepunten(zicht.wie)
    over = []
    if "vergadering" in onderwerp:
        vergadering = lees_vergadering(onderwerp, zicht)
        rijen = rijen.afgesproken().filter(agendapunt__vergadering=vergadering.pk)
        over.append(("Vergadering", f"{vergadering.titel}, {woorden.wanneer(vergadering)}"))
        titel = f"Acties uit {vergadering.titel}"
    else:
        rijen = rijen.open()
        titel = "Openstaande acties"
    if "organisatie" in onderwerp:
        organisatie = zichtbare_organisaties(zicht.wie).filter(slug=onderwerp["organisatie"]).first()
        if organisatie is None:
            raise NietTeZien(onderwerp["organisatie"])
        rijen = rijen.filter(organisatie=organisatie.pk)
        over.append(("Organisatie", organisatie.naam))
        titel = f"{titel} van {organisatie}"
    acties: list[Actiepunt] = list(
        rijen.select_related("organisatie__opvolger", "agendapunt__vergadering").order_by("einde", "code")
    )
    te_laat = sum(actie.is_te_laat(zicht.dag) for actie in acties)
    zonder = sum(actie.organisatie_id is None and not actie.wie_tekst for actie in acties)
    over += [
        ("Aantal", woorden.aantal(len(acties), "actie", "acties")),
        ("Te laat", str(te_laat) if te_laat else ""),
        ("Zonder trekker", str(zonder) if zonder else ""),
    ]
    blokken: list[Blok] = [feiten(over)]
    per_wie: dict[str, list[Actiepunt]] = {}
    for actie in acties:
        per_wie.setdefault(_groep(actie, zicht), []).append(actie)
    for wie in sorted(per_wie, key=lambda naam: (naam != woorden.NIEMAND, naam.casefold(), naam)):
        blokken += [
            Kop(woorden.hoofdletter(wie)),
            actietabel(per_wie[wie], zicht, f"Acties van {wie}"),
        ]
    if not acties:
        blokken.append(Alinea("Er zijn geen acties."))
    return "Actielijst", titel, zicht.banden(), blokken


def _groep(actie: Actiepunt, zicht: Zicht) -> str:
    if actie.organisatie:
        return woorden.organisatie(actie.organisatie, zicht.dag)
    return actie.wie_tekst or woorden.NIEMAND
