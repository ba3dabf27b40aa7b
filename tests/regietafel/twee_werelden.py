"""A world in which every model has a row with its words, to be made early and once more late; and what came later to
what was there early. For tests that ask whether anything of later shows in the past.
"""

import datetime
from typing import Any

import pgtrigger
import time_machine
from django.db import connection, models, transaction
from django.db.utils import IntegrityError

from maatregelen.models import (
    Betrokkenheid,
    Brontekst,
    Doelwaarde,
    Herinnering,
    Indicator,
    Maatregel,
    Meting,
    Mijlpaal,
    Ondertekenaar,
    Opvolging,
    Organisatie,
    Persoon,
    Pijlerbetrokkenheid,
    Publicatiestap,
    Reactie,
    Statuswijziging,
    Termijnwijziging,
    Thema,
    Themaplaats,
    Uitstel,
    Wetsstap,
    Wetstraject,
)
from maatregelen.statuswissel import wijzig_status
from regietafel.models import (
    Actiebericht,
    Actiepunt,
    Actiewijziging,
    Addendum,
    Agendapunt,
    Bijlage,
    Deelname,
    Reeks,
    Reekslid,
    Reekspunt,
    Staatwijziging,
    Terugkoppeling,
    Trend,
    Vergaderbericht,
    Vergadercijfer,
    Vergadering,
    Voorstelkeuze,
)
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PijlerFactory,
    TijdsaanduidingFactory,
)
from tests.maatregelen.test_tijdreis import ALTIJD_VANDAAG, modellen
from tests.regietafel.factories import (
    ActiepuntFactory,
    AgendapuntFactory,
    BesluitFactory,
    DeelnameFactory,
    InbrengFactory,
    TerugkoppelingFactory,
    VergaderingFactory,
)

VROEG, GRENS, LAAT = datetime.date(2024, 10, 1), datetime.date(2025, 1, 1), datetime.date(2025, 6, 2)
# Both worlds have the second word, by which one can search; the first word of the later one must be nowhere.
VROEG_MERK, LAAT_MERK = "boterbloem", "zaagwortel"
SAMEN = "Kromhout"
HEX = "ab" * 32

# Free text that is no text for a reader: names in addresses (they bear the mark from the beginning), forms of a
# machine, places of files.
GEEN_LEESTEKST = {
    "slug", "code", "nummer", "bron_id", "herhaling", "duur", "tooi_id", "controlegetal", "bestand", "inhoudstype",
}  # fmt: skip


def om(dag: datetime.date) -> datetime.datetime:
    """Noon of a day."""
    return datetime.datetime.combine(dag, datetime.time(12), datetime.UTC)


def met_verleden() -> list[type[models.Model]]:
    """The models whose past can be asked."""
    zonder = {*ALTIJD_VANDAAG, "maatregelen_toegangssleutel", "regietafel_stuk"}
    return [model for model in modellen() if model._meta.db_table not in zonder]


def leestekst(model: type[models.Model]) -> list[Any]:
    """The fields of a model in which people type words."""
    return [
        veld
        for veld in model._meta.concrete_fields
        if isinstance(veld, models.CharField | models.TextField)
        and not veld.choices
        and veld.name not in GEEN_LEESTEKST
        and not isinstance(veld, models.SlugField | models.EmailField)
    ]


def vul(rij: models.Model, woord: str, *, behalve: tuple[str, ...] = ()) -> None:
    """Put the words of a world in every text of a row that has one."""
    waarden = {}
    for veld in leestekst(type(rij)):
        if veld.name in behalve:
            continue
        # The number keeps apart what must be different.
        waarden[veld.name] = f"{woord.capitalize()} {SAMEN} {rij.pk}"[: veld.max_length]
    if waarden:
        # The history of a status cannot be rewritten; here it must be, to see what is shown of it.
        vast = ("maatregelen.Statuswijziging:alleen_toevoegen", "maatregelen.Publicatiestap:alleen_toevoegen")
        with pgtrigger.ignore(*vast), transaction.atomic():
            type(rij)._default_manager.filter(pk=rij.pk).update(**waarden)


def wereld(merk: str, dag: datetime.date, door: Persoon, *, buiten: str = "") -> dict[str, Any]:
    """One of everything, recorded on a day and holding from it, with the words of its mark; the rows by short name.

    `buiten`: the mark in names of what stands outside it, organisations, series, subjects and figures.
    """
    with time_machine.travel(om(dag), tick=False):
        rijen = _wereld(merk, dag, door, buiten or merk)
    for rij in rijen.values():
        leeg: tuple[str, ...] = ()
        if isinstance(rij, Actiepunt) and rij.stand == "open":
            leeg = ("afronding",)
        if isinstance(rij, Terugkoppeling) and rij.stand == "open":
            leeg = ("uitkomst",)
        if isinstance(rij, Mijlpaal) and rij.behaald_op is None:
            leeg = ("behaald_bewijs",)
        if isinstance(rij, Maatregel) and rij.voortgang_op is None:
            leeg = ("voortgang_toelichting",)
        vul(rij, merk, behalve=leeg)
    for rij in rijen.values():
        rij.refresh_from_db()
    return rijen


def _wereld(merk: str, dag: datetime.date, door: Persoon, buiten: str) -> dict[str, Any]:
    org = OrganisatieFactory(afkorting=buiten.upper(), slug=buiten, geldig_van=dag)
    agenda = AgendaFactory(
        slug=merk, documentdatum=dag, houder=org, schatting_van=dag, datum_basis="x", bronbestand="x.txt"
    )
    pijler = PijlerFactory(agenda=agenda)
    maatregel = MaatregelFactory(
        code=f"{merk}-1", pijler=pijler, trekker=org, voortgang="op_schema", voortgang_op=dag,
        voortgang_toelichting="x", verwijzingen=[f"{merk.capitalize()} {SAMEN}"], regel_van=1, regel_tot=1,
    )  # fmt: skip
    ander = MaatregelFactory(code=f"{merk}-2", pijler=pijler)
    thema = Thema.objects.create(slug=buiten, titel="x")
    traject = Wetstraject.objects.create(maatregel=maatregel)
    gehaald = MijlpaalFactory(maatregel=maatregel, behaald_op=dag, behaald_bewijs="x", peildatum=dag)
    open_ = MijlpaalFactory(maatregel=maatregel, peildatum=dag, einde=dag, omschrijving="Open")
    indicator = Indicator.objects.create(slug=buiten, naam="x" + buiten, eenheid="x")
    reeks = Reeks.objects.create(slug=buiten, naam=buiten, afkorting="x")
    tafel = VergaderingFactory(
        slug=merk, datum=dag, documentdatum=dag, bekend_vanaf=dag, reeks=reeks, staat="verslag_concept"
    )
    punt = AgendapuntFactory(vergadering=tafel, bespreking="x", volgorde=1)
    inbreng = InbrengFactory(agendapunt=punt, organisatie=org)
    besluit = BesluitFactory(agendapunt=punt, code=f"{merk}-b1")
    gedaan = TerugkoppelingFactory(
        besluit=besluit, maatregel=maatregel, stand="uitgevoerd", uitgevoerd_op=dag, uitkomst="x"
    )
    te_doen = TerugkoppelingFactory(besluit=besluit, maatregel=ander)
    cijfer = Vergadercijfer.objects.create(agendapunt=punt, naam="x", waarde=1)
    actie = ActiepuntFactory(agendapunt=punt, code=f"{merk}-a1", organisatie=org, peildatum=dag)
    klaar = ActiepuntFactory(
        agendapunt=punt, code=f"{merk}-a2", stand="afgerond", afgerond_op=dag, afronding="x", peildatum=dag
    )
    punt.maatregelen.add(maatregel)
    punt.indicatoren.add(indicator)
    punt.eerdere_besluiten.add(besluit)
    punt.inleiders.add(org)
    inbreng.maatregelen.add(maatregel)
    cijfer.maatregelen.add(maatregel)
    actie.maatregelen.add(maatregel)
    termijn = {"termijn_tekst": f"{merk.capitalize()} {SAMEN}", "einde": dag.isoformat(), "precisie": "dag"}
    return {
        "org": org, "agenda": agenda, "pijler": pijler, "maatregel": maatregel, "ander": ander, "thema": thema,
        "traject": traject, "gehaald": gehaald, "open": open_, "indicator": indicator, "reeks": reeks, "tafel": tafel,
        "punt": punt, "inbreng": inbreng, "besluit": besluit, "gedaan": gedaan, "cijfer": cijfer, "actie": actie,
        "klaar": klaar, "te_doen": te_doen,
        "ondertekenaar": Ondertekenaar.objects.create(agenda=agenda, rol="x", naam="x", regel_van=1),
        "brontekst": Brontekst.objects.create(
            agenda=agenda, bestandsnaam="x", tekst="x", controlegetal=HEX, bijgevoegd_op=om(dag)
        ),
        "hoofd": Pijlerbetrokkenheid.objects.create(pijler=pijler, organisatie=org, rol="verantwoordelijk"),
        "betrokken": Betrokkenheid.objects.get(maatregel=maatregel),
        "status": Statuswijziging.objects.get(maatregel=maatregel),
        "plaats": Themaplaats.objects.create(thema=thema, maatregel=maatregel),
        "reactie": Reactie.objects.create(
            maatregel=maatregel, organisatie=org, tekst="x", ingetrokken_op=om(dag), intrekreden="x"
        ),
        "publicatiestap": Publicatiestap.objects.create(
            maatregel=maatregel, van="concept", naar="vastgesteld", toelichting="x"
        ),
        "opvolging": Opvolging.objects.create(van=maatregel, naar=ander, soort="voortgezet"),
        "stap": Wetsstap.objects.create(wetstraject=traject, fase="consultatie", bereikt_op=dag, bron="x"),
        "aanduiding": TijdsaanduidingFactory(maatregel=maatregel, peildatum=dag),
        "uitstel": Uitstel.objects.create(mijlpaal=open_, persoon=door, tot=dag, reden="x"),
        "termijn": Termijnwijziging.objects.create(
            mijlpaal=open_, soort="herschreven", van_tekst="x", naar_tekst="x", van_precisie="vaag",
            naar_precisie="vaag", reden="x",
        ),
        "herinnering": Herinnering.objects.create(
            persoon=door, maatregel=maatregel, mijlpaal=open_, stap="voorbij", trede=1, sleuteldag=dag, reden="x",
            vandaag=dag, bezorgen_op=dag, gepland_op=om(dag), afgehandeld_op=om(dag), uitkomst="verzonden",
        ),
        "doelwaarde": Doelwaarde.objects.create(indicator=indicator, waarde=1, geldig_vanaf=dag, reden="x"),
        "meting": Meting.objects.create(indicator=indicator, waarde=1, peildatum=dag, bron="x"),
        "reekslid": Reekslid.objects.create(reeks=reeks, organisatie=org, ambt="x", vanaf=dag),
        "reekspunt": Reekspunt.objects.create(reeks=reeks, titel="x"),
        "tafelstap": Staatwijziging.objects.create(vergadering=tafel, van="gehouden", naar="verslag_concept", per=dag),
        "deelname": DeelnameFactory(
            vergadering=tafel, organisatie=org, aanwezigheid="afwezig", vervanging="ambtelijk", vervanger="x"
        ),
        "bijlage": Bijlage.objects.create(
            agendapunt=punt, naam="x", bestand="aa/x", bestandsnaam="x", inhoudstype="application/pdf", grootte=1,
            controlegetal=HEX, bijgevoegd_op=om(dag),
        ),
        "trend": Trend.objects.create(agendapunt=punt, onderwerp="x", duiding="x"),
        "addendum": Addendum.objects.create(vergadering=tafel, agendapunt=punt, tekst="x", reden="x", op=dag),
        "actiestap": Actiewijziging.objects.create(
            actiepunt=actie, soort="verplaatst", reden="x", per=dag, van_termijn=termijn, naar_termijn=termijn
        ),
        "keuze": Voorstelkeuze.objects.create(
            vergadering=tafel, aanleiding="actie", actiepunt=actie, keuze="laten_vallen", reden="x"
        ),
        "tafelbericht": Vergaderbericht.objects.create(
            vergadering=tafel, persoon=door, soort="sinds", uitkomst="geweigerd", fout="x", afgehandeld_op=om(dag)
        ),
        "actiebericht": Actiebericht.objects.create(
            actiepunt=actie, persoon=door, stap="voorbij", trede=1, sleuteldag=dag, reden="x", vandaag=dag,
            uitkomst="geweigerd", fout="x", afgehandeld_op=om(dag),
        ),
    }  # fmt: skip


def straks(vroeg: dict[str, Any]) -> Vergadering:
    """A meeting that is known early and is held late, with a point that was written down early."""
    with time_machine.travel(om(VROEG), tick=False):
        tafel: Vergadering = VergaderingFactory(
            slug=f"{VROEG_MERK}-straks", datum=LAAT, documentdatum=None, bekend_vanaf=VROEG, reeks=vroeg["reeks"],
            staat="gepland",
        )  # fmt: skip
        punt = AgendapuntFactory(vergadering=tafel, volgorde=1)
        DeelnameFactory(vergadering=tafel, organisatie=vroeg["org"])
        for rij, behalve in (
            (tafel, ("toelichting", "kenmerk")),
            (punt, ("bespreking", "doorschuifreden")),
            (tafel.deelnames.get(), ("vervanger", "toelichting")),
        ):
            vul(rij, VROEG_MERK, behalve=behalve)
    return tafel


def later_aan_vroeg(vroeg: dict[str, Any], laat: dict[str, Any], komt: Vergadering, door: Persoon) -> None:
    """What happens later to what was there early: moved, done, handed over, ended, said, corrected, closed."""
    woord = f"{LAAT_MERK.capitalize()} {SAMEN}"
    with time_machine.travel(om(LAAT), tick=False):
        m, actie = vroeg["maatregel"], vroeg["actie"]
        wijzig_status(m, "in_voorbereiding", door=door, toelichting=woord, per=LAAT)
        Maatregel.objects.filter(pk=m.pk).update(
            voortgang="vertraagd", voortgang_op=LAAT, voortgang_toelichting=woord, voortgang_door=door
        )
        Betrokkenheid.objects.filter(maatregel=m).update(tot=LAAT, reden=woord, door=door)
        BetrokkenheidFactory(maatregel=m, organisatie=laat["org"], vanaf=LAAT, reden=woord, herkomst="toegewezen")
        Organisatie.objects.filter(pk=vroeg["org"].pk).update(geldig_tot=LAAT, opvolger=laat["org"], toelichting=woord)
        Thema.objects.filter(pk=vroeg["thema"].pk).update(ontwikkeling=woord, toelichting=woord)
        Themaplaats.objects.create(thema=laat["thema"], maatregel=laat["ander"])
        Opvolging.objects.create(van=m, naar=laat["maatregel"], soort="voortgezet", toelichting=woord)
        Wetsstap.objects.create(wetstraject=vroeg["traject"], fase="ministerraad", bereikt_op=LAAT, bron=woord)
        MijlpaalFactory(maatregel=m, omschrijving=woord, termijn_tekst=woord, peildatum=LAAT)
        TijdsaanduidingFactory(maatregel=m, termijn_tekst=woord, peildatum=LAAT)
        mijlpaal = vroeg["open"]
        Termijnwijziging.objects.create(
            mijlpaal=mijlpaal, soort="uitgesteld", van_tekst=mijlpaal.termijn_tekst, van_begin=mijlpaal.begin,
            van_einde=mijlpaal.einde, van_precisie=mijlpaal.precisie, van_relatie=mijlpaal.relatie, naar_tekst=woord,
            naar_precisie="vaag", reden=woord, door=door,
        )  # fmt: skip
        Mijlpaal.objects.filter(pk=mijlpaal.pk).update(
            termijn_tekst=woord, einde=None, precisie="vaag", behaald_op=LAAT, behaald_bewijs=woord
        )
        Uitstel.objects.create(mijlpaal=mijlpaal, persoon=laat["uitstel"].persoon, tot=LAAT, reden=woord)
        Herinnering.objects.create(
            persoon=door, maatregel=m, mijlpaal=mijlpaal, stap="voorbij", trede=2, sleuteldag=LAAT, reden=woord,
            vandaag=LAAT, bezorgen_op=LAAT,
        )  # fmt: skip
        Meting.objects.create(indicator=vroeg["indicator"], waarde=2, peildatum=LAAT, bron=woord)
        # Of then, and first told in a document of later.
        Meting.objects.create(
            indicator=vroeg["indicator"], waarde=3, peildatum=VROEG, bron=woord, agenda=laat["agenda"]
        )
        Doelwaarde.objects.create(indicator=vroeg["indicator"], waarde=2, geldig_vanaf=LAAT, reden=woord)
        Reekslid.objects.create(reeks=vroeg["reeks"], organisatie=laat["org"], ambt=woord, vanaf=LAAT)
        Reekslid.objects.filter(pk=vroeg["reekslid"].pk).update(tot=LAAT)
        # The action: handed over, moved, done; split off; agreed on.
        oud = {"termijn_tekst": actie.termijn_tekst, "precisie": "dag", "relatie": "voor"}
        oud |= {"begin": None, "einde": actie.einde.isoformat(), "peildatum": actie.peildatum.isoformat()}
        oud |= {"gebeurtenis": actie.gebeurtenis, "herhaling": "", "duur": ""}
        for soort, velden in (
            ("overgedragen", {"van_organisatie": vroeg["org"], "van_wie_tekst": actie.wie_tekst,
                              "naar_organisatie": laat["org"], "naar_wie_tekst": woord}),
            ("verplaatst", {"van_termijn": oud, "naar_termijn": {**oud, "termijn_tekst": woord}}),
            ("afgerond", {"van_stand": "open", "naar_stand": "afgerond"}),
        ):  # fmt: skip
            Actiewijziging.objects.create(actiepunt=actie, soort=soort, reden=woord, per=LAAT, door=door, **velden)
        Actiepunt.objects.filter(pk=actie.pk).update(
            organisatie=laat["org"], wie_tekst=woord, termijn_tekst=woord, gebeurtenis=woord, stand="afgerond",
            afgerond_op=LAAT, afronding=woord, persoon=door,
        )  # fmt: skip
        ActiepuntFactory(
            agendapunt=vroeg["punt"], code=f"{LAAT_MERK}-deel", wat=woord, afgesplitst_van=actie, peildatum=LAAT
        )
        Terugkoppeling.objects.filter(pk=vroeg["te_doen"].pk).update(
            stand="teruggekoppeld", uitgevoerd_op=LAAT, uitkomst=woord, aanvaard_in=laat["tafel"]
        )
        Voorstelkeuze.objects.create(
            vergadering=komt, aanleiding="actie", actiepunt=actie, keuze="laten_vallen", reden=woord
        )
        for rij in (Vergaderbericht(vergadering=komt, persoon=door, soort="sinds", uitkomst="geweigerd", fout=woord),):
            rij.save()
        Actiebericht.objects.create(
            actiepunt=actie, persoon=door, stap="voorbij", trede=2, sleuteldag=LAAT, reden=woord, vandaag=LAAT
        )
        _gehouden(komt, woord, laat)
        Addendum.objects.create(vergadering=vroeg["tafel"], tekst=woord, reden=woord, op=LAAT)
        _sluit(vroeg["tafel"], laat["tafel"], woord)


def _gehouden(komt: Vergadering, woord: str, laat: dict[str, Any]) -> None:
    """The meeting takes place: what was said at it."""
    punt = komt.agendapunten.get()
    Agendapunt.objects.filter(pk=punt.pk).update(bespreking=woord, doorschuifreden=woord, vervolg_op=None)
    Deelname.objects.filter(vergadering=komt).update(
        aanwezigheid="afwezig", vervanging="ambtelijk", vervanger=woord, toelichting=woord
    )
    InbrengFactory(agendapunt=punt, tekst=woord)
    besluit = BesluitFactory(agendapunt=punt, code=f"{LAAT_MERK}-b9", tekst=woord)
    TerugkoppelingFactory(besluit=besluit)
    ActiepuntFactory(agendapunt=punt, code=f"{LAAT_MERK}-a9", wat=woord, peildatum=LAAT)
    Vergadercijfer.objects.create(agendapunt=punt, naam=woord, waarde=1)
    Trend.objects.create(agendapunt=punt, onderwerp=woord, duiding=woord)
    nieuw = AgendapuntFactory(vergadering=komt, volgorde=2, titel=woord)
    nieuw.maatregelen.add(laat["maatregel"])
    DeelnameFactory(vergadering=komt, naam=woord, organisatie=laat["org"])
    Bijlage.objects.create(agendapunt=punt, naam=woord)
    Vergadering.objects.filter(pk=komt.pk).update(
        staat="verslag_concept", documentdatum=LAAT, kenmerk=woord, toelichting=woord
    )
    Staatwijziging.objects.create(vergadering=komt, van="gepland", naar="verslag_concept", per=LAAT, toelichting=woord)


def _sluit(tafel: Vergadering, in_: Vergadering, woord: str) -> None:
    """Its minutes are adopted by a later meeting."""
    Staatwijziging.objects.create(
        vergadering=tafel, van="verslag_concept", naar="verslag_vastgesteld", per=LAAT, toelichting=woord
    )
    Vergadering.objects.filter(pk=tafel.pk).update(staat="verslag_vastgesteld", vastgesteld_in=in_)


def overschrijf() -> set[tuple[str, str]]:
    """Give every text of every row the words of later; which texts of which models were there to be given them."""
    gedaan = set()
    for model in met_verleden():
        for rij in model._default_manager.all():
            for veld in leestekst(model):
                if not getattr(rij, veld.name):
                    continue
                anders = [ander.name for ander in leestekst(model) if ander.name != veld.name]
                try:
                    vul(rij, LAAT_MERK, behalve=tuple(anders))
                except IntegrityError as fout:
                    if "vastgesteld" not in str(fout):
                        raise
                    continue
                gedaan.add((model.__name__, veld.name))
    return gedaan


def vastgelegd(dag: datetime.date, *, na: datetime.date | None = None) -> None:
    """As if what was recorded so far, or since it was last said, had been recorded on a day."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in met_verleden():
            if not hasattr(model, "pgh_event_model"):
                continue
            tabel = model.pgh_event_model._meta.db_table
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
            waar = "" if na is None else " WHERE pgh_created_at > %s"
            cursor.execute(
                f"UPDATE {tabel} SET pgh_created_at = %s{waar}",  # noqa: S608  names of tables of our own
                [om(dag), *([om(na)] if na else [])],
            )
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
