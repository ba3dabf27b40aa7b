"""From what a person typed to the fields of a termijn: the words say it, unless the days were given by hand.

The words always stay. What is given by hand is taken as it is, or refused in words; nothing is half read.
"""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError

from maatregelen.models import Mijlpaal, Precisie, Relatie
from maatregelen.models.mijlpaal import Termijn
from maatregelen.termijnen import Lezing, lees, uitleg


@dataclass(frozen=True)
class Zelfbepaald:
    """Days given by hand, beside or instead of what the words say; all empty when the words decide."""

    begin: datetime.date | None = None
    einde: datetime.date | None = None
    precisie: str = ""
    relatie: str = ""

    @property
    def is_leeg(self) -> bool:
        """Whether the words decide; a relation alone says nothing about days."""
        return self.begin is None and self.einde is None and not self.precisie

    @classmethod
    def van(cls, termijn: Termijn) -> "Zelfbepaald":
        """What of a termijn is not as its words say it."""
        if isinstance(termijn, Mijlpaal) and hangt_aan_iets(termijn):
            return cls()
        nu = (termijn.begin, termijn.einde, termijn.precisie, termijn.relatie)
        for lezing in lezingen(termijn.termijn_tekst, termijn.peildatum):
            if nu == (lezing.begin, lezing.einde, lezing.precisie, lezing.relatie or ""):
                return cls()
        return cls(termijn.begin, termijn.einde, termijn.precisie, termijn.relatie)


def _velden(lezing: Lezing) -> dict[str, Any]:
    return {
        "begin": lezing.begin,
        "einde": lezing.einde,
        "precisie": str(lezing.precisie),
        "relatie": str(lezing.relatie or ""),
        "duur": lezing.duur,
        "gebeurtenis": lezing.gebeurtenis,
        "herhaling": lezing.herhaling,
    }


def lezingen(tekst: str, peildatum: datetime.date) -> list[Lezing]:
    """The reading of the words, and the other judgement beside it where there is one."""
    lezing = lees(tekst, peildatum)
    return [lezing] if lezing.alternatief is None else [replace(lezing, alternatief=None), lezing.alternatief]


def gelezen_als(termijn: Termijn) -> int | None:
    """Which of the readings of its words a termijn follows in days; None when its days were given otherwise."""
    for nummer, lezing in enumerate(lezingen(termijn.termijn_tekst, termijn.peildatum)):
        if (termijn.begin, termijn.einde) == (lezing.begin, lezing.einde):
            return nummer
    return None


def hangt_aan_iets(mijlpaal: Mijlpaal) -> bool:
    """Whether an event decides the days, and not the words alone."""
    return mijlpaal.na_mijlpaal_id is not None or bool(mijlpaal.na_fase)


def andere_lezing(mijlpaal: Mijlpaal) -> Lezing | None:
    """The judgement that the days of a milestone do not follow, where its words leave two."""
    nummer = None if hangt_aan_iets(mijlpaal) else gelezen_als(mijlpaal)
    gevonden = lezingen(mijlpaal.termijn_tekst, mijlpaal.peildatum)
    return None if nummer is None or len(gevonden) == 1 else gevonden[1 - nummer]


def zin_gelezen(mijlpaal: Mijlpaal) -> str:
    """What a milestone's termijn is taken to mean and why, for who just wrote it.

    Both judgements, where there are two; that the days were given by hand; or on what it waits.
    """
    if hangt_aan_iets(mijlpaal):
        waaraan = mijlpaal.na_mijlpaal.omschrijving if mijlpaal.na_mijlpaal else mijlpaal.get_na_fase_display()
        return f"wacht op: {waaraan}" if mijlpaal.is_vaag else f"{_als_lezing(mijlpaal)}, geteld vanaf: {waaraan}"
    nummer = gelezen_als(mijlpaal)
    if nummer is None:
        return f"{_als_lezing(mijlpaal)}, zoals u zelf bepaalde"
    gevonden = lezingen(mijlpaal.termijn_tekst, mijlpaal.peildatum)
    return uitleg(replace(gevonden[nummer], alternatief=andere_lezing(mijlpaal)))


def kanttekening(mijlpaal: Mijlpaal) -> str:
    """What a reader must know who compares the days of a milestone with its words; empty when the words say it all."""
    if hangt_aan_iets(mijlpaal):
        return ""
    gevonden = lezingen(mijlpaal.termijn_tekst, mijlpaal.peildatum)
    nummer = gelezen_als(mijlpaal)
    if nummer is not None:
        ander = andere_lezing(mijlpaal)
        return f"Kan ook betekenen: {uitleg(ander)}." if ander else ""
    if mijlpaal.is_vaag:
        return f"Zonder datum vastgelegd; uit de woorden volgt: {uitleg(gevonden[0])}."
    if gevonden[0].is_vaag:
        return "Datum apart vastgelegd; uit de woorden volgt geen dag."
    return f"Datum apart vastgelegd; uit de woorden volgt: {uitleg(gevonden[0])}."


def _als_lezing(termijn: Termijn) -> str:
    relatie = Relatie(termijn.relatie) if termijn.relatie else None
    return uitleg(Lezing(termijn.begin, termijn.einde, Precisie(termijn.precisie), relatie, termijn.herhaling))


def velden_van(
    tekst: str, peildatum: datetime.date, *, zelf: Zelfbepaald | None = None, ander: bool = False, waaraan: str = ""
) -> dict[str, Any]:
    """The fields of a termijn: its words, the days that follow, and what the words say of recurring, length and event.

    `zelf`: days given by hand, which go before what the words say; `ander`: the other judgement of the words was meant;
    `waaraan`: the field that names an event on which the termijn hangs. Raises ValidationError per field: days that
    run backwards, vague with a day, precise without one, or both an event and days.
    """
    if waaraan and zelf is not None and not zelf.is_leeg:
        raise ValidationError(
            {waaraan: "Een gebeurtenis bepaalt de datum, of u bepaalt die zelf. Maak een van beide leeg."}
        )
    gevonden = lezingen(tekst, peildatum)
    velden = {"termijn_tekst": tekst, "peildatum": peildatum, **_velden(gevonden[-1 if ander else 0])}
    if zelf is None or zelf.is_leeg:
        return velden
    _controleer(zelf)
    return {**velden, "begin": zelf.begin, "einde": zelf.einde, **_vul_aan(zelf)}


def _controleer(zelf: Zelfbepaald) -> None:
    if zelf.begin and zelf.einde and zelf.einde < zelf.begin:
        raise ValidationError({"einde": "Het einde kan niet voor het begin liggen."})
    if zelf.precisie in (Precisie.VAAG, Precisie.DUUR):
        woord = "vaag" if zelf.precisie == Precisie.VAAG else "een duur"
        zin = f"U koos {woord}: dan hoort er geen dag bij. Maak dit leeg of kies anders."
        fouten = {naam: zin for naam in ("begin", "einde") if getattr(zelf, naam)}
        if fouten:
            raise ValidationError(fouten)
    elif zelf.begin is None and zelf.einde is None:
        zin = "Vul de dag in, of maak alles hier leeg: dan bepalen de woorden de datum."
        raise ValidationError({"begin" if zelf.relatie == Relatie.VANAF else "einde": zin})


def _vul_aan(zelf: Zelfbepaald) -> dict[str, str]:
    """Precision and relation as given, else what the days themselves say."""
    if zelf.begin is None or zelf.einde is None:
        precisie, relatie = Precisie.DAG, Relatie.UITERLIJK if zelf.begin is None else Relatie.VANAF
    elif zelf.begin == zelf.einde:
        precisie, relatie = Precisie.DAG, Relatie.OP
    else:
        precisie, relatie = Precisie.PERIODE, Relatie.TUSSEN
    if zelf.precisie in (Precisie.VAAG, Precisie.DUUR):
        relatie = Relatie.OP
    return {"precisie": zelf.precisie or str(precisie), "relatie": zelf.relatie or str(relatie)}
