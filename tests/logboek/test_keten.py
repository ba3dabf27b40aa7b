# ruff: noqa: S608  # tables have their names from this file
"""The chain: whatever somebody with all rights in the database does to what was sealed, the check points at it."""

import datetime
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pghistory
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pghistory.models import Context

from logboek import verzegelen
from logboek.afscherming import scherm_af, uitgezet
from logboek.controle import Soort, controleer
from logboek.models import Actie, Betrokkene, Herkomst, Logregel, Resultaat, Zegel, Zegeldeel, Zegelgrens
from logboek.schrijven import schrijf
from logboek.verzegelen import herzegel, verzegel
from maatregelen.models import Organisatie
from tests.factories import OrganisatieFactory
from tests.zonder_leegwacht import UITZETTEN

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))

NU = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)
HISTORIE = "maatregelen_organisatieevent"
LOG = "logboek_logregel"


@contextmanager
def als_alleskunner() -> Iterator[Callable[..., None]]:
    """SQL by the owner of the tables, who turned every trigger of ours off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND (relname LIKE 'logboek\\_%%' OR relname LIKE '%%event' OR relname = 'pghistory_context')"
        )
        tabellen = [tabel for (tabel,) in cursor.fetchall()]
        for tabel in tabellen:
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        try:
            yield cursor.execute
        finally:
            for tabel in tabellen:
                cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
            cursor.execute(UITZETTEN)


@pytest.fixture(autouse=True)
def _leeg_te_maken(transactional_db: None) -> Iterator[None]:
    """Whatever a test turned on again: the tables can be emptied after it."""
    yield
    with connection.cursor() as cursor:
        cursor.execute(UITZETTEN)


def regels(aantal: int = 3) -> list[int]:
    """Lines of the log, a row of history and a context; answers the ids of the lines."""
    for nummer in range(aantal):
        schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=NU, details={"nummer": nummer})
    with pghistory.context(user=1, bron=["10.0.0.1", "Firefox"]):
        OrganisatieFactory()
    return list(Logregel.objects.order_by("id").values_list("id", flat=True))[-aantal:]


def bevindingen() -> dict[tuple[str, str], list[str]]:
    """What the check says, without the guard that tests turn off."""
    gevonden = controleer().bevindingen
    return {
        (tabel, soort.value): sleutels for (tabel, soort), sleutels in gevonden.items() if soort != Soort.AFSCHERMING
    }


def test_what_is_sealed_is_whole_and_a_second_time_adds_nothing() -> None:
    regels()
    (zegel,) = verzegel(moment=NU)
    assert (zegel.nummer, zegel.vorige, len(zegel.getal)) == (1, "0" * 64, 64)
    assert set(zegel.delen.values_list("tabel", flat=True)) == {LOG, HISTORIE, "pghistory_context"}
    assert verzegel(moment=NU) == []
    verslag = controleer(kop=(1, zegel.getal))
    assert (bevindingen(), verslag.zegels, verslag.onverzegeld, verslag.kop) == ({}, 1, 0, (1, zegel.getal))
    regels(1)
    assert controleer().onverzegeld == 2
    (tweede,) = verzegel(moment=NU)
    assert (tweede.nummer, tweede.vorige) == (2, zegel.getal)
    assert bevindingen() == {}


def test_a_changed_line_is_pointed_at() -> None:
    _, midden, _ = regels()
    verzegel(moment=NU)
    with als_alleskunner() as sql:
        sql(f"UPDATE {LOG} SET resultaat = 'mislukt' WHERE id = %s", [midden])
    assert bevindingen() == {(LOG, "gewijzigd"): [str(midden)]}


def test_a_deleted_line_in_the_middle_is_pointed_at() -> None:
    _, midden, _ = regels()
    verzegel(moment=NU)
    with als_alleskunner() as sql:
        sql(f"DELETE FROM {LOG} WHERE id = %s", [midden])
    assert bevindingen() == {(LOG, "verwijderd"): [str(midden)]}


def test_the_last_lines_gone_but_not_their_seal() -> None:
    *_, laatste = regels()
    verzegel(moment=NU)
    with als_alleskunner() as sql:
        sql(f"DELETE FROM {LOG} WHERE id = %s", [laatste])
    assert bevindingen() == {(LOG, "verwijderd"): [str(laatste)]}


def test_the_tail_gone_with_its_seals_shows_against_a_noted_seal_alone() -> None:
    regels()
    verzegel(moment=NU)
    later = regels()
    (tweede,) = verzegel(moment=NU)
    with als_alleskunner() as sql:
        sql(f"DELETE FROM {LOG} WHERE id = ANY(%s)", [later])
        sql("DELETE FROM logboek_zegeldeel WHERE zegel_id = 2")
        sql("DELETE FROM logboek_zegel WHERE nummer = 2")
    # What is left is a whole chain: by itself it cannot say that it was longer.
    assert bevindingen() == {}
    assert controleer(kop=(2, tweede.getal)).bevindingen[("logboek_zegel", Soort.KOP)] == ["2"]
    # The next seal takes the number, not the check number.
    regels()
    verzegel(moment=NU)
    assert controleer(kop=(2, tweede.getal)).bevindingen[("logboek_zegel", Soort.KOP)] == ["2"]


def test_a_line_put_between_is_pointed_at() -> None:
    eerste, midden, _ = regels()
    with als_alleskunner() as sql:
        sql(f"DELETE FROM {LOG} WHERE id = %s", [midden])
    verzegel(moment=NU)
    assert bevindingen() == {}
    with als_alleskunner() as sql:
        sql(
            f"INSERT INTO {LOG} SELECT %s, tijdstip, actie, object_soort, object_sleutel, object_naam, resultaat,"
            f" oorsprong, herkomst, actor, details FROM {LOG} WHERE id = %s",
            [midden, eerste],
        )
    assert bevindingen() == {(LOG, "toegevoegd"): [str(midden)]}


def test_two_lines_that_changed_places_are_pointed_at() -> None:
    eerste, tweede, _ = regels()
    verzegel(moment=NU)
    with als_alleskunner() as sql:
        sql(f"UPDATE {LOG} SET id = -1 WHERE id = %s", [eerste])
        sql(f"UPDATE {LOG} SET id = %s WHERE id = %s", [eerste, tweede])
        sql(f"UPDATE {LOG} SET id = %s WHERE id = -1", [tweede])
    assert bevindingen() == {(LOG, "gewijzigd"): [str(eerste), str(tweede)]}


def test_changed_and_deleted_history_is_pointed_at() -> None:
    regels()
    regels()
    verzegel(moment=NU)
    eerste, tweede = Organisatie.pgh_event_models["insert"].objects.order_by("pgh_id").values_list("pgh_id", flat=True)
    with als_alleskunner() as sql:
        sql(f"UPDATE {HISTORIE} SET naam = 'Anders' WHERE pgh_id = %s", [eerste])
        sql(f"DELETE FROM {HISTORIE} WHERE pgh_id = %s", [tweede])
    assert bevindingen() == {(HISTORIE, "gewijzigd"): [str(eerste)], (HISTORIE, "verwijderd"): [str(tweede)]}


def test_a_changed_context_is_pointed_at() -> None:
    regels()
    verzegel(moment=NU)
    context = Context.objects.get()
    with als_alleskunner() as sql:
        sql("""UPDATE pghistory_context SET metadata = jsonb_set(metadata, '{user}', '2')""")
    assert bevindingen() == {("pghistory_context", "gewijzigd"): [str(context.pk)]}
    with als_alleskunner() as sql:
        sql("DELETE FROM pghistory_context")
    assert bevindingen() == {("pghistory_context", "verwijderd"): [str(context.pk)]}


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE logboek_zegel SET tijdstip = tijdstip + interval '1 second' WHERE nummer = 1",
        "UPDATE logboek_zegeldeel SET rijgetallen = decode(repeat('00', 96), 'hex')"
        " WHERE zegel_id = 1 AND tabel = 'logboek_logregel'",
        "UPDATE logboek_zegeldeel SET sleutels = array_reverse(sleutels)"
        " WHERE zegel_id = 1 AND tabel = 'logboek_logregel'",
        "UPDATE logboek_zegeldeel SET tabel = 'weg' WHERE zegel_id = 1 AND tabel = 'logboek_logregel'",
        "DELETE FROM logboek_zegeldeel WHERE zegel_id = 1 AND tabel = 'logboek_logregel'",
        "UPDATE logboek_zegel SET vorige = repeat('1', 64) WHERE nummer = 1",
    ],
)
def test_a_changed_seal_is_pointed_at(opdracht: str) -> None:
    regels()
    verzegel(moment=NU)
    regels()
    verzegel(moment=NU)
    with als_alleskunner() as sql:
        sql(opdracht)
    assert bevindingen()[("logboek_zegel", "zegel")] == ["1"]


def test_who_works_out_a_changed_seal_anew_breaks_the_next_one() -> None:
    regels()
    verzegel(moment=NU)
    regels()
    verzegel(moment=NU)
    eerste = Zegel.objects.get(nummer=1)
    getal = verzegelen.zegelgetal(1, NU + datetime.timedelta(days=1), eerste.vorige, list(eerste.delen.order_by("id")))
    with als_alleskunner() as sql:
        sql(
            "UPDATE logboek_zegel SET tijdstip = %s, getal = %s WHERE nummer = 1",
            [NU + datetime.timedelta(days=1), getal],
        )
    assert bevindingen() == {("logboek_zegel", "zegel"): ["2"]}


def test_a_seal_in_the_middle_cannot_go() -> None:
    for _ in range(3):
        regels()
        verzegel(moment=NU)
    with als_alleskunner() as sql:
        sql("DELETE FROM logboek_zegeldeel WHERE zegel_id = 2")
        sql("DELETE FROM logboek_zegel WHERE nummer = 2")
    assert bevindingen()[("logboek_zegel", "zegel")] == ["3"]


def test_erasing_names_and_addresses_leaves_the_chain_whole() -> None:
    regels()
    verzegel(moment=NU)
    assert Herkomst.objects.count() == 1
    Betrokkene.objects.all().delete()
    Herkomst.objects.all().delete()
    assert bevindingen() == {}


def test_a_big_beginning_is_sealed_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verzegelen, "RIJEN_PER_ZEGEL", 2)
    regels(5)
    assert len(verzegel(moment=NU, hoogstens=1)) == 1
    assert [zegel.nummer for zegel in verzegel(moment=NU)] == [2, 3]
    assert [len(deel.sleutels) for deel in Zegeldeel.objects.order_by("id").exclude(tabel="pghistory_context")] == [
        2,
        2,
        1,
        1,
    ]
    assert bevindingen() == {}


def in_draad(werk: Callable[[], None]) -> threading.Thread:
    """The same at the same time, over a connection of its own."""

    def doe() -> None:
        try:
            werk()
        finally:
            connection.close()

    draad = threading.Thread(target=doe)
    draad.start()
    return draad


@pytest.mark.parametrize("wat", ["logregel", "historie"])
def test_a_row_that_is_committed_late_below_a_sealed_one_is_sealed_too(wat: str) -> None:
    """Two real transactions: the one that drew the lower id commits after the other one was seen."""
    geschreven, mag_verder = threading.Event(), threading.Event()

    def leg_vast() -> None:
        if wat == "logregel":
            schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=NU)
        else:
            OrganisatieFactory()

    def traag() -> None:
        with transaction.atomic():
            leg_vast()
            geschreven.set()
            assert mag_verder.wait(20)

    draad = in_draad(traag)
    assert geschreven.wait(20)
    leg_vast()
    # The higher id is there, the lower one is not yet: nothing is sealed, and the bound stays for the next time.
    assert verzegel(moment=NU, wacht=0.2) == []
    assert Zegelgrens.objects.count() == 1
    mag_verder.set()
    draad.join()
    (zegel,) = verzegel(moment=NU)
    tabel = LOG if wat == "logregel" else HISTORIE
    assert len(zegel.delen.get(tabel=tabel).sleutels) == 2
    assert bevindingen() == {}


def test_who_keeps_a_transaction_open_does_not_stop_what_was_before() -> None:
    """One long transaction after another: the bound that was measured stays until it is clear, so sealing goes on."""
    regels(1)
    begonnen, mag_verder = threading.Event(), threading.Event()

    def traag() -> None:
        with transaction.atomic():
            schrijf(actie=Actie.INLOGGEN, resultaat=Resultaat.GELUKT, moment=NU)
            begonnen.set()
            assert mag_verder.wait(20)

    draad = in_draad(traag)
    assert begonnen.wait(20)
    assert verzegel(moment=NU, wacht=0.1) == []
    grens = Zegelgrens.objects.get().schrijvers
    assert verzegel(moment=NU, wacht=0.1) == []
    assert Zegelgrens.objects.get().schrijvers == grens
    mag_verder.set()
    draad.join()
    # What was measured then, and what came since.
    assert len(verzegel(moment=NU)) == 2
    assert bevindingen() == {}


def test_two_sealers_at_once_make_one_chain() -> None:
    regels(40)
    fouten: list[Exception] = []

    def zegel() -> None:
        try:
            for _ in range(3):
                verzegel(moment=NU)
        except Exception as fout:
            fouten.append(fout)

    draden = [in_draad(zegel) for _ in range(3)]
    for _ in range(5):
        regels(1)
    for draad in draden:
        draad.join()
    verzegel(moment=NU)
    assert (fouten, bevindingen(), controleer().onverzegeld) == ([], {}, 0)


def test_who_comes_while_somebody_seals_goes_home() -> None:
    regels()
    # Somebody measured the bounds, and is sealing up to them now.
    verzegelen._meet_grenzen()
    bezig, mag_verder = threading.Event(), threading.Event()

    def zegelt() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [verzegelen._SLOT])
            bezig.set()
            assert mag_verder.wait(20)

    draad = in_draad(zegelt)
    assert bezig.wait(20)
    try:
        assert verzegel(moment=NU) == []
        assert Zegel.objects.count() == 0
    finally:
        mag_verder.set()
        draad.join()
    assert len(verzegel(moment=NU)) == 1
    assert bevindingen() == {}


def test_a_database_put_back_from_a_copy_goes_on() -> None:
    """Who was writing then is not there any more."""
    regels()
    Zegelgrens.objects.create(pk=1, grenzen={LOG: 1}, schrijvers=["9999/1"])
    assert len(verzegel(moment=NU)) == 1
    assert bevindingen() == {}


def test_a_column_that_went_is_said_and_sealed_anew() -> None:
    regels()
    verzegel(moment=NU)
    deel = Zegeldeel.objects.get(tabel=HISTORIE)
    with als_alleskunner() as sql:
        sql(f"ALTER TABLE {HISTORIE} ADD COLUMN tijdelijk text DEFAULT 'x'")
    try:
        # A column that came changes nothing: what was sealed is worked out over the columns of then.
        assert bevindingen() == {}
    finally:
        with als_alleskunner() as sql:
            sql(f"ALTER TABLE {HISTORIE} DROP COLUMN tijdelijk")
    with als_alleskunner() as sql:
        kolommen = [*deel.kolommen, "vervallen"]
        sql("UPDATE logboek_zegeldeel SET kolommen = %s WHERE id = %s", [kolommen, deel.pk])
        deel.kolommen = kolommen
        zegel = Zegel.objects.get()
        getal = verzegelen.zegelgetal(1, NU, zegel.vorige, list(zegel.delen.order_by("id")))
        sql("UPDATE logboek_zegel SET getal = %s", [getal])
    assert bevindingen() == {(HISTORIE, "kolom"): ["vervallen"]}
    herzegel([HISTORIE], moment=NU, reden="kolom vervallen")
    verzegel(moment=NU)
    assert bevindingen() == {}
    assert Logregel.objects.get(actie="logboek_verzegelen").details == {
        "tabellen": [HISTORIE],
        "reden": "kolom vervallen",
    }
    with als_alleskunner() as sql:
        sql(f"UPDATE {HISTORIE} SET naam = 'Anders'")
    assert len(bevindingen()[HISTORIE, "gewijzigd"]) == 1


def test_the_guards_refuse_and_are_missed_when_they_are_off() -> None:
    regels()
    verzegel(moment=NU)
    with connection.cursor() as cursor:
        tabellen = [LOG, "logboek_zegel", "logboek_zegeldeel", HISTORIE, "pghistory_context"]
        for tabel in tabellen:
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
        try:
            assert not any(plek.split(":")[0] in tabellen for plek in uitgezet())
            for tabel, kolom in zip(tabellen, ["actie", "vorige", "tabel", "naam", "created_at"], strict=True):
                for opdracht in (
                    f"UPDATE {tabel} SET {kolom} = {kolom}",
                    f"DELETE FROM {tabel}",
                    f"TRUNCATE {tabel} CASCADE",
                ):
                    with pytest.raises(DatabaseError, match=r"logboek: |Cannot update or delete"):
                        cursor.execute(opdracht)
            cursor.execute(f"ALTER TABLE {LOG} DISABLE TRIGGER USER")
            assert [plek for plek in uitgezet() if plek.startswith(LOG)] == [f"{LOG}: legen", f"{LOG}: wijzigen"]
            assert (LOG, Soort.AFSCHERMING) in controleer().bevindingen
            cursor.execute(f"ALTER TABLE {LOG} ENABLE TRIGGER USER")
        finally:
            for tabel in tabellen:
                cursor.execute(
                    "DO $$ DECLARE rij record; BEGIN FOR rij IN SELECT tgname FROM pg_trigger WHERE tgrelid ="
                    f" '{tabel}'::regclass AND tgname LIKE '%%niet_legen%%' LOOP EXECUTE format("
                    f"'ALTER TABLE {tabel} DISABLE TRIGGER %%I', rij.tgname); END LOOP; END $$",
                    [],
                )


def wachters() -> list[tuple[str, str, str]]:
    """Every trigger that there is on the log, the seals, the history tables and the contexts, and what it does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
            " AND tgrelid::regclass::text ~ '^(logboek_|pghistory_context|.*event$)' ORDER BY 1, 2"
        )
        return cursor.fetchall()


def test_putting_the_guards_on_twice_is_harmless() -> None:
    regels()
    verzegel(moment=NU)
    eerst = wachters()
    with connection.cursor() as cursor:
        # As after a release that brings a history table, and after somebody took one away.
        cursor.execute(f"DROP TRIGGER logboek_niet_legen ON {HISTORIE}")
        cursor.execute("DROP TRIGGER logboek_alleen_toevoegen ON pghistory_context")
    gemist = {"maatregelen_organisatieevent: legen", "pghistory_context: wijzigen"}
    assert wachters() != eerst
    assert gemist <= set(uitgezet())
    for _ in range(2):
        scherm_af()
        assert wachters() == eerst
        assert not gemist & set(uitgezet())
    with connection.cursor() as cursor:
        for opdracht in (
            f"TRUNCATE {HISTORIE}",
            "UPDATE pghistory_context SET created_at = created_at",
            "DELETE FROM pghistory_context",
        ):
            with pytest.raises(DatabaseError, match="logboek: "):
                cursor.execute(opdracht)
    assert bevindingen() == {}
    regels(1)
    assert len(verzegel(moment=NU)) == 1
    assert bevindingen() == {}


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [("TimeZone", "Pacific/Auckland"), ("DateStyle", "SQL, DMY"), ("IntervalStyle", "sql_standard"),
     ("extra_float_digits", "-5"), ("bytea_output", "escape")],
)  # fmt: skip
def test_a_connection_with_other_habits_works_out_the_same_numbers(naam: str, waarde: str) -> None:
    regels()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [naam, waarde])
        try:
            verzegel(moment=NU)
        finally:
            cursor.execute(f"RESET {naam}")
        assert bevindingen() == {}
        cursor.execute("SELECT set_config(%s, %s, false)", [naam, waarde])
        try:
            assert bevindingen() == {}
        finally:
            cursor.execute(f"RESET {naam}")


def test_the_command_says_which_rows_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    eerste, *_ = regels()
    (zegel,) = verzegel(moment=NU)
    with als_alleskunner() as sql:
        sql(f"UPDATE {LOG} SET actie = 'uitloggen' WHERE id = %s", [eerste])
    with pytest.raises(CommandError, match="niet heel") as fout:
        call_command("controleer_logboek", kop=f"1:{zegel.getal}")
    assert fout.value.returncode == 1
    uitvoer = capsys.readouterr().out
    assert f"{LOG}: gewijzigd: {eerste}\n" in uitvoer
    assert f"Laatste zegel: 1:{zegel.getal}\n" in uitvoer
    with pytest.raises(CommandError, match="Schrijf --kop"):
        call_command("controleer_logboek", kop="1")


def test_a_context_that_is_added_to_becomes_another_one() -> None:
    with pghistory.context(user=1, bron=["10.0.0.1", "Firefox"]):
        organisatie = OrganisatieFactory()
        pghistory.context(user=2)
        organisatie.naam = "Anders"
        organisatie.save()
        organisatie.naam = "Weer anders"
        organisatie.save()
    gebeurtenissen = Organisatie.pgh_event_models["insert"].objects.order_by("pgh_id").select_related("pgh_context")
    assert [gebeurtenis.pgh_context.metadata["user"] for gebeurtenis in gebeurtenissen] == [1, 2, 2]
    assert Context.objects.count() == 2
    assert {context.metadata["herkomst"] for context in Context.objects.all()} == {str(Herkomst.objects.get().pk)}
    assert not any("bron" in context.metadata for context in Context.objects.all())
