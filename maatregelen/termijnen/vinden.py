"""Moments in a running text, with their place."""

from datetime import date

from maatregelen.termijnen.lezen import Lezer
from maatregelen.termijnen.lezing import Vondst
from maatregelen.termijnen.omgeving import Treffer
from maatregelen.termijnen.woorden import Woordenrij


def vind(tekst: str, peildatum: date) -> list[Vondst]:
    """The moments in a text, in order and without overlap; what is no moment or is over is left alone."""
    rij = Woordenrij(tekst)
    lezer = Lezer(rij, peildatum, ruim=False)
    return [_vondst(rij, treffer) for treffer in lezer.treffers() if treffer.in_tekst]


def _vondst(rij: Woordenrij, treffer: Treffer) -> Vondst:
    van, tot = rij.van[treffer.i], rij.tot[treffer.tot - 1]
    return Vondst(rij.tekst[van:tot], van, tot, treffer.lezing)
