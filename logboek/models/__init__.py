"""The nouns of the log."""

from logboek.models.actie import Actie, Oorsprong, Resultaat
from logboek.models.logregel import Betrokkene, Herkomst, Logregel, Telling
from logboek.models.zegel import Zegel, Zegeldeel, Zegelgrens

__all__ = [
    "Actie",
    "Betrokkene",
    "Herkomst",
    "Logregel",
    "Oorsprong",
    "Resultaat",
    "Telling",
    "Zegel",
    "Zegeldeel",
    "Zegelgrens",
]
