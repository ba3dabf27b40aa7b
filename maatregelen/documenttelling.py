"""Counts what the data files hold and tells what a load did, in lines for a reader."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Model

from maatregelen.bronvergelijking import Verslag
from maatregelen.documentcontrole import Gegevens
from maatregelen.documentschema import Object
from maatregelen.models import Pijlerbetrokkenheid, Themaplaats

KOLOMMEN = (
    "pijlers",
    "maatregelen",
    "onderdelen",
    "voorwaarden",
    "PM",
    "mijlpalen",
    "tijdsaanduidingen",
    "betrokkenheden",
    "wetstrajecten",
    "cijfers",
)
MEERVOUD: dict[type[Model], str] = {
    Pijlerbetrokkenheid: "betrokkenheden bij pijlers",
    Themaplaats: "plaatsen in thema's",
}


def tellingen(gegevens: Gegevens) -> dict[str, Counter[str]]:
    """Per document (by its slug) how much of everything the files hold, milestones of cycles with their measure."""
    uit = {document["slug"]: _tel(document) for document in gegevens.documenten}
    for cyclus in gegevens.cycli:
        for document in gegevens.documenten:
            if any(cyclus["maatregel"] == maatregel["code"] for maatregel in _maatregelen(document)):
                uit[document["slug"]]["mijlpalen"] += len(cyclus["mijlpalen"])
    return uit


def _maatregelen(document: Object) -> list[Object]:
    return [maatregel for pijler in document["pijlers"] for maatregel in pijler["maatregelen"]]


def _tel(document: Object) -> Counter[str]:
    maatregelen = _maatregelen(document)
    return Counter(
        {
            "pijlers": len(document["pijlers"]),
            "maatregelen": len(maatregelen),
            "onderdelen": sum("onderdeelVan" in maatregel for maatregel in maatregelen),
            "voorwaarden": sum("voorwaarde" in maatregel for maatregel in maatregelen),
            "PM": sum(not maatregel.get("geaccordeerd", True) for maatregel in maatregelen),
            "mijlpalen": sum(len(maatregel.get("mijlpalen", [])) for maatregel in maatregelen),
            "tijdsaanduidingen": sum(len(maatregel.get("tijdsaanduidingen", [])) for maatregel in maatregelen),
            "betrokkenheden": sum(
                len(maatregel.get("betrokken", []))
                + len({*maatregel.get("verantwoordelijk", []), *maatregel.get("verantwoordelijkGeerfd", [])})
                for maatregel in maatregelen
            ),
            "wetstrajecten": sum("wetstraject" in maatregel for maatregel in maatregelen),
            "cijfers": len(document.get("cijfers", [])),
        }
    )


def tabel(gegevens: Gegevens) -> list[str]:
    """A table of counts, one line per document and one with the totals."""
    rijen = tellingen(gegevens)
    totaal: Counter[str] = sum(rijen.values(), Counter())
    breedte = max(len(naam) for naam in [*rijen, "document", "totaal"])
    kop = [f"{'document':<{breedte}}", *KOLOMMEN]
    regels = [
        "  ".join([f"{naam:<{breedte}}", *(f"{telling[kolom]:>{len(kolom)}}" for kolom in KOLOMMEN)])
        for naam, telling in [*rijen.items(), ("totaal", totaal)]
    ]
    gekoppeld = {code for thema in gegevens.themas for code in thema["maatregelen"]}
    return [
        "  ".join(kop),
        *regels,
        f"{len(rijen)} documenten, {len(gegevens.themas)} thema's met {len(gekoppeld)} maatregelen, "
        f"{len(gegevens.organisaties)} organisaties en aanduidingen.",
    ]


def verslag_in_woorden(verslag: Verslag, meervoud: Mapping[type[Model], str] = MEERVOUD) -> list[str]:
    """What was added, changed, and left because people changed it; `meervoud` where a model does not know its own."""
    regels = [
        f"Toegevoegd: {_opsomming(verslag.toegevoegd, meervoud)}.",
        f"Bijgewerkt: {_opsomming(verslag.bijgewerkt, meervoud)}.",
    ]
    if verslag.verwijderd:
        regels.append(f"Weggehaald: {_opsomming(verslag.verwijderd, meervoud)}.")
    if verslag.gelaten:
        regels += [f"Gelaten zoals mensen het hebben gewijzigd: {len(verslag.gelaten)}.", *_inspringen(verslag.gelaten)]
    if verslag.verdwenen:
        kop = f"Staat niet meer in de bestanden en is hier blijven staan: {len(verslag.verdwenen)}."
        regels += [kop, *_inspringen(verslag.verdwenen)]
    return regels


def _opsomming(teller: Counter[type[Model]], meervoud: Mapping[type[Model], str]) -> str:
    delen = {meervoud.get(model, str(model._meta.verbose_name_plural)): aantal for model, aantal in teller.items()}
    return ", ".join(f"{aantal} {naam}" for naam, aantal in sorted(delen.items())) or "niets"


def _inspringen(regels: list[str]) -> list[str]:
    return [f"  {regel}" for regel in regels]
