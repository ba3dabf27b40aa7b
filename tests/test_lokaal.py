"""The embedded database with real processes: who starts it, who keeps it, who stops it, and what survives a kill -9."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent
LOKAAL = ROOT / "migratie" / "lokaal.py"
IS_ROOT = os.geteuid() == 0
SQL = "import os, psycopg; c = psycopg.connect(os.environ['DATABASE_URL'], autocommit=True); "


@pytest.fixture(autouse=True)
def _hangs_up() -> Iterator[None]:
    """A hang-up ends who we start, as from a terminal: a suite under nohup would hand down that it is ignored."""
    was = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, was)


@pytest.fixture
def var() -> Iterator[Path]:
    """An empty var folder that anybody may enter (pytest's own is closed) with whatever root had to put elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix="Lokaal met spatie-"))
    folder.chmod(0o755)
    yield folder
    end_server(folder)
    if (folder / "postgres").is_symlink():
        shutil.rmtree((folder / "postgres").resolve().parent)
    shutil.rmtree(folder)


def start(var: Path, *command: str, foreground: bool = False, **more: str) -> subprocess.Popen[str]:
    """Start a command with the embedded database of a var folder, its input and output in our hands."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    options = ["--voorgrond"] if foreground else []
    return subprocess.Popen(
        [sys.executable, "-P", LOKAAL, "run", *options, "--", *command],
        env=env | {"REGIEMONITOR_VAR": str(var)} | more,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )


def run(var: Path, *command: str, say: str = "", foreground: bool = False, **more: str) -> tuple[int, str, str]:
    """Run a command to its end; gives exit code, output and errors."""
    process = start(var, *command, foreground=foreground, **more)
    out, err = process.communicate(say, timeout=60)
    return process.returncode, out, err


def query(var: Path, sql: str) -> str:
    """What a query on the embedded database answers."""
    code, out, err = run(var, sys.executable, "-c", SQL + f"print(c.execute({sql!r}).fetchone()[0])")
    assert (code, err) == (0, "")
    return out.strip()


def hold(var: Path) -> subprocess.Popen[str]:
    """A user of the database who stays until its input closes; returns once the database is there."""
    process = start(var, sys.executable, "-u", "-c", SQL + "print('er'); input()", foreground=True)
    assert process.stdout
    assert process.stdout.readline() == "er\n", process.communicate()
    return process


def leave(process: subprocess.Popen[str]) -> int:
    """End a user of the database; gives its exit code."""
    process.communicate("\n", timeout=60)
    return process.returncode


def server_pid(var: Path) -> int:
    """The process id of the running server."""
    return int((var / "postgres" / "postmaster.pid").read_text().split()[0])


def lives(pid: int) -> bool:
    """Whether a process is there and not merely unburied."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def wait_until(true: Callable[[], bool], seconds: float = 15) -> bool:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def end_server(var: Path) -> None:
    """Leave no server behind when a test fails half-way."""
    try:
        pid = server_pid(var)
    except (OSError, IndexError, ValueError):
        return
    if lives(pid) and "postgres" in psutil.Process(pid).name():
        os.kill(pid, signal.SIGQUIT)
        wait_until(lambda: not lives(pid))


def test_adds_nothing_and_leaves_nothing(var: Path) -> None:
    """Input, output and exit code are those of the command; afterwards no server lives."""
    script = SQL + "import sys; print(input(), c.execute('show server_encoding').fetchone()[0]); sys.exit(7)"
    assert run(var, sys.executable, "-c", script, say="hallo\n", foreground=True) == (7, "hallo UTF8\n", "")
    process = hold(var)
    pid = server_pid(var)
    assert lives(pid)
    assert leave(process) == 0
    assert not lives(pid)
    assert not (var / "postgres" / "postmaster.pid").exists()


def test_a_plain_role_that_makes_databases_and_knows_letters(var: Path) -> None:
    """As in production no superuser; the suite may make its database; upper case of é is É."""
    assert query(var, "select usesuper || ',' || usecreatedb from pg_user where usename = current_user") == "false,true"
    assert query(var, "select upper('é')") == "É"
    assert query(var, "select current_setting('fsync') || current_setting('timezone')") == "onUTC"


def test_the_last_user_stops_it(var: Path) -> None:
    """Whoever started the database may go first; it stays for the others."""
    first = hold(var)
    pid = server_pid(var)
    second = hold(var)
    assert leave(first) == 0
    assert lives(pid)
    assert query(var, "select 1") == "1"
    assert lives(pid)
    assert leave(second) == 0
    assert not lives(pid)


def test_many_starters_at_once_share_one_server(var: Path) -> None:
    """They take turns at starting and at stopping: nobody finds the door closed."""
    processes = [start(var, sys.executable, "-c", SQL + "print(c.execute('select 1').fetchone())") for _ in range(5)]
    assert [process.communicate(timeout=60) for process in processes] == [("(1,)\n", "")] * 5
    assert not (var / "postgres" / "postmaster.pid").exists()


def test_a_reused_process_id_is_not_a_server(var: Path) -> None:
    """A stale postmaster.pid whose number is now somebody else's neither stops the start nor harms that process."""
    assert query(var, "select 1") == "1"
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        data = (var / "postgres").resolve()
        stale = f"{stranger.pid}\n{data}\n1700000000\n5432\n{data}\n\n  1 1\nready   \n"
        (data / "postmaster.pid").write_text(stale)
        (data / ".s.PGSQL.5432.lock").write_text(stale)
        assert query(var, "select 2") == "2"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_no_acknowledged_row_is_lost_by_kill_9(var: Path) -> None:
    """After a kill -9 of everything it starts again, with every row that was promised to be there."""
    insert = "c.execute('insert into rij values (%s)', [n]); print(n)"
    script = SQL + "c.execute('create table rij (n int)')\nfor n in range(100000): " + insert
    process = start(var, sys.executable, "-u", "-c", script)
    assert process.stdout
    acknowledged = [process.stdout.readline() for _ in range(50)]
    pid = server_pid(var)
    for victim in (pid, process.pid):
        os.kill(victim, signal.SIGKILL)
    acknowledged += process.stdout.readlines()
    process.communicate()
    assert int(query(var, "select count(*) from rij")) >= len(acknowledged) >= 50
    assert query(var, "select max(n) + 1 = count(*) from rij") == "True"


def test_a_server_that_lost_its_keepers_serves_the_next_one(var: Path) -> None:
    """kill -9 of only the keeper: its command ends with it, and the next user finds, uses and stops the server."""
    process = start(var, sys.executable, "-u", "-c", SQL + "import time; print(os.getpid()); time.sleep(60)")
    assert process.stdout
    command, pid = int(process.stdout.readline()), server_pid(var)
    process.kill()
    process.communicate()
    if sys.platform == "linux":
        assert wait_until(lambda: not lives(command))
    else:
        os.kill(command, signal.SIGTERM)
    assert lives(pid)
    assert query(var, "select 1") == "1"
    assert not lives(pid)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_command_and_server(var: Path, kind: signal.Signals) -> None:
    """The command hears of it once, as SIGTERM, gets the time to end well, and its children go with it."""
    script = (
        "trap 'echo klaar; exit 3' TERM; sleep 60 & echo $!; "
        "wait; exit 9"
    )  # fmt: skip
    process = start(var, "bash", "-c", script)
    assert process.stdout
    child, pid = int(process.stdout.readline()), server_pid(var)
    process.send_signal(kind)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (128 + kind, "klaar\n", "")
    assert not lives(pid)
    assert wait_until(lambda: not lives(child))


def test_runs_as_somebody_who_may(var: Path) -> None:
    """PostgreSQL refuses root: then it runs as `nobody`, with nothing of root's; else as who starts it."""
    process = hold(var)
    server = psutil.Process(server_pid(var))
    expected = pwd.getpwnam("nobody").pw_uid if IS_ROOT else os.geteuid()
    assert server.uids().real == server.uids().effective == expected
    assert (var / "postgres").stat().st_uid == expected
    if IS_ROOT:
        assert "Groups:\t \n" in Path(f"/proc/{server.pid}/status").read_text()
    assert leave(process) == 0


def test_a_closed_folder_is_left_closed(var: Path) -> None:
    """Where `nobody` may not enter, the data of root lives elsewhere behind a link; an ordinary user needs no such."""
    var.chmod(0o700)
    assert query(var, "select 1") == "1"
    assert var.stat().st_mode & 0o777 == 0o700
    assert (var / "postgres").is_symlink() == IS_ROOT
    assert query(var, "select 2") == "2"


def test_a_deep_folder(var: Path) -> None:
    """A socket's address has room for about a hundred bytes; its stand-in goes when the server goes."""
    deep = var / ("diep-" * 12) / ("dieper-" * 12)
    script = SQL + "print(c.info.host)"
    code, out, err = run(deep, sys.executable, "-c", script)
    assert (code, err) == (0, "")
    assert len(out) < 100
    assert not Path(out.strip()).exists()


def test_var_that_cannot_be_written(var: Path) -> None:
    """One sentence that says which folder and what to do (a file in its place, which stops root as well)."""
    (var / "bestand").touch()
    code, out, err = run(var / "bestand", "true")
    assert (code, out) == (1, "")
    assert err.startswith(f"regiemonitor: In {var / 'bestand'} kan niet worden geschreven")
    assert err.count("\n") == 1


def test_own_database_is_used_as_it_is(var: Path) -> None:
    """With DATABASE_URL nothing is started, written or changed."""
    process = hold(var)
    url = run(var, "printenv", "DATABASE_URL")[1].strip()
    psycopg.connect(url).close()
    before = set(var.iterdir())
    assert run(var / "geen", "printenv", "DATABASE_URL", DATABASE_URL=url) == (0, f"{url}\n", "")
    assert set(var.iterdir()) == before
    assert leave(process) == 0


@pytest.mark.parametrize(
    "url",
    [
        "postgres://piet:geheim@127.0.0.1:{port}/x",
        "postgres://piet:ge@heim/geheim@127.0.0.1:{port}/x",
        "postgres://piet:%20geheim@127.0.0.1:geheim/x",
        "postgres://127.0.0.1:{port}/x?password=geheim",
    ],
)
def test_own_database_that_does_not_answer(var: Path, url: str) -> None:
    """One sentence that names DATABASE_URL and what to do, soon, and never a piece of the password."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        begin = time.monotonic()
        code, out, err = run(var, "true", DATABASE_URL=url.format(port=closed.getsockname()[1]))
    assert time.monotonic() - begin < 8
    assert (code, out) == (1, "")
    assert "DATABASE_URL" in err
    assert err.count("\n") == 1
    assert "heim" not in err


def test_command_that_does_not_exist(var: Path) -> None:
    """One sentence, and the server is stopped all the same."""
    code, out, err = run(var, "bestaat-niet")
    assert (code, out) == (1, "")
    assert err.startswith("regiemonitor: bestaat-niet kan niet worden gestart")
    assert not (var / "postgres" / "postmaster.pid").exists()


@pytest.mark.parametrize("port", ["acht", "0", "65536", "-1", "80 80"])
def test_server_refuses_what_is_no_port(port: str) -> None:
    """Before anything slow, with what to do."""
    done = subprocess.run(
        [ROOT / "script" / "server"],
        env=os.environ | {"PORT": port},
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert f"PORT={port} is geen poortnummer" in done.stderr


def test_server_says_that_the_port_is_taken() -> None:
    """Before anything slow, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [ROOT / "script" / "server"],
            env=os.environ | {"PORT": port},
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert f"poort {port} is bezet" in done.stderr
    assert "PORT=" in done.stderr
