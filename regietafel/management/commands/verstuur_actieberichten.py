"""Hand over the mail about actions that is due, now instead of at the next tick; or show what would go."""

import datetime
from itertools import groupby

from django.core.management.base import CommandError

from maatregelen.herinneringen import GEEN_WERKDAG
from maatregelen.management.commands import verstuur_herinneringen
from maatregelen.models import Bezorging, Uitkomst
from regietafel import actiepost


class Command(verstuur_herinneringen.Command):
    """In the same form as the reminders of measures, with the same options."""

    help = "Verstuurt de berichten over actiepunten van de Regietafel die aan de beurt zijn."

    def _proef(self, dag: datetime.date, *, met_status: bool) -> None:
        per_persoon = groupby(
            sorted(actiepost.voorgenomen(dag), key=lambda een: (een.persoon.email, een.sleuteldag, een.actiepunt.code)),
            key=lambda een: een.persoon.email,
        )
        mails = [(aan, list(groep)) for aan, groep in per_persoon]
        for aan, groep in mails:
            self._toon(
                "zou gaan, in het weekoverzicht" if groep[0].bezorging == Bezorging.WEEK else "zou gaan",
                aan,
                actiepost.onderwerp(groep, vandaag=dag),
                "; ".join(dict.fromkeys(een.reden for een in groep)),
            )
            if len(groep) > 1:
                for een in groep:
                    self.stdout.write(f"  over:   {een.actiepunt.code} {actiepost.onderwerp([een], vandaag=dag)}")
        self._toon_dag(dag)
        self._toon_zonder_ontvanger(dag)
        self.stdout.write(
            f"Proef voor {dag}: {verstuur_herinneringen.aantal_mails(len(mails), len(mails))}. "
            "Er is niets verstuurd en niets vastgelegd."
        )

    def _verstuur(self, dag: datetime.date, *, met_status: bool) -> None:
        verslag = actiepost.verstuur(dag, wacht=True)
        for regel in verslag.regels:
            if regel.aan:
                self._toon(
                    verstuur_herinneringen.WOORDEN[regel.uitkomst], regel.aan, regel.onderwerp, regel.reden, regel.fout
                )
        self._toon_dag(dag)
        self._toon_zonder_ontvanger(dag)
        telling = verslag.aantallen
        verzonden = telling[Uitkomst.VERZONDEN]
        self.stdout.write(
            f"Voor {dag}: {verstuur_herinneringen.aantal_mails(verzonden, verzonden)} verzonden, "
            f"{telling[Uitkomst.NIET_MEER_NODIG]} niet meer nodig, {telling[Uitkomst.GEWEIGERD]} geweigerd, "
            f"{verslag.blijft_open + telling[Uitkomst.OPEN]} nog open."
        )
        if verslag.gestopt not in ("", GEEN_WERKDAG) or not verslag.is_alles_overgedragen:
            oorzaken = dict.fromkeys([verslag.gestopt, *(regel.fout for regel in verslag.regels)])
            oorzaken.pop("", None)
            raise CommandError(
                f"Niet alles is overgedragen ({'; '.join(oorzaken)}). Wat nog open staat gaat de volgende keer mee."
            )

    def _toon_zonder_ontvanger(self, dag: datetime.date) -> None:
        rijen = actiepost.zonder_ontvanger(dag)
        if rijen:
            codes = ", ".join(rij.code for rij in rijen)
            self.stdout.write(
                f"Zonder ontvanger ({len(rijen)}), want er is geen dossierhouder en geen secretariaat: {codes}."
            )
