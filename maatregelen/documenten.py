"""Loads the documents: from checked data files to records, again and again, without undoing what people did.

A first load writes in bulk. A later one compares: what the file changed is taken over where nobody else changed it,
what people changed or ended stays as it is, and where nothing differs nothing is written.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import QuerySet

from maatregelen.bronteksten import voeg_bronnen_toe, voeg_brontekst_toe
from maatregelen.bronvergelijking import Lijstsoort, Rij, Soort, Vergelijking, Verslag
from maatregelen.documentcontrole import GEGEVENSMAP, Documentfout, Gegevens, lees
from maatregelen.documentrijen import (
    agendarij,
    beginzin,
    indicatorrij,
    indicatorslug,
    maatregelrij,
    metingrij,
    mijlpaalrij,
    organisatierij,
    pijlerrij,
    themarij,
    wetstrajectrij,
)
from maatregelen.documentschema import Object
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Indicator,
    Maatregel,
    Meting,
    Mijlpaal,
    Ondertekenaar,
    Organisatie,
    Pijler,
    Pijlerbetrokkenheid,
    Statuswijziging,
    Thema,
    Themaplaats,
    Tijdsaanduiding,
    Wetstraject,
)
from maatregelen.termijnbewaking import bepaal_na_mijlpaal, wacht_op_agendas, wijzig_mijlpaal

# The door to this matter: what commands and pages use.
__all__ = ["GEGEVENSMAP", "Documentfout", "Gegevens", "laad", "lees", "voeg_bronnen_toe", "voeg_brontekst_toe"]

SLOT = 20182026  # of the advisory lock: two loads at the same time take turns

REGELS = ("regel_van", "regel_tot")
# With the event on which people hung it: its days come from there.
TERMIJN = (
    "termijn_tekst", "begin", "einde", "precisie", "relatie", "herhaling", "duur", "peildatum", "na_mijlpaal_id",
    "na_fase",
)  # fmt: skip
AGENDADATUM = ("documentdatum", "schatting_van", "schatting_tot", "datum_basis", "geldt_vanaf")

REDEN = "Gewijzigd in de gegevensbestanden."


def _wijzig_mijlpaal(mijlpaal: Mijlpaal, velden: dict[str, Any], moment: datetime.datetime) -> None:
    """What a file changed in a milestone, as everybody changes it: a termijn that moves keeps what it was, and why."""
    wijzig_mijlpaal(mijlpaal, velden, reden=REDEN, door=None, versie=None, moment=moment)
    if "behaald_op" in velden:
        bepaal_na_mijlpaal(mijlpaal, op=velden["behaald_op"], door=None, moment=moment)


ORGANISATIES = Soort(Organisatie, (("geldig_van", "geldig_tot", "opvolger"),), ("opvolger",))
AGENDAS = Soort(Agenda, (AGENDADATUM,), blijvend=frozenset({"pijlers", "metingen"}))
PIJLERS = Soort(Pijler, (REGELS,), ("agenda", "bovenliggend__agenda"))
MAATREGELEN = Soort(
    Maatregel, (REGELS,), ("pijler__agenda", "bovenliggend"), blijvend=frozenset({"mijlpalen", "wetstraject"})
)
MIJLPALEN = Soort(Mijlpaal, (TERMIJN, REGELS, ("behaald_op", "behaald_bewijs")), wijzig=_wijzig_mijlpaal)
WETSTRAJECTEN = Soort(Wetstraject)
INDICATOREN = Soort(Indicator)
METINGEN = Soort(Meting, (("waarde", "waarde_tot", "waarde_tekst"),))
THEMAS = Soort(Thema)


def laad(gegevens: Gegevens, *, moment: datetime.datetime) -> Verslag:
    """Load checked data files in one transaction, as recorded at `moment`. A second time nothing is written."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        # Before any row is locked: who changes a termijn waits in the same order.
        wacht_op_agendas(document["slug"] for document in gegevens.documenten)
        lading = _Lading(gegevens, moment)
        lading.voer_uit()
        verslag = lading.vergelijking.verslag
        if verslag.toegevoegd:
            # Without this the first pages after a load are planned as if the tables were empty, and take minutes.
            with connection.cursor() as cursor:
                for model in apps.get_app_config("maatregelen").get_models():
                    cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
        return verslag


class _Lading:
    """The records of one load, in the order in which they lean on each other."""

    def __init__(self, gegevens: Gegevens, moment: datetime.datetime) -> None:
        self.gegevens = gegevens
        self.moment = moment
        self.vergelijking = Vergelijking(moment)
        self.slug_van = gegevens.organisatie_bij_naam()
        self.organisaties: dict[str, Organisatie] = {}
        self.agendas: dict[str, Agenda] = {}
        self.pijlers: dict[str, Pijler] = {}
        self.maatregelen: dict[str, Maatregel] = {}
        self.stukken = _maatregelstukken(gegevens)

    def voer_uit(self) -> None:
        self._organisaties()
        self._agendas()
        self._pijlers()
        self._maatregelen()
        self._beginstatussen()
        self._mijlpalen()
        self._wetstrajecten()
        self._cijfers()
        self._themas()
        self.vergelijking.werk_lijsten_bij(
            {
                (Agenda, "ondertekenaars"): Lijstsoort(Ondertekenaar, _ondertekenaar, _ondertekenaar_weg),
                (Pijler, "betrokkenheden"): Lijstsoort(
                    Pijlerbetrokkenheid, self._pijlerbetrokkenheid, self._pijlerbetrokkenheid_weg
                ),
                (Maatregel, "betrokkenheden"): Lijstsoort(Betrokkenheid, self._betrokkenheid, self._betrokkenheid_weg),
                (Maatregel, "tijdsaanduidingen"): Lijstsoort(Tijdsaanduiding, _tijdsaanduiding, _tijdsaanduiding_weg),
                (Thema, "plaatsen"): Lijstsoort(Themaplaats, self._plaats, self._plaats_weg),
            }
        )

    def _organisaties(self) -> None:
        bestaand = {organisatie.slug: organisatie for organisatie in Organisatie.objects.select_related("opvolger")}
        op_naam = {organisatie.naam: organisatie for organisatie in bestaand.values()}
        for stuk in self.gegevens.organisaties:  # made by people under the same name: theirs counts
            if stuk["slug"] not in bestaand and stuk["naam"] in op_naam:
                bestaand[stuk["slug"]] = op_naam[stuk["naam"]]
        for laag in _lagen(self.gegevens.organisaties, "slug", "opvolger"):
            rijen = [organisatierij(stuk, self.organisaties.get(stuk.get("opvolger", ""))) for stuk in laag]
            self.organisaties |= self.vergelijking.verwerk(ORGANISATIES, rijen, bestaand)

    def _agendas(self) -> None:
        slugs = [document["slug"] for document in self.gegevens.documenten]
        bestaand = {agenda.slug: agenda for agenda in Agenda.objects.filter(slug__in=slugs)}
        rijen = [agendarij(document) for document in self.gegevens.documenten]
        self.agendas = self.vergelijking.verwerk(AGENDAS, rijen, bestaand)

    def _pijlers(self) -> None:
        bestaand = {
            f"{pijler.agenda.slug}/{pijler.nummer}": pijler
            for pijler in Pijler.objects.filter(agenda__slug__in=self.agendas).select_related(*PIJLERS.verwanten)
        }
        stukken = [
            {
                **pijler,
                "agenda": document["slug"],
                "volgorde": plaats,
                "sleutel": f"{document['slug']}/{pijler['nummer']}",
            }
            | ({"boven": f"{document['slug']}/{pijler['bovenliggend']}"} if "bovenliggend" in pijler else {})
            for document in self.gegevens.documenten
            for plaats, pijler in enumerate(document["pijlers"])
        ]
        for laag in _lagen(stukken, "sleutel", "boven"):
            rijen = [
                pijlerrij(
                    stuk,
                    self.agendas[stuk["agenda"]],
                    self.pijlers.get(stuk.get("boven", "")),
                    self.slug_van,
                    mag_nieuw=self.vergelijking.is_erbij(Agenda, stuk["agenda"], "pijlers", stuk["nummer"]),
                )
                for stuk in laag
            ]
            self.pijlers |= self.vergelijking.verwerk(PIJLERS, rijen, bestaand)

    def _maatregelen(self) -> None:
        codes = [stuk["code"] for stuk in self.stukken]
        bestaand = {
            maatregel.code: maatregel
            for maatregel in Maatregel.objects.filter(code__in=codes).select_related(*MAATREGELEN.verwanten)
        }
        for laag in _lagen(self.stukken, "code", "onderdeelVan"):
            rijen: list[Rij] = []
            for stuk in laag:
                if pijler := self.pijlers.get(stuk["pijler"]):
                    boven = self.maatregelen.get(stuk.get("onderdeelVan", ""))
                    mijlpalen = (mijlpaal for mijlpaal, *_ in self._termijnen_van(stuk))
                    rijen.append(maatregelrij(stuk, pijler, boven, self.slug_van, mijlpalen))
                else:
                    regel = f"maatregel {stuk['code']}: pijler {stuk['pijler']} is hier weggehaald"
                    self.vergelijking.verslag.gelaten.append(regel)
            self.maatregelen |= self.vergelijking.verwerk(MAATREGELEN, rijen, bestaand)

    def _beginstatussen(self) -> None:
        """The first row of each new measure's history: its state on the day of its document, by nobody here."""
        nieuw = [self.maatregelen[stuk["code"]] for stuk in self.stukken if stuk["code"] in self.maatregelen]
        gemaakt = {id(maatregel) for maatregel in self.vergelijking.nieuwe[Maatregel]}
        rijen = [
            Statuswijziging(
                maatregel=maatregel,
                naar=maatregel.status,
                per=maatregel.geldt_vanaf,
                toelichting=beginzin(maatregel, maatregel.pijler.agenda.titel),
                vastgelegd_op=self.moment,
            )
            for maatregel in nieuw
            if id(maatregel) in gemaakt
        ]
        Statuswijziging.objects.bulk_create(rijen)
        self.vergelijking.tel(self.vergelijking.verslag.toegevoegd, Statuswijziging, len(rijen))

    def _termijnen_van(self, stuk: Object) -> Iterable[tuple[Object, datetime.date, str]]:
        """The milestones of a measure: those of its text, and those of cycles that go on after it."""
        for mijlpaal in stuk.get("mijlpalen", []):
            yield mijlpaal, stuk["geldtVanaf"], mijlpaal.get("cyclus", "")
        for cyclus in self.gegevens.cycli:
            if cyclus["maatregel"] == stuk["code"]:
                for mijlpaal in cyclus["mijlpalen"]:
                    yield mijlpaal, datetime.date.fromisoformat(cyclus["peildatum"]), cyclus["cyclus"]

    def _mijlpalen(self) -> None:
        bestaand = {
            f"{mijlpaal.maatregel.code}/{mijlpaal.bron_id}": mijlpaal
            for mijlpaal in Mijlpaal.objects.filter(maatregel__code__in=self.maatregelen)
            .exclude(bron_id="")
            .select_related("maatregel")
        }
        rijen = [
            mijlpaalrij(
                mijlpaal,
                self.maatregelen[stuk["code"]],
                peildatum,
                cyclus,
                mag_nieuw=self.vergelijking.is_erbij(Maatregel, stuk["code"], "mijlpalen", mijlpaal["kenmerk"]),
            )
            for stuk in self.stukken
            if stuk["code"] in self.maatregelen
            for mijlpaal, peildatum, cyclus in self._termijnen_van(stuk)
        ]
        self.vergelijking.verwerk(MIJLPALEN, rijen, bestaand)

    def _wetstrajecten(self) -> None:
        bestaand = {
            traject.maatregel.code: traject
            for traject in Wetstraject.objects.filter(maatregel__code__in=self.maatregelen).select_related("maatregel")
        }
        rijen = [
            wetstrajectrij(
                stuk,
                self.maatregelen[stuk["code"]],
                mag_nieuw=self.vergelijking.is_erbij(Maatregel, stuk["code"], "wetstraject", stuk["code"]),
            )
            for stuk in self.stukken
            if "wetstraject" in stuk and stuk["code"] in self.maatregelen
        ]
        self.vergelijking.verwerk(WETSTRAJECTEN, rijen, bestaand)

    def _cijfers(self) -> None:
        wensen = [(document, cijfer) for document in self.gegevens.documenten for cijfer in document.get("cijfers", [])]
        op_naam = {indicator.naam: indicator for indicator in Indicator.objects.all()}
        indicatorrijen = {indicatorslug(cijfer): indicatorrij(cijfer) for _, cijfer in wensen}
        bestaand = {
            indicatorslug(cijfer): op_naam[cijfer["indicator"]]
            for _, cijfer in wensen
            if cijfer["indicator"] in op_naam
        }
        indicatoren = self.vergelijking.verwerk(INDICATOREN, list(indicatorrijen.values()), bestaand)
        metingen = {
            f"{meting.agenda.slug}/{indicatorslug({'indicator': meting.indicator.naam})}": meting
            for meting in Meting.objects.filter(agenda__slug__in=self.agendas)
            .exclude(bronwaarden={})
            .select_related("agenda", "indicator")
            if meting.agenda
        }
        rijen = [
            metingrij(
                document,
                cijfer,
                self.agendas[document["slug"]],
                indicatoren[indicatorslug(cijfer)],
                mag_nieuw=self.vergelijking.is_erbij(Agenda, document["slug"], "metingen", indicatorslug(cijfer)),
            )
            for document, cijfer in wensen
        ]
        self.vergelijking.verwerk(METINGEN, rijen, metingen)

    def _themas(self) -> None:
        bestaand = {
            thema.slug: thema
            for thema in Thema.objects.filter(slug__in=[stuk["slug"] for stuk in self.gegevens.themas])
        }
        rijen = [themarij(stuk, self.maatregelen) for stuk in self.gegevens.themas]
        self.vergelijking.verwerk(THEMAS, rijen, bestaand)

    # --- What hangs from them. Taken away is only what still is as the file delivered it.

    def _pijlerbetrokkenheid(self, pijler: Pijler, inhoud: Object, plaats: int) -> Pijlerbetrokkenheid:
        organisatie = self.organisaties[inhoud["organisatie"]]
        return Pijlerbetrokkenheid(pijler=pijler, organisatie=organisatie, rol=inhoud["rol"], volgorde=plaats)

    def _pijlerbetrokkenheid_weg(self, pijler: Pijler, inhoud: Object) -> QuerySet[Any]:
        organisatie = self.organisaties.get(inhoud["organisatie"])
        return Pijlerbetrokkenheid.objects.filter(pijler=pijler, organisatie=organisatie, rol=inhoud["rol"])

    def _betrokkenheid(self, maatregel: Maatregel, inhoud: Object, plaats: int) -> Betrokkenheid:
        return Betrokkenheid(
            maatregel=maatregel,
            organisatie=self.organisaties[inhoud["organisatie"]],
            rol=inhoud["rol"],
            herkomst=inhoud["herkomst"],
            volgorde=plaats,
            vanaf=maatregel.geldt_vanaf,
        )

    def _betrokkenheid_weg(self, maatregel: Maatregel, inhoud: Object) -> QuerySet[Any]:
        return Betrokkenheid.objects.geldend().filter(
            maatregel=maatregel,
            organisatie__slug=inhoud["organisatie"],
            rol=inhoud["rol"],
            herkomst=inhoud["herkomst"],
            door=None,
        )

    def _plaats(self, thema: Thema, inhoud: Object, plaats: int) -> Themaplaats:
        return Themaplaats(thema=thema, maatregel=self.maatregelen[inhoud["maatregel"]], volgorde=plaats)

    def _plaats_weg(self, thema: Thema, inhoud: Object) -> QuerySet[Any]:
        return Themaplaats.objects.filter(thema=thema, maatregel__code=inhoud["maatregel"])


def _ondertekenaar(agenda: Agenda, inhoud: Object, _plaats: int) -> Ondertekenaar:
    return Ondertekenaar(agenda=agenda, rol=inhoud["rol"], naam=inhoud["naam"], regel_van=inhoud.get("regel"))


def _ondertekenaar_weg(agenda: Agenda, inhoud: Object) -> QuerySet[Any]:
    return Ondertekenaar.objects.filter(
        agenda=agenda, rol=inhoud["rol"], naam=inhoud["naam"], regel_van=inhoud.get("regel")
    )


def _tijdsaanduiding(maatregel: Maatregel, inhoud: Object, _plaats: int) -> Tijdsaanduiding:
    return Tijdsaanduiding(maatregel=maatregel, **inhoud)


def _tijdsaanduiding_weg(maatregel: Maatregel, inhoud: Object) -> QuerySet[Any]:
    return Tijdsaanduiding.objects.filter(maatregel=maatregel, **inhoud)


def _maatregelstukken(gegevens: Gegevens) -> list[Object]:
    """Every measure of every document, with its section, its place in it, and the day from which it holds."""
    return [
        {
            **maatregel,
            "pijler": f"{document['slug']}/{pijler['nummer']}",
            "volgorde": plaats,
            "geldtVanaf": datetime.date.fromisoformat(document["geldtVanaf"]),
        }
        for document in gegevens.documenten
        for pijler in document["pijlers"]
        for plaats, maatregel in enumerate(pijler["maatregelen"])
    ]


def _lagen(stukken: list[Object], sleutel: str, ouder: str) -> list[list[Object]]:
    """The same entries in layers, each after the one that holds its parents: one statement per layer."""
    bij = {stuk[sleutel]: stuk for stuk in stukken}

    def diepte(stuk: Object) -> int:
        hoger = bij.get(stuk.get(ouder, ""))
        return 0 if hoger is None else 1 + diepte(hoger)

    lagen: dict[int, list[Object]] = {}
    for stuk in stukken:
        lagen.setdefault(diepte(stuk), []).append(stuk)
    return [lagen[nummer] for nummer in sorted(lagen)]
