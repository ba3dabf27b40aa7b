"""What words come to: one reading, and one find in a running text."""

from dataclasses import dataclass
from datetime import date

from maatregelen.models import Precisie, Relatie


@dataclass(frozen=True, slots=True)
class Lezing:
    """What words are taken to mean; `begin` and `einde` belong to it, an absent one is not said.

    `relatie` is absent for a bare length. `herhaling` and `duur` are ISO 8601 lengths; the length of a termijn that
    hangs on an event ("twee weken voor de LRT") counts back when it starts with a minus. `gebeurtenis` holds the words
    of that event. `alternatief` is the other judgement, to be shown beside this one: summer and recess.
    """

    begin: date | None
    einde: date | None
    precisie: Precisie
    relatie: Relatie | None
    herhaling: str = ""
    duur: str = ""
    gebeurtenis: str = ""
    alternatief: "Lezing | None" = None

    @property
    def is_vaag(self) -> bool:
        """Whether no day follows from the words."""
        return self.begin is None and self.einde is None


@dataclass(frozen=True, slots=True)
class Vondst:
    """A moment in a text: `tekst` stands at positions `van` up to, not including, `tot`."""

    tekst: str
    van: int
    tot: int
    lezing: Lezing


VAAG = Lezing(None, None, Precisie.VAAG, Relatie.OP)
