"""Who may see a meeting, a point of it, an annex: the same page as for an agenda or a measure."""

from typing import Any

from django.shortcuts import get_object_or_404

from maatregelen.views.publicatie import Zichtblad
from regietafel.models import Vergadering
from regietafel.views.vergadering_bijhouden import LIJST, WIE_TAFEL
from regietafel.zichtbaarheid import (
    mag_vergaderingen_bijhouden,
    zichtbare_agendapunten,
    zichtbare_bijlagen,
    zichtbare_vergaderingen,
)


class Tafelzicht(Zichtblad):
    """A page of the secretariaat about something of one meeting; also of one with closed minutes."""

    wie_mag = WIE_TAFEL
    vergadering: Vergadering

    def mag(self) -> bool:
        """The secretariaat."""
        return mag_vergaderingen_bijhouden(self.wie)

    def paden(self) -> list[tuple[str, str]]:
        """The list, the meeting."""
        return [LIJST, (self.vergadering.get_absolute_url(), str(self.vergadering))]


class VergaderingZicht(Tafelzicht):
    """Who may see a meeting."""

    def zoek(self, **sleutels: Any) -> None:
        """The meeting with this address."""
        self.vergadering = get_object_or_404(zichtbare_vergaderingen(self.wie), slug=sleutels["slug"])
        self.onderwerp = self.stuk = self.vergadering


class PuntZicht(Tafelzicht):
    """Who may see a point."""

    def zoek(self, **sleutels: Any) -> None:
        """The point."""
        rijen = zichtbare_agendapunten(self.wie).select_related("vergadering")
        self.onderwerp = self.stuk = get_object_or_404(rijen, pk=sleutels["pk"])
        self.vergadering = self.onderwerp.vergadering


class BijlageZicht(Tafelzicht):
    """Who may open an annex."""

    def zoek(self, **sleutels: Any) -> None:
        """The annex."""
        rijen = zichtbare_bijlagen(self.wie).select_related("agendapunt__vergadering")
        self.onderwerp = self.stuk = get_object_or_404(rijen, pk=sleutels["pk"])
        self.vergadering = self.onderwerp.agendapunt.vergadering
        self.adres = self.onderwerp.agendapunt.get_absolute_url()
