"""What stands on every page and at the end of a paper, whatever it is written as."""

from django.utils import timezone

from regietafel.stukken.beschrijving import Inhoud, Omslag, kort, voluit
from regietafel.stukken.woorden import datum, moment


def voetregels(inhoud: Inhoud, omslag: Omslag) -> tuple[str, str]:
    """The two lines at the foot of each page: the moment of the data; that of making, with the check number."""
    gegevens = f"Gegevens van {moment(inhoud.gezien_op)}"
    if inhoud.peildatum < timezone.localdate(inhoud.gezien_op):
        gegevens = f"Stand per {datum(inhoud.peildatum)}  ·  {gegevens.lower()}"
    return gegevens, f"Gemaakt {moment(omslag.gemaakt_op)}  ·  controlegetal {kort(omslag.controlegetal)}"


def over_dit_stuk(inhoud: Inhoud, omslag: Omslag) -> list[tuple[str, str]]:
    """The facts at the end: when, the whole number, and where to check it."""
    return [
        ("Stand per", datum(inhoud.peildatum)),
        ("Gegevens van", moment(inhoud.gezien_op)),
        ("Gemaakt", moment(omslag.gemaakt_op)),
        ("Controlegetal", voluit(omslag.controlegetal)),
        ("Controleren", f"Vul het controlegetal in op {omslag.adres}"),
    ]
