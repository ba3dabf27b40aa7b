"""Counts what the data files of meetings hold, in lines for a reader."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Model

from maatregelen.documentschema import Object
from regietafel.models import (
    Actiemaatregel,
    Cijfermaatregel,
    Inbrengmaatregel,
    Inleider,
    Puntmaatregel,
    Reekslid,
    Staatwijziging,
)
from regietafel.vergadercontrole import Vergadergegevens

KOLOMMEN = ("deelnemers", "punten", "bijlagen", "inbreng", "besluiten", "actiepunten", "cijfers", "trends")
MEERVOUD: Mapping[type[Model], str] = {
    Actiemaatregel: "maatregelen bij actiepunten",
    Cijfermaatregel: "maatregelen bij cijfers",
    Inbrengmaatregel: "maatregelen bij inbreng",
    Inleider: "inleiders",
    Puntmaatregel: "maatregelen bij agendapunten",
    Reekslid: "leden van reeksen",
    Staatwijziging: "stappen van vergaderingen",
}


def vergadertellingen(gegevens: Vergadergegevens) -> dict[str, Counter[str]]:
    """Per meeting (by its slug) how much of everything the files hold."""
    return {vergadering["slug"]: _tel(vergadering) for vergadering in gegevens.vergaderingen}


def _tel(vergadering: Object) -> Counter[str]:
    punten = vergadering.get("agendapunten", [])
    return Counter(
        {
            "deelnemers": len(vergadering.get("deelnemers", [])),
            "punten": len(punten),
            **{kolom: sum(len(punt.get(kolom, [])) for punt in punten) for kolom in KOLOMMEN[2:]},
        }
    )


def vergadertabel(gegevens: Vergadergegevens) -> list[str]:
    """A table of counts, one line per meeting and one with the totals."""
    rijen = vergadertellingen(gegevens)
    totaal: Counter[str] = sum(rijen.values(), Counter())
    breedte = max(len(naam) for naam in [*rijen, "vergadering"])
    regels = [
        "  ".join([f"{naam:<{breedte}}", *(f"{telling[kolom]:>{len(kolom)}}" for kolom in KOLOMMEN)])
        for naam, telling in [*rijen.items(), ("totaal", totaal)]
    ]
    reeksen = len(gegevens.reeksen)
    aantal = f"{reeksen} reeks" if reeksen == 1 else f"{reeksen} reeksen"
    return ["  ".join([f"{'vergadering':<{breedte}}", *KOLOMMEN]), *regels, f"{aantal}, {len(rijen)} vergaderingen."]
