"""From the words of a data file to the records it wants: nothing is read or written here."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from maatregelen.bronvergelijking import Rij, als_json
from maatregelen.documentschema import Object
from maatregelen.models import (
    Aard,
    Agenda,
    Agendastaat,
    BetrokkenheidRol,
    Herkomst,
    Indicator,
    Maatregel,
    Organisatie,
    Pijler,
    Pijlerrol,
    Publicatie,
    Status,
    Zichtniveau,
)

# What the text itself says about the state; everything else starts as announced.
BEGINSTATUS = {
    Aard.AFGEROND: Status.UITGEVOERD,
    Aard.BESTAAND_BELEID: Status.IN_UITVOERING,
    Aard.ONGEWIJZIGD_BELEID: Status.IN_UITVOERING,
}


def organisatierij(stuk: Object, opvolger: Organisatie | None) -> Rij:
    """An organisation, with the one that took over."""
    return Rij(
        stuk["slug"],
        {"slug": stuk["slug"]},
        {
            "naam": stuk["naam"],
            "afkorting": stuk["afkorting"],
            "soort": stuk["soort"],
            "is_rijk": stuk.get("isRijk", False),
            "tooi_id": stuk.get("tooiId", ""),
            "geldig_van": dag(stuk, "geldigVan"),
            "geldig_tot": dag(stuk, "geldigTot"),
            "opvolger": opvolger,
            "toelichting": stuk.get("toelichting", ""),
        },
    )


ZICHT_VAN = {niveau.name.lower(): niveau.value for niveau in Zichtniveau}


def publicatie_van(staat: str) -> Publicatie:
    """How far a document is here: what the text says was adopted, was."""
    return Publicatie.VASTGESTELD if staat == Agendastaat.VASTGESTELD else Publicatie.CONCEPT


def agendarij(stuk: Object) -> Rij:
    """A document, with the names of the sections and figures in it."""
    return Rij(
        stuk["slug"],
        # For whom it is, is the file's to say once; from then on it is people's.
        {
            "slug": stuk["slug"],
            "zichtbaarheid": ZICHT_VAN[stuk.get("zichtbaarheid", "regietafel")],
            "publicatie": publicatie_van(stuk["staat"]),
        },
        {
            "titel": stuk["titel"],
            "titel_bron": stuk.get("titelBron", ""),
            "soort": stuk["soort"],
            "soort_tekst": stuk.get("soortTekst", ""),
            "documentdatum": dag(stuk, "documentdatum"),
            "schatting_van": dag(stuk, "schattingVan"),
            "schatting_tot": dag(stuk, "schattingTot"),
            "datum_basis": stuk.get("datumBasis", ""),
            "geldt_vanaf": dag(stuk, "geldtVanaf"),
            "kenmerk": stuk.get("kenmerk", ""),
            "staat": stuk["staat"],
            "staat_tekst": stuk.get("staatTekst", ""),
            "is_lopend": stuk["isLopend"],
            "toelichting": stuk.get("toelichting", ""),
            "bronbestand": stuk.get("bronbestand", ""),
        },
        {
            "ondertekenaars": stuk.get("ondertekenaars", []),
            "pijlers": kenmerken(pijler["nummer"] for pijler in stuk["pijlers"]),
            "metingen": kenmerken(indicatorslug(cijfer) for cijfer in stuk.get("cijfers", [])),
        },
    )


def pijlerrij(
    stuk: Object, agenda: Agenda, bovenliggend: Pijler | None, slug_van: dict[str, str], *, mag_nieuw: bool
) -> Rij:
    """A section, with who is responsible for it or who presented it."""
    rollen = (("verantwoordelijk", Pijlerrol.VERANTWOORDELIJK), ("inleiders", Pijlerrol.INLEIDER))
    return Rij(
        f"{agenda.slug}/{stuk['nummer']}",
        {"agenda": agenda, "nummer": stuk["nummer"]},
        {
            "bovenliggend": bovenliggend,
            "volgorde": stuk["volgorde"],
            "titel": stuk["titel"],
            "kop_letterlijk": stuk.get("kopLetterlijk", ""),
            "toelichting": stuk.get("toelichting", ""),
            **regels(stuk),
        },
        {
            "betrokkenheden": _uniek(
                {"organisatie": slug_van[naam], "rol": rol.value} for veld, rol in rollen for naam in stuk.get(veld, [])
            )
        },
        mag_nieuw,
    )


def maatregelrij(
    stuk: Object, pijler: Pijler, bovenliggend: Maatregel | None, slug_van: dict[str, str], mijlpalen: Iterable[Object]
) -> Rij:
    """A measure, with who is involved, its indications of time, and the names of its milestones."""
    return Rij(
        stuk["code"],
        {
            "code": stuk["code"],
            "status": BEGINSTATUS.get(stuk["aard"], Status.AANGEKONDIGD),
            "publicatie": publicatie_van(pijler.agenda.staat),
        },
        {
            "pijler": pijler,
            "bovenliggend": bovenliggend,
            "volgorde": stuk["volgorde"],
            "titel": stuk["titel"],
            "soort": stuk["soort"],
            "aard": stuk["aard"],
            "geaccordeerd": stuk.get("geaccordeerd", True),
            "voorwaarde": stuk.get("voorwaarde", ""),
            "verwijzingen": stuk.get("verwijzingen", []),
            "toelichting": stuk.get("toelichting", ""),
            **regels(stuk),
            "geldt_vanaf": stuk["geldtVanaf"],
        },
        {
            "betrokkenheden": _betrokkenheden(stuk, slug_van),
            "tijdsaanduidingen": [_tijdsaanduiding(t, stuk["geldtVanaf"]) for t in stuk.get("tijdsaanduidingen", [])],
            "mijlpalen": kenmerken(mijlpaal["kenmerk"] for mijlpaal in mijlpalen),
            "wetstraject": kenmerken([stuk["code"]] if "wetstraject" in stuk else []),
        },
    )


def _betrokkenheden(maatregel: Object, slug_van: dict[str, str]) -> list[Object]:
    """Who the text involves. An organisation that the sentence itself names does not inherit the same role again."""
    genoemd, geerfd, betrokken = (
        [slug_van[naam] for naam in maatregel.get(veld, [])]
        for veld in ("verantwoordelijk", "verantwoordelijkGeerfd", "betrokken")
    )
    return _uniek(
        {"organisatie": slug, "rol": rol.value, "herkomst": herkomst.value}
        for slugs, rol, herkomst in (
            (genoemd, BetrokkenheidRol.VERANTWOORDELIJK, Herkomst.GENOEMD),
            ([slug for slug in geerfd if slug not in genoemd], BetrokkenheidRol.VERANTWOORDELIJK, Herkomst.GEERFD),
            (betrokken, BetrokkenheidRol.BETROKKEN, Herkomst.GENOEMD),
        )
        for slug in slugs
    )


def _tijdsaanduiding(stuk: Object, peildatum: datetime.date) -> Object:
    waarden = {"bron_id": stuk["kenmerk"], "soort_tekst": stuk.get("soortTekst", ""), **_termijn(stuk, peildatum)}
    return {veld: als_json(waarde) for veld, waarde in waarden.items()}


def mijlpaalrij(stuk: Object, maatregel: Maatregel, peildatum: datetime.date, cyclus: str, *, mag_nieuw: bool) -> Rij:
    """A milestone, of the document itself or of a cycle that goes on after it."""
    return Rij(
        f"{maatregel.code}/{stuk['kenmerk']}",
        {"maatregel": maatregel, "bron_id": stuk["kenmerk"]},
        {
            "omschrijving": stuk["omschrijving"],
            "hardheid": stuk["hardheid"],
            "cyclus": cyclus,
            "bron": stuk.get("bron", ""),
            "toelichting": stuk.get("toelichting", ""),
            "behaald_op": dag(stuk, "behaaldOp"),
            "behaald_bewijs": stuk.get("behaaldBewijs", ""),
            # A file hangs nothing on an event; people do, and then the days come from there.
            "na_mijlpaal_id": None,
            "na_fase": "",
            **_termijn(stuk, peildatum),
        },
        mag_nieuw=mag_nieuw,
    )


def wetstrajectrij(stuk: Object, maatregel: Maatregel, *, mag_nieuw: bool) -> Rij:
    """The legal track of a measure, in the words of the text."""
    traject = stuk["wetstraject"]
    return Rij(
        maatregel.code,
        {"maatregel": maatregel},
        {"soort": traject["soort"], "dossier": traject.get("dossier", ""), "stand_tekst": traject["standTekst"]},
        mag_nieuw=mag_nieuw,
    )


def indicatorslug(cijfer: Object) -> str:
    """The name in the address of what this figure measures."""
    return slugify(str(cijfer["indicator"]))[:80]


def indicatorrij(cijfer: Object) -> Rij:
    """What a figure measures."""
    slug = indicatorslug(cijfer)
    return Rij(slug, {"slug": slug, "naam": cijfer["indicator"]}, {"eenheid": cijfer["eenheid"]})


def metingrij(document: Object, cijfer: Object, agenda: Agenda, indicator: Indicator, *, mag_nieuw: bool) -> Rij:
    """A figure as a document gives it, on the day of that document."""
    regel = f", regel {cijfer['regel']}" if "regel" in cijfer else ""
    return Rij(
        f"{document['slug']}/{indicatorslug(cijfer)}",
        {"indicator": indicator, "agenda": agenda},
        {
            "waarde": getal(cijfer, "waarde"),
            "waarde_tot": getal(cijfer, "waardeTot"),
            "waarde_tekst": cijfer.get("waardeTekst", ""),
            "vorige": cijfer.get("vorige", ""),
            "kwalificatie": cijfer.get("kwalificatie", ""),
            "periode": cijfer.get("periode", ""),
            "peildatum": dag(document, "geldtVanaf"),
            "bron": f"{document['titel'][:220]}{regel}",
            "regel_van": cijfer.get("regel"),
        },
        mag_nieuw=mag_nieuw,
    )


def themarij(stuk: Object, bekend: dict[str, Maatregel]) -> Rij:
    """A theme, with its measures in the order of the documents."""
    return Rij(
        stuk["slug"],
        {"slug": stuk["slug"]},
        {
            "titel": stuk["titel"],
            "ontwikkeling": stuk.get("ontwikkeling", ""),
            "toelichting": stuk.get("toelichting", ""),
        },
        {"plaatsen": [{"maatregel": code} for code in stuk["maatregelen"] if code in bekend]},
    )


def beginzin(maatregel: Maatregel, agendatitel: str) -> str:
    """The reason in the first row of a measure's history: which text it follows from."""
    van, tot = maatregel.regel_van, maatregel.regel_tot
    regels = "" if van is None else f", regel {van}" if van == tot else f", regels {van} tot en met {tot}"
    zin = f"Volgt uit het stuk “{agendatitel}”{regels}."
    return (
        zin if maatregel.status == Status.AANGEKONDIGD else f"{zin} Het stuk noemt dit {maatregel.get_aard_display()}."
    )


def _termijn(stuk: Object, peildatum: datetime.date) -> dict[str, Any]:
    return {
        "termijn_tekst": stuk["termijnTekst"],
        "begin": dag(stuk, "begin"),
        "einde": dag(stuk, "einde"),
        "precisie": stuk["precisie"],
        "relatie": stuk["relatie"],
        "herhaling": stuk.get("herhaling", ""),
        "duur": stuk.get("duur", ""),
        "peildatum": peildatum,
        "voor_wie": stuk.get("voorWie", ""),
        **regels(stuk),
    }


def dag(stuk: Object, veld: str) -> datetime.date | None:
    """The day in a field, if it is there."""
    return datetime.date.fromisoformat(stuk[veld]) if veld in stuk else None


def getal(stuk: Object, veld: str) -> Decimal | None:
    """The number in a field, if it is there, with the two decimals that the tables keep."""
    return Decimal(str(stuk[veld])).quantize(Decimal("0.01")) if veld in stuk else None


def regels(stuk: Object) -> dict[str, Any]:
    """The lines of the source text, if they are given."""
    return {"regel_van": stuk.get("regelVan"), "regel_tot": stuk.get("regelTot")}


def kenmerken(namen: Iterable[str]) -> list[Object]:
    """The names of what a record carries, as its `bronwaarden` keep them."""
    return [{"kenmerk": naam} for naam in namen]


def _uniek(inhoud: Iterable[Object]) -> list[Object]:
    """Without repeats: two spellings in one sentence may lead to the same organisation."""
    uit: list[Object] = []
    for stuk in inhoud:
        if stuk not in uit:
            uit.append(stuk)
    return uit
