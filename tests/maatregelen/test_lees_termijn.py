"""The command that reads termijnen for a script: the real process, on a machine where no database is up."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HUIS = Path(__file__).resolve().parent.parent.parent


def draai(invoer: bytes, *opties: str, **omgeving: str) -> subprocess.CompletedProcess[bytes]:
    """The command with these lines on its input; the database address leads nowhere."""
    return subprocess.run(
        [sys.executable, "manage.py", "lees_termijn", *opties],
        input=invoer,
        capture_output=True,
        cwd=HUIS,
        timeout=60,
        check=False,
        env={**os.environ, "DATABASE_URL": "postgres://niemand@127.0.0.1:1/nergens", **omgeving},
    )


def vraag(tekst: Any, peildatum: Any = "2025-03-19") -> bytes:
    """A line of input."""
    return json.dumps({"tekst": tekst, "peildatum": peildatum}, ensure_ascii=False).encode() + b"\n"


def antwoorden(uit: subprocess.CompletedProcess[bytes]) -> list[Any]:
    """The lines of output."""
    return [json.loads(regel) for regel in uit.stdout.decode().splitlines()]


def test_six_keys_in_order_for_each_line() -> None:
    uit = draai(vraag("vóór 31 december 2024") + vraag("jaarlijks voor 1 mei") + vraag("drie jaar") + vraag("qwerty"))
    assert uit.stdout.decode().splitlines() == [
        '{"tekst": "vóór 31 december 2024", "begin": null, "einde": "2024-12-30", "precisie": "dag", '
        '"relatie": "voor", "herhaling": null}',
        '{"tekst": "jaarlijks voor 1 mei", "begin": null, "einde": "2025-04-30", "precisie": "dag", "relatie": "voor", '
        '"herhaling": "P1Y"}',
        '{"tekst": "drie jaar", "begin": null, "einde": null, "precisie": "duur", "relatie": null, "herhaling": null}',
        '{"tekst": "qwerty", "begin": null, "einde": null, "precisie": "vaag", "relatie": "op", "herhaling": null}',
    ]
    assert (uit.returncode, uit.stderr) == (0, b"")


def test_finds_in_a_text_with_their_place() -> None:
    tekst = "Wet van 6 maart 2013: «één» plan voor de zomer,\nen per 2027 een status."
    uit = draai(vraag(tekst) + vraag("in 2015"), "--in-tekst")
    eerste, tweede = antwoorden(uit)[0]
    assert list(eerste) == ["tekst", "begin", "einde", "precisie", "relatie", "herhaling", "van", "tot"]
    assert (eerste["tekst"], eerste["einde"], tekst[eerste["van"] : eerste["tot"]]) == (
        "voor de zomer",
        "2025-06-20",
        "voor de zomer",
    )
    assert (tweede["tekst"], tweede["begin"], tekst[tweede["van"] : tweede["tot"]]) == (
        "per 2027",
        "2027-01-01",
        "per 2027",
    )
    assert antwoorden(uit)[1] == []
    assert uit.returncode == 0


def test_tells_everything_when_asked() -> None:
    uit = antwoorden(draai(vraag("voor de zomer") + vraag("binnen drie maanden na inwerkingtreding"), "--uitgebreid"))
    assert uit[0] == {
        "tekst": "voor de zomer",
        "begin": None,
        "einde": "2025-06-20",
        "precisie": "seizoen",
        "relatie": "voor",
        "herhaling": None,
        "duur": None,
        "gebeurtenis": None,
        "alternatief": {"begin": None, "einde": "2025-07-03", "precisie": "seizoen", "relatie": "voor"},
        "uitleg": "t/m 20 juni 2025 (of: voor het reces, t/m 3 juli 2025)",
    }
    assert (uit[1]["duur"], uit[1]["gebeurtenis"], uit[1]["alternatief"]) == ("P3M", "inwerkingtreding", None)


def test_a_bad_line_gets_its_answer_in_its_place_and_the_rest_goes_on() -> None:
    regels = [
        vraag("Q3 2024"),
        b"onzin\n",
        b"\n",
        b'{"tekst": "Q3 2024"}\n',
        b'{"peildatum": "2025-03-19"}\n',
        vraag(3),
        vraag("Q3 2024", None),
        vraag("Q3 2024", "19-03-2025"),
        vraag("Q3 2024", "2025-02-30"),
        vraag("Q3 2024", "2025-W12-3"),
        b"[]\n",
        b"\xff\xfe\n",
        b'{"tekst": "\\ud800", "peildatum": "2025-03-19"}\n',
        b"[" * 100_000 + b"\n",
        vraag("Q3 2024").rstrip() + b"\r\n",
        vraag("Q3 2024").rstrip(),
    ]
    uit = draai(b"".join(regels))
    goed = {
        "tekst": "Q3 2024",
        "begin": "2024-07-01",
        "einde": "2024-09-30",
        "precisie": "kwartaal",
        "relatie": "in",
        "herhaling": None,
    }
    wat = [
        "dit is geen JSON.",
        "deze regel is leeg.",
        "peildatum ontbreekt.",
        "tekst ontbreekt.",
        "tekst is geen tekst.",
        "peildatum is geen tekst.",
        *["peildatum is geen bestaande dag als JJJJ-MM-DD."] * 3,
        'dit is geen object. Schrijf {"tekst": ..., "peildatum": ...}.',
        "dit is geen UTF-8.",
        "tekst bevat een half teken.",
        "dit is geen JSON.",
    ]
    fouten = [{"fout": f"regel {nummer}: {fout}", "regel": nummer} for nummer, fout in enumerate(wat, start=2)]
    assert antwoorden(uit) == [goed, *fouten, goed, goed]
    assert uit.stderr.decode().splitlines() == [
        *[fout["fout"] for fout in fouten],
        "CommandError: 13 van de 16 regels zijn niet te lezen.",
    ]
    assert uit.returncode == 1


def test_answers_before_the_next_question_comes() -> None:
    """A script may hold a conversation: each answer is there at once."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "lees_termijn"], cwd=HUIS, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as proces:
        assert proces.stdin is not None
        assert proces.stdout is not None
        for woorden, einde in (("voor de zomer", "2025-06-20"), ("voor 1 april", "2025-03-31")):
            proces.stdin.write(vraag(woorden))
            proces.stdin.flush()
            assert json.loads(proces.stdout.readline())["einde"] == einde
        proces.stdin.close()
        assert proces.wait(timeout=30) == 0


def test_a_reader_that_stops_early_breaks_nothing() -> None:
    with subprocess.Popen(
        [sys.executable, "manage.py", "lees_termijn"],
        cwd=HUIS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as proces:
        assert proces.stdin is not None
        assert proces.stdout is not None
        assert proces.stderr is not None
        proces.stdin.write(vraag("voor de zomer"))
        proces.stdin.flush()
        assert proces.stdout.readline()
        proces.stdout.close()
        proces.stdin.write(vraag("voor de zomer"))
        proces.stdin.close()
        assert b"Traceback" not in proces.stderr.read()
        assert proces.wait(timeout=30) == 1


def test_language_of_the_machine_and_a_mark_at_the_start_do_not_matter() -> None:
    omgeving = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    uit = draai(b"\xef\xbb\xbf" + vraag("vóór de zomer"), **omgeving)
    assert antwoorden(uit)[0]["tekst"] == "vóór de zomer"
    assert draai(b"").returncode == 0
    fout = draai(b"\xff\n", **omgeving)
    assert fout.stderr.decode().splitlines()[0] == "regel 1: dit is geen UTF-8."
