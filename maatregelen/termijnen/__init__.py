"""How Dutch policy texts name a moment, and what that comes to.

Pure: words and a reference date in, an interval out; no database, no clock, nothing invented.
"""

from maatregelen.termijnen.kalender import reken, volgende
from maatregelen.termijnen.lezen import is_begrepen, lees
from maatregelen.termijnen.lezing import Lezing, Vondst
from maatregelen.termijnen.schrijven import schrijf, schrijf_duur, uitleg
from maatregelen.termijnen.vinden import vind

__all__ = ["Lezing", "Vondst", "is_begrepen", "lees", "reken", "schrijf", "schrijf_duur", "uitleg", "vind", "volgende"]
