"""What somebody may see: what follows from the whole, the rule in its three forms, and the views that hold to it."""

import datetime
import itertools
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, models, transaction

from maatregelen.blikveld import BUREAU, Blik, hier, kijkend
from maatregelen.models import (
    Agenda,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Pijler,
    Publicatiebeleid,
    Reactie,
    Rol,
    Zichtniveau,
)
from maatregelen.tijdreis import terug
from maatregelen.zichtbaarheid import Bevoegdheid, blik_van, zichtbare_maatregelen
from regietafel.models import Agendapunt, Bijlage, Vergadering
from tests.factories import (
    AgendaFactory,
    BetrokkenheidFactory,
    LidmaatschapFactory,
    MaatregelFactory,
    MijlpaalFactory,
    OrganisatieFactory,
    PijlerFactory,
)
from tests.regietafel.factories import AgendapuntFactory, VergaderingFactory

NU = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
SECONDE = datetime.timedelta(seconds=1)
EIGEN, RIJK, REGIETAFEL, OPENBAAR = Zichtniveau
SCHEMAS = ("zicht", "zicht_gezien", "zicht_toen", "zicht_toen_gezien")
# Tables without a view of what may be seen, and why not.
VOOR_IEDEREEN = {
    "maatregelen_organisatie": "that organisations exist is no secret",
    "maatregelen_berichtvoorkeur": "of a person, asked for that person only",
    "maatregelen_vervanging": "of a person, asked for that person only",
    "maatregelen_herinnerregel": "a setting of the product",
    "maatregelen_escalatie": "a setting of the product",
    "maatregelen_publicatiebeleid": "a setting of the product",
    "maatregelen_toegangssleutel": "of a person, asked for that person only",
    "regietafel_stuk": "of who asked for it; see eigen_stukken",
}


def houdt(rij: Any) -> tuple[int, str | None, datetime.datetime | None, str | None]:
    """What holds of a row: its level, whose, until when held back, for whom."""
    rij.refresh_from_db()
    voor, stil_voor = rij.zicht_voor, rij.stil_voor
    return rij.zicht, voor and voor.afkorting, rij.stil_tot, stil_voor and stil_voor.afkorting


@pytest.fixture
def orgs(db: None) -> dict[str, Organisatie]:
    """Two of the Rijk and two partners."""
    return {
        naam: OrganisatieFactory(afkorting=naam, soort=soort)
        for naam, soort in {"AenM": "ministerie", "SZW": "ministerie", "VNG": "koepel", "IPO": "koepel"}.items()
    }


# What follows from the whole


@pytest.mark.parametrize(
    ("geheel", "deel", "verwacht"),
    [
        # (level, whose) of the agenda; what the measure asks for itself; what holds of it.
        ((OPENBAAR, "AenM"), (None, None), (OPENBAAR, "AenM")),
        ((REGIETAFEL, "AenM"), (OPENBAAR, None), (REGIETAFEL, "AenM")),
        ((REGIETAFEL, "AenM"), (RIJK, None), (RIJK, "AenM")),
        ((REGIETAFEL, "AenM"), (EIGEN, "VNG"), (EIGEN, "VNG")),
        ((REGIETAFEL, "AenM"), (EIGEN, None), (EIGEN, "AenM")),
        ((RIJK, "AenM"), (EIGEN, "SZW"), (EIGEN, "SZW")),
        # Who may not see the whole is not given a part of it: then it is the secretariaat's.
        ((RIJK, "AenM"), (EIGEN, "VNG"), (EIGEN, None)),
        ((RIJK, "VNG"), (EIGEN, "VNG"), (EIGEN, "VNG")),
        # Kept by two to themselves: see below.
        ((EIGEN, "AenM"), (EIGEN, "SZW"), (EIGEN, "SZW")),
        ((EIGEN, "AenM"), (REGIETAFEL, "SZW"), (EIGEN, "AenM")),
        ((EIGEN, "AenM"), (None, None), (EIGEN, "AenM")),
        ((EIGEN, None), (None, None), (EIGEN, None)),
        ((RIJK, "AenM"), (RIJK, "SZW"), (RIJK, "SZW")),
        ((RIJK, "AenM"), (RIJK, "VNG"), (RIJK, "AenM")),
    ],
)
def test_a_part_is_never_wider_than_the_whole(
    orgs: dict[str, Organisatie], geheel: Any, deel: Any, verwacht: Any
) -> None:
    agenda = AgendaFactory(zichtbaarheid=geheel[0], afgeschermd_voor=orgs.get(geheel[1]))
    pijler = PijlerFactory(agenda=agenda)
    maatregel = MaatregelFactory(pijler=pijler, zichtbaarheid=deel[0], afgeschermd_voor=orgs.get(deel[1]))
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    assert houdt(pijler)[:2] == geheel
    assert houdt(maatregel)[:2] == verwacht
    assert houdt(mijlpaal)[:2] == verwacht


def test_what_two_keep_to_themselves_is_for_neither(orgs: dict[str, Organisatie]) -> None:
    maatregel = MaatregelFactory(
        pijler__agenda__zichtbaarheid=RIJK, pijler__agenda__houder=orgs["AenM"], zichtbaarheid=EIGEN,
        afgeschermd_voor=orgs["SZW"],
    )  # fmt: skip
    Agenda.objects.update(zichtbaarheid=EIGEN)
    maatregel.refresh_from_db()
    for namen, ziet in ((["AenM"], False), (["SZW"], False), (["AenM", "SZW"], True)):
        assert Blik(RIJK, NU, frozenset(orgs[naam].pk for naam in namen)).ziet(maatregel) == ziet
    assert not Blik(RIJK, NU, frozenset({BUREAU})).ziet(maatregel)
    # As soon as the whole is for more, the part is for whom it was.
    Agenda.objects.update(zichtbaarheid=RIJK)
    assert houdt(maatregel) == (EIGEN, "SZW", None, None)


def test_a_change_of_the_whole_reaches_every_part(orgs: dict[str, Organisatie]) -> None:
    agenda = AgendaFactory(zichtbaarheid=OPENBAAR, houder=orgs["AenM"])
    boven = PijlerFactory(agenda=agenda)
    onder = PijlerFactory(agenda=agenda, bovenliggend=boven)
    hoofd = MaatregelFactory(pijler=boven)
    deel = MaatregelFactory(pijler=onder, bovenliggend=hoofd)
    mijlpaal = MijlpaalFactory(maatregel=deel)
    reactie = Reactie.objects.create(maatregel=deel, organisatie=orgs["VNG"], tekst="Anders.")
    rijen = (boven, onder, hoofd, deel, mijlpaal, reactie)
    assert [houdt(rij)[0] for rij in rijen] == [OPENBAAR] * 6
    Agenda.objects.update(zichtbaarheid=RIJK)
    assert [houdt(rij)[0] for rij in rijen] == [RIJK] * 6
    Agenda.objects.update(zichtbaarheid=OPENBAAR)
    Pijler.objects.filter(pk=onder.pk).update(zichtbaarheid=REGIETAFEL)
    assert [houdt(rij)[0] for rij in rijen] == [OPENBAAR, REGIETAFEL, OPENBAAR, REGIETAFEL, REGIETAFEL, REGIETAFEL]
    # A part of a measure follows that measure too, in whatever section it stands.
    Maatregel.objects.filter(pk=hoofd.pk).update(zichtbaarheid=EIGEN, afgeschermd_voor=orgs["SZW"])
    assert [houdt(rij)[:2] for rij in (hoofd, deel, mijlpaal)] == [(EIGEN, "SZW")] * 3
    assert houdt(reactie)[:2] == (EIGEN, "SZW")
    tot = NU + SECONDE
    Agenda.objects.update(embargo_tot=tot)
    assert {houdt(rij)[2:] for rij in rijen} == {(tot, "AenM")}


def test_a_measure_that_moves_takes_what_holds_there(orgs: dict[str, Organisatie]) -> None:
    open_, dicht = AgendaFactory(), AgendaFactory(zichtbaarheid=RIJK, houder=orgs["AenM"])
    maatregel = MaatregelFactory(pijler__agenda=open_)
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    assert houdt(mijlpaal)[0] == REGIETAFEL
    maatregel.pijler = PijlerFactory(agenda=dicht)
    maatregel.save(update_fields=["pijler"])
    assert houdt(mijlpaal)[:2] == (RIJK, "AenM")


def test_nobody_can_write_what_holds(orgs: dict[str, Organisatie]) -> None:
    maatregel = MaatregelFactory(pijler__agenda__zichtbaarheid=RIJK)
    Maatregel.objects.filter(pk=maatregel.pk).update(zicht=OPENBAAR, zicht_voor=orgs["VNG"])
    assert houdt(maatregel)[:2] == (RIJK, None)
    maatregel.zicht = OPENBAAR
    maatregel.save()
    assert houdt(maatregel)[0] == RIJK


def test_only_what_was_adopted_is_for_everybody(orgs: dict[str, Organisatie]) -> None:
    agenda = AgendaFactory(zichtbaarheid=OPENBAAR, publicatie="voorgelegd")
    maatregel = MaatregelFactory(pijler__agenda=agenda, publicatie="concept")
    assert [houdt(rij)[0] for rij in (agenda, maatregel)] == [REGIETAFEL, REGIETAFEL]
    Agenda.objects.update(publicatie="vastgesteld")
    assert [houdt(rij)[0] for rij in (agenda, maatregel)] == [OPENBAAR, REGIETAFEL]
    Maatregel.objects.update(publicatie="vastgesteld")
    assert [houdt(rij)[0] for rij in (agenda, maatregel)] == [OPENBAAR, OPENBAAR]


def test_a_meeting_its_points_and_annexes(orgs: dict[str, Organisatie]) -> None:
    tafel = VergaderingFactory(zichtbaarheid=OPENBAAR)
    punt = AgendapuntFactory(vergadering=tafel)
    bijlage = Bijlage.objects.create(agendapunt=punt, naam="Cijfers")
    # Minutes in concept are of the table.
    assert [houdt(rij)[0] for rij in (tafel, punt, bijlage)] == [REGIETAFEL] * 3
    latere = VergaderingFactory()
    Vergadering.objects.filter(pk=tafel.pk).update(staat="verslag_vastgesteld", vastgesteld_in=latere)
    assert [houdt(rij)[0] for rij in (tafel, punt, bijlage)] == [OPENBAAR] * 3
    # Closed minutes can still be kept to fewer, but not rewritten.
    Agendapunt.objects.filter(pk=punt.pk).update(zichtbaarheid=RIJK)
    assert [houdt(rij)[0] for rij in (tafel, punt, bijlage)] == [OPENBAAR, RIJK, RIJK]
    with pytest.raises(Exception, match="vastgesteld"), transaction.atomic():
        Agendapunt.objects.filter(pk=punt.pk).update(zichtbaarheid=EIGEN, titel="Anders")


def test_the_latest_embargo_counts(orgs: dict[str, Organisatie]) -> None:
    vroeg, laat = NU, NU + 2 * SECONDE
    agenda = AgendaFactory(embargo_tot=vroeg, houder=orgs["AenM"])
    zelfde = MaatregelFactory(pijler__agenda=agenda, embargo_tot=laat)
    ander = MaatregelFactory(pijler=zelfde.pijler, embargo_tot=laat, afgeschermd_voor=orgs["VNG"])
    eerder = MaatregelFactory(pijler=zelfde.pijler, embargo_tot=vroeg - SECONDE)
    assert houdt(zelfde)[2:] == (laat, "AenM")
    # Held back by two organisations: by neither alone, so it is the secretariaat's.
    assert houdt(ander)[2:] == (laat, None)
    assert houdt(eerder)[2:] == (vroeg, "AenM")


@pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
@pytest.mark.parametrize("wie_eerst", ["geheel", "deel"])
def test_a_part_that_is_added_while_the_whole_is_closed_is_closed(wie_eerst: str) -> None:
    """Two transactions at once: the second waits for the first, and neither leaves a part open."""
    agenda = AgendaFactory(zichtbaarheid=REGIETAFEL)
    pijler = PijlerFactory(agenda=agenda)
    maatregel = MaatregelFactory(pijler=pijler)
    begonnen, klaar = threading.Event(), threading.Event()

    def sluit() -> None:
        Agenda.objects.filter(pk=agenda.pk).update(zichtbaarheid=RIJK)

    def voeg_toe() -> None:
        MijlpaalFactory(maatregel=Maatregel.objects.get(pk=maatregel.pk), omschrijving="Erbij")

    eerste, tweede = (sluit, voeg_toe) if wie_eerst == "geheel" else (voeg_toe, sluit)

    def doe_eerste() -> None:
        try:
            with transaction.atomic():
                eerste()
                begonnen.set()
                klaar.wait(1.0)  # the other waits for this one, so it is never set
        finally:
            connections.close_all()

    def doe_tweede() -> None:
        try:
            begonnen.wait(10)
            tweede()
            klaar.set()
        finally:
            connections.close_all()

    draden = [threading.Thread(target=doe_eerste), threading.Thread(target=doe_tweede)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(20)
    assert [houdt(mijlpaal)[0] for mijlpaal in Mijlpaal.objects.all()] == [RIJK]


# The rule, in its three forms


def blikken(orgs: dict[str, Organisatie]) -> Iterator[Blik]:
    """Every kind of look there is."""
    for niveau, wie in itertools.product(range(EIGEN, OPENBAAR + 2), ((), ("AenM",), ("VNG", "IPO"))):
        # Who belongs to an organisation sees what is for such organisations.
        if not wie or niveau <= (RIJK if "AenM" in wie else REGIETAFEL):
            yield Blik(niveau, NU, frozenset(orgs[naam].pk for naam in wie))
    yield Blik(RIJK, NU, frozenset({BUREAU, orgs["SZW"].pk}))
    yield Blik(OPENBAAR, NU, alles=True)


def test_the_row_the_query_and_the_view_agree(orgs: dict[str, Organisatie]) -> None:
    keuzes = itertools.product(
        Zichtniveau, (None, "AenM", "VNG"), (None, NU - SECONDE, NU, NU + SECONDE), (None, "AenM", "VNG")
    )
    for niveau, van, embargo, deel in keuzes:
        agenda = AgendaFactory(zichtbaarheid=niveau, afgeschermd_voor=orgs.get(van or ""), embargo_tot=embargo)
        MaatregelFactory(
            pijler__agenda=agenda, zichtbaarheid=EIGEN if deel else None, afgeschermd_voor=orgs.get(deel or "")
        )
    aantallen = set()
    for blik in blikken(orgs):
        rij_voor_rij = {rij.pk for rij in Maatregel.objects.all() if blik.ziet(rij)}
        vraag = set(Maatregel.objects.filter(blik.voorwaarde()).values_list("pk", flat=True))
        with kijkend(blik):
            venster = set(Maatregel.objects.values_list("pk", flat=True))
        assert rij_voor_rij == vraag, blik
        assert vraag == venster, blik
        aantallen.add(len(venster))
    assert len(aantallen) > 6
    assert Maatregel.objects.count() == max(aantallen)


@pytest.mark.parametrize(("na", "open_"), [(-SECONDE, True), (datetime.timedelta(), True), (SECONDE, False)])
def test_an_embargo_opens_at_its_moment_everywhere_at_once(
    orgs: dict[str, Organisatie], na: datetime.timedelta, open_: bool
) -> None:
    agenda = AgendaFactory(embargo_tot=NU + na, houder=orgs["AenM"], documentdatum=datetime.date(2024, 1, 2))
    maatregel = MaatregelFactory(pijler__agenda=agenda, trekker=orgs["SZW"])
    MijlpaalFactory(maatregel=maatregel, peildatum=datetime.date(2024, 1, 2))
    blik = Blik(REGIETAFEL, NU, frozenset({orgs["VNG"].pk}))
    with kijkend(blik):
        telling = [model.objects.count() for model in (Agenda, Pijler, Maatregel, Mijlpaal)]  # type: ignore[attr-defined]
        langs = [maatregel.mijlpalen.count(), maatregel.betrokkenheden.count(), maatregel.statuswijzigingen.count()]
        with terug(peildatum=datetime.date(2025, 1, 1)):
            toen = Maatregel.objects.count()
        historie = Maatregel.pgh_event_model.objects.count() > 0  # type: ignore[attr-defined]
    assert telling == [int(open_)] * 4
    assert langs == [int(open_)] * 3
    assert (toen, historie) == (int(open_), open_)
    with kijkend(Blik(RIJK, NU, frozenset({orgs["AenM"].pk}))):
        assert Maatregel.objects.count() == 1


def test_what_roles_come_to(orgs: dict[str, Organisatie]) -> None:
    def blik(*rollen: tuple[str, str]) -> Blik:
        leden = [Lidmaatschap(persoon_id=1, organisatie=orgs[naam], rol=rol) for naam, rol in rollen]
        return blik_van(leden, NU)

    aenm, vng = orgs["AenM"].pk, orgs["VNG"].pk
    assert blik(("VNG", Rol.LEZER)) == Blik(REGIETAFEL, NU, frozenset({vng}))
    assert blik(("AenM", Rol.DOSSIERHOUDER)) == Blik(RIJK, NU, frozenset({aenm}))
    assert blik(("VNG", Rol.LEZER), ("AenM", Rol.LEZER)) == Blik(RIJK, NU, frozenset({aenm, vng}))
    assert blik(("VNG", Rol.SECRETARIAAT)) == Blik(RIJK, NU, frozenset({vng, BUREAU}))
    assert blik(("VNG", Rol.AUDITOR)).alles
    assert blik() == Blik(OPENBAAR + 1, NU)


def test_a_role_that_ended_shows_nothing(orgs: dict[str, Organisatie]) -> None:
    lid = LidmaatschapFactory(organisatie=orgs["VNG"], tot=datetime.date(2026, 11, 20))
    MaatregelFactory()
    for dag, aantal in ((datetime.date(2026, 11, 19), 1), (datetime.date(2026, 11, 20), 0)):
        wie = Bevoegdheid(lid.persoon, dag)
        assert zichtbare_maatregelen(wie).count() == aantal
        with kijkend(wie.blik):
            assert Maatregel.objects.count() == aantal
    Persoon.objects.update(is_active=False)
    lid.persoon.refresh_from_db()
    assert not zichtbare_maatregelen(Bevoegdheid(lid.persoon, datetime.date(2026, 11, 19))).exists()


def test_the_public_part_can_be_switched_off(orgs: dict[str, Organisatie], client: Any) -> None:
    MaatregelFactory(code="o-1", pijler__agenda__zichtbaarheid=OPENBAAR)
    assert client.get("/maatregelen/o-1/").status_code == 200
    Publicatiebeleid.objects.create(pk=1, is_openbaar=False)
    antwoord = client.get("/maatregelen/o-1/")
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/inloggen/?next=/maatregelen/o-1/")
    Publicatiebeleid.objects.update(is_openbaar=True)
    assert client.get("/maatregelen/o-1/").status_code == 200


# Single fields


@pytest.mark.parametrize(
    ("wie", "ziet"), [("AenM", True), ("SZW", True), ("VNG", False), ("IPO", False), ("bezoeker", False)]
)
def test_what_of_a_measure_is_kept_within_the_rijk(orgs: dict[str, Organisatie], wie: str, ziet: bool) -> None:
    maatregel = MaatregelFactory(
        pijler__agenda__zichtbaarheid=OPENBAAR, toelichting="Intern", voorwaarde="Mits", voortgang="vertraagd",
        voortgang_op=datetime.date(2026, 1, 5), voortgang_toelichting="Ruzie",
        interne_velden=["toelichting", "voorwaarde", "voortgang"],
    )  # fmt: skip
    niveau = OPENBAAR if wie == "bezoeker" else RIJK if orgs[wie].is_rijk else REGIETAFEL
    with kijkend(Blik(niveau, NU)):
        rij = Maatregel.objects.get(pk=maatregel.pk)
        gevonden = Maatregel.objects.filter(toelichting__icontains="intern").count()
        oud = list(Maatregel.pgh_event_model.objects.values_list("toelichting", "voortgang"))  # type: ignore[attr-defined]
        with terug(peildatum=datetime.date(2026, 6, 1)):
            toen = Maatregel.objects.get(pk=maatregel.pk).voortgang_toelichting
    heel = ("Intern", "Mits", "vertraagd", datetime.date(2026, 1, 5), "Ruzie")
    leeg = ("", "", "niet_gemeld", None, "")
    getoond = (rij.toelichting, rij.voorwaarde, rij.voortgang, rij.voortgang_op, rij.voortgang_toelichting)
    assert getoond == (heel if ziet else leeg)
    assert gevonden == int(ziet)
    assert set(oud) == {("Intern", "vertraagd") if ziet else ("", "niet_gemeld")}
    assert toen == ("Ruzie" if ziet else "")


# The views


def tabellen(schema: str) -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s"
            " ORDER BY table_name, ordinal_position",
            [schema],
        )
        uit: dict[str, list[str]] = {}
        for tabel, kolom in cursor.fetchall():
            uit.setdefault(tabel, []).append(kolom)
    return uit


@pytest.mark.django_db
def test_every_table_says_who_sees_its_rows() -> None:
    """A new model fails here until somebody has said who sees its rows, or why everybody does."""
    alle = {m._meta.db_table: m for app in ("maatregelen", "regietafel") for m in apps.get_app_config(app).get_models()}
    inhoud = {tabel for tabel, model in alle.items() if not hasattr(model, "pgh_obj")}
    zicht, public = tabellen("zicht"), tabellen("public")
    assert set(VOOR_IEDEREEN) <= inhoud
    assert {tabel for tabel in zicht if not tabel.endswith("event")} == inhoud - set(VOOR_IEDEREEN)
    historie = {f"{tabel}event" for tabel in inhoud - set(VOOR_IEDEREEN)} & set(alle)
    assert {tabel for tabel in zicht if tabel.endswith("event")} == historie
    for schema in SCHEMAS:
        basis = tabellen(schema.removeprefix("zicht_")) if schema != "zicht" else public
        for tabel, kolommen in tabellen(schema).items():
            assert kolommen == basis[tabel], (schema, tabel)
        verwacht = {tabel for tabel in basis if tabel in inhoud - set(VOOR_IEDEREEN)}
        assert {tabel for tabel in tabellen(schema) if not tabel.endswith("event")} == verwacht, schema


def test_who_looks_is_forgotten_afterwards(orgs: dict[str, Organisatie]) -> None:
    MaatregelFactory(pijler__agenda__zichtbaarheid=EIGEN)
    with kijkend(Blik(OPENBAAR, NU)):
        assert Maatregel.objects.count() == 0
        with kijkend(Blik(RIJK, NU, frozenset({BUREAU}))):
            assert Maatregel.objects.count() == 1
        assert Maatregel.objects.count() == 0
    assert Maatregel.objects.count() == 1
    with pytest.raises(ZeroDivisionError), kijkend(Blik(OPENBAAR, NU)):
        1 / 0  # noqa: B018
    assert Maatregel.objects.count() == 1
    with pytest.raises(Exception, match="bestaat_niet"), transaction.atomic(), kijkend(Blik(OPENBAAR, NU)):
        models.QuerySet(Maatregel).extra(where=["bestaat_niet"]).count()
    assert Maatregel.objects.count() == 1


def test_looking_costs_no_counted_question(orgs: dict[str, Organisatie], django_assert_num_queries: Any) -> None:
    BetrokkenheidFactory()
    with django_assert_num_queries(1), kijkend(Blik(RIJK, NU)):
        list(Maatregel.objects.all())


def test_nobody_else_looks_within_the_past(db: None) -> None:
    """It would lead back to the tables of now, and the day would be forgotten without a word."""
    blik = Blik(RIJK, NU)
    with kijkend(blik), terug(peildatum=NU.date()):
        with kijkend(blik):  # the same one
            assert hier() == blik
        with pytest.raises(RuntimeError, match="ga dan terug"), kijkend(Blik(OPENBAAR, NU)):
            pass
        assert hier() == blik
        assert Maatregel.objects.count() == 0
    with kijkend(Blik(OPENBAAR, NU)):
        assert hier() == Blik(OPENBAAR, NU)


def test_who_could_not_look_left_nothing_behind(db: None) -> None:
    """The database is told who looks, and that can fail: the next one on this thread begins anew."""
    onmogelijk = Blik(RIJK, NU, frozenset({"\x00"}))  # type: ignore[arg-type]
    with pytest.raises(psycopg.DataError), kijkend(onmogelijk):
        pass
    assert hier() is None
    assert connection.features.allows_group_by_selected_pks
