"""Hand over the mail that is due, now instead of at the next tick; or show what would go."""

import datetime
import re
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from maatregelen import berichten, herinneringen
from maatregelen.models import Bezorging, Uitkomst
from maatregelen.werkdagen import is_werkdag, volgende_werkdag

WOORDEN = {
    Uitkomst.VERZONDEN: "verzonden",
    Uitkomst.GEWEIGERD: "geweigerd door de mailserver",
    Uitkomst.NIET_MEER_NODIG: "niet meer nodig",
    Uitkomst.OPEN: "niet overgedragen, gaat de volgende keer weer mee",
}
ZOU_GAAN = {
    Bezorging.DIRECT: "zou gaan",
    Bezorging.DAG: "zou gaan, in het dagoverzicht",
    Bezorging.WEEK: "zou gaan, in het weekoverzicht",
}


def _dag(tekst: str) -> datetime.date:
    """A day as JJJJ-MM-DD; raises CommandError with what is wrong."""
    uitleg = f"'{tekst}' is geen datum. Schrijf JJJJ-MM-DD, bijvoorbeeld 2024-12-17."
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", tekst, re.ASCII):
        raise CommandError(uitleg)
    try:
        dag = datetime.date.fromisoformat(tekst)
    except ValueError:
        raise CommandError(uitleg) from None
    if not 2000 <= dag.year <= 2100:
        raise CommandError(f"{tekst} ligt te ver weg. Kies een dag tussen 2000 en 2100.")
    return dag


class Command(BaseCommand):
    help = "Verstuurt de herinneringen die aan de beurt zijn, en zonder --vandaag ook de berichten aan volgers."
    requires_system_checks = ()  # mail must not wait for a page that does not work

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--vandaag",
            metavar="JJJJ-MM-DD",
            help="De dag voor het beoordelen van termijnen; mensen zijn die van nu. Buiten de demo alleen met --proef.",
        )
        parser.add_argument(
            "--proef",
            action="store_true",
            help="Verstuur niets en leg niets vast; toon alleen wat aan wie zou gaan en waarom.",
        )

    def handle(self, *, vandaag: str | None, proef: bool, **opties: Any) -> None:
        """Prints one block per mail and the totals; raises CommandError when something could not be handed over."""
        dag = _dag(vandaag) if vandaag is not None else timezone.localdate()
        if vandaag is not None and not proef and not settings.DEMO:
            raise CommandError("--vandaag verstuurt alleen in de demo. Voeg --proef toe om te zien wat er zou gaan.")
        if proef:
            self._proef(dag, met_status=vandaag is None)
        else:
            self._verstuur(dag, met_status=vandaag is None)

    def _proef(self, dag: datetime.date, *, met_status: bool) -> None:
        meldingen = herinneringen.voorgenomen(dag)
        if met_status:
            meldingen += herinneringen.voorgenomen_nieuws(moment=timezone.now())
        for melding in meldingen:
            self._toon(
                ZOU_GAAN[melding.bezorging],
                melding.persoon.email,
                berichten.onderwerp(melding, vandaag=dag),
                melding.reden,
            )
        mensen = len({melding.persoon.pk for melding in meldingen})
        los = [melding for melding in meldingen if melding.bezorging == Bezorging.DIRECT]
        overzichten = {(melding.persoon.pk, melding.bezorging) for melding in meldingen} - {
            (melding.persoon.pk, melding.bezorging) for melding in los
        }
        self._toon_dag(dag)
        self._toon_zonder_ontvanger(dag)
        self.stdout.write(
            f"Proef voor {dag}: {aantal_mails(len(los) + len(overzichten), mensen)}. "
            "Er is niets verstuurd en niets vastgelegd."
        )

    def _verstuur(self, dag: datetime.date, *, met_status: bool) -> None:
        verslagen = [herinneringen.verstuur(dag, wacht=True, met_nieuws=met_status)]
        if met_status:
            verslagen.append(herinneringen.verstuur_statusberichten(wacht=True))
        regels = [regel for verslag in verslagen for regel in verslag.regels]
        for regel in regels:
            if regel.aan:
                self._toon(WOORDEN[regel.uitkomst], regel.aan, regel.onderwerp, regel.reden, regel.fout)
        self._toon_dag(dag)
        self._toon_zonder_ontvanger(dag)
        verzonden = [regel for regel in regels if regel.uitkomst == Uitkomst.VERZONDEN]
        telling = {uitkomst: sum(verslag.aantallen[uitkomst] for verslag in verslagen) for uitkomst in Uitkomst}
        blijft_open = telling[Uitkomst.OPEN] + sum(verslag.blijft_open for verslag in verslagen)
        self.stdout.write(
            f"Voor {dag}: {aantal_mails(len(verzonden), len({regel.aan for regel in verzonden}))} verzonden, "
            f"{telling[Uitkomst.NIET_MEER_NODIG]} niet meer nodig, {telling[Uitkomst.GEWEIGERD]} geweigerd, "
            f"{blijft_open} nog open."
        )
        bezet = any(verslag.gestopt == herinneringen.ANDER_BEZIG for verslag in verslagen)
        if bezet or not all(verslag.is_alles_overgedragen for verslag in verslagen):
            oorzaken = dict.fromkeys(
                [verslag.gestopt for verslag in verslagen if verslag.gestopt not in ("", herinneringen.GEEN_WERKDAG)]
                + [regel.fout for regel in regels if regel.fout]
            )
            raise CommandError(
                f"Niet alles is overgedragen ({'; '.join(oorzaken) or 'een ander proces is er nog mee bezig'}). "
                "Wat nog open staat gaat de volgende keer mee."
            )

    def _toon(self, wat: str, aan: str, onderwerp: str, reden: str, fout: str = "") -> None:
        self.stdout.write(f"{aan}: {wat}{f' ({fout})' if fout else ''}\n  wat:    {onderwerp}\n  waarom: {reden}")

    def _toon_dag(self, dag: datetime.date) -> None:
        if not is_werkdag(dag):
            self.stdout.write(
                f"{dag} is geen werkdag: herinneringen gaan op werkdagen uit, weer op {volgende_werkdag(dag)}."
            )

    def _toon_zonder_ontvanger(self, dag: datetime.date) -> None:
        rijen = herinneringen.zonder_ontvanger(dag)
        if rijen:
            codes = ", ".join(sorted({mijlpaal.maatregel.code for mijlpaal in rijen}))
            self.stdout.write(
                f"Zonder ontvanger ({len(rijen)}), want er is geen dossierhouder en geen secretariaat: {codes}."
            )


def aantal_mails(mails: int, mensen: int) -> str:
    """How many mails to how many people, in words."""
    return f"{mails} {'bericht' if mails == 1 else 'berichten'} aan {mensen} {'persoon' if mensen == 1 else 'personen'}"
