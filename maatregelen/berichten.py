"""What a mail says: the words, by tense and with today's days, as text and as HTML. Who gets it is not decided here.

Writing asks the database nothing: a Melding holds all it needs.
"""

import datetime
from collections.abc import Hashable, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from django.template.loader import get_template

from maatregelen.afmelding import Afmeldsoort, afmeldadres
from maatregelen.briefpapier import brief, op_een_regel
from maatregelen.huisadres import volledig
from maatregelen.mailvorm import Brief
from maatregelen.meldingen import Melding
from maatregelen.models import TERMIJNSTAPPEN, Bezorging, Stap

VOORKEUREN = "/mijn/berichten/"

# All of a melding that its mail shows, but whom it is for.
_zonder_naam = attrgetter(*(veld.name for veld in fields(Melding) if veld.name != "persoon"))


def onderwerp(melding: Melding, *, vandaag: datetime.date) -> str:
    """The subject, on one line whatever a title contains."""
    return op_een_regel(_sjabloon(melding, "_onderwerp.txt", _inhoud(melding, vandaag)))


def bericht(
    melding: Melding,
    *,
    vandaag: datetime.date,
    message_id: str,
    antwoord_aan: Sequence[str] = (),
    gezegd: dict[Hashable, Brief] | None = None,
) -> Brief:
    """The mail about one thing, worded as seen on `vandaag`; `antwoord_aan`: where an answer to it goes.

    `gezegd` remembers what was said: colleagues who are told the same for the same reason read the same words.
    """
    afmelden = _afmeldadres(melding)
    zelfde = None if gezegd is None or afmelden else _zonder_naam(melding)  # an address to leave at is somebody's own
    if gezegd is not None and zelfde in gezegd:
        return gezegd[zelfde].ook_voor(melding.persoon.email, message_id).schrijf()
    inhoud = _inhoud(melding, vandaag)
    inhoud["onderwerp"] = op_een_regel(_sjabloon(melding, "_onderwerp.txt", inhoud))
    inhoud["zin"] = op_een_regel(_sjabloon(melding, "_zin.txt", inhoud))
    inhoud["afmelden"] = afmelden
    inhoud["antwoord_aan"] = antwoord_aan
    mail = brief(
        melding.persoon.email,
        inhoud["onderwerp"],
        _sjabloon(melding, ".txt", inhoud),
        _sjabloon(melding, ".html", inhoud),
        message_id=message_id,
        antwoord_aan=antwoord_aan,
        afmelden=afmelden,
    ).schrijf()
    if gezegd is not None and zelfde is not None:
        gezegd[zelfde] = mail
    return mail


def overzicht(
    meldingen: Sequence[Melding],
    *,
    bezorging: str,
    vandaag: datetime.date,
    message_id: str,
    antwoord_aan: Sequence[str] = (),
) -> Brief:
    """One mail about many things for one person: what is past first, then what comes, then the news."""
    regels = []
    for melding in sorted(_per_dag(meldingen), key=_volgorde):
        inhoud = _inhoud(melding, vandaag)
        regels.append({**inhoud, "zin": op_een_regel(_sjabloon(melding, "_zin.txt", inhoud))})
    # Who leaves an overview leaves all that it is about, also when it holds one entry today.
    gevolgd = all(melding.is_gevolgd for melding in meldingen)
    afmelden = afmeldadres(meldingen[0].persoon.pk, Afmeldsoort.GEVOLGD) if gevolgd else ""
    inhoud = {
        "delen": [
            (kop, [regel for regel in regels if regel["melding"].stap in stappen])
            for kop, stappen in (
                ("Voorbij", (Stap.VOORBIJ,)),
                ("Loopt af", (Stap.AANKONDIGING,)),
                ("Nieuws over wat u volgt", (Stap.STATUS, Stap.TERMIJN, Stap.NIEUW, Stap.GEWIJZIGD)),
            )
        ],
        "aantal": len(regels),
        "voorbij": sum(1 for melding in meldingen if melding.is_voorbij),
        "vandaag": vandaag,
        "per_week": bezorging == Bezorging.WEEK,
        "voorkeuren": volledig(VOORKEUREN),
        "afmelden": afmelden,
        "antwoord_aan": antwoord_aan,
        "adres": volledig("/"),
    }
    inhoud["onderwerp"] = op_een_regel(_render("mail/overzicht_onderwerp.txt", inhoud))
    return brief(
        meldingen[0].persoon.email,
        inhoud["onderwerp"],
        _render("mail/overzicht.txt", inhoud),
        _render("mail/overzicht.html", inhoud),
        message_id=message_id,
        antwoord_aan=antwoord_aan,
        afmelden=afmelden,
    ).schrijf()


def _afmeldadres(melding: Melding) -> str:
    """Where this person stops mails like this one at one click; nothing when it is about work of one's own.

    Of a mail for more than one reason everything followed stops: who clicks wants no next one.
    """
    if not melding.is_gevolgd:
        return ""
    if melding.volgfilter_id:
        return afmeldadres(melding.persoon.pk, Afmeldsoort.SELECTIE, melding.volgfilter_id)
    if melding.volgt_maatregel and ";" not in melding.reden:
        return afmeldadres(melding.persoon.pk, Afmeldsoort.MAATREGEL, melding.maatregel.pk)
    return afmeldadres(melding.persoon.pk, Afmeldsoort.GEVOLGD)


def _per_dag(meldingen: Sequence[Melding]) -> list[Melding]:
    """What was edited in one measure on one day as one entry: in an overview nobody asks at what time it was."""
    uit: dict[Hashable, Melding] = {}
    for nummer, melding in enumerate(meldingen):
        is_inhoud = melding.stap == Stap.GEWIJZIGD
        sleutel = (melding.maatregel.pk, melding.sleuteldag) if is_inhoud else nummer
        if eerder := uit.get(sleutel):
            melding = replace(eerder, gewijzigd=tuple(dict.fromkeys(eerder.gewijzigd + melding.gewijzigd)))
        uit[sleutel] = melding
    return list(uit.values())


def _volgorde(melding: Melding) -> tuple[datetime.date, str]:
    return (melding.sleuteldag or datetime.date.max, melding.maatregel.code)


def _soort(melding: Melding) -> str:
    if melding.stap in TERMIJNSTAPPEN:
        return "termijn"
    return "verplaatst" if melding.stap == Stap.TERMIJN else str(melding.stap)


def _sjabloon(melding: Melding, slot: str, inhoud: dict[str, Any]) -> str:
    return _render(f"mail/{_soort(melding)}{slot}", inhoud)


def _render(naam: str, inhoud: dict[str, Any]) -> str:
    return str(get_template(naam).render(inhoud))


def _inhoud(melding: Melding, vandaag: datetime.date) -> dict[str, Any]:
    inhoud: dict[str, Any] = {
        "melding": melding,
        "maatregel": melding.maatregel,
        "agenda": melding.maatregel.pijler.agenda,
        "mijlpaal": melding.mijlpaal or (melding.termijnwijziging.mijlpaal if melding.termijnwijziging else None),
        "wijziging": melding.statuswijziging or melding.termijnwijziging,
        "vandaag": vandaag,
        "adres": volledig(melding.maatregel.get_absolute_url()),
        "voorkeuren": volledig(VOORKEUREN),
        "is_voorbij": melding.is_voorbij,
        "stand_gemeld": melding.stand_gemeld,
    }
    if melding.sleuteldag:
        inhoud["dagen"] = abs((melding.sleuteldag - vandaag).days)
    return inhoud
