"""The texts of the documents: attached by people, kept beside the product's own data."""

import datetime
import hashlib
import unicodedata
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from maatregelen.documentcontrole import Documentfout
from maatregelen.models import Agenda, Brontekst, Maatregel, Mijlpaal, Persoon, Pijler, Tijdsaanduiding

HOOGSTENS = 2 * 1024 * 1024  # bytes
TE_NOEMEN = 5


def voeg_brontekst_toe(
    agenda: Agenda, *, bestandsnaam: str, inhoud: bytes, door: Persoon | None, moment: datetime.datetime
) -> Brontekst:
    """Attach the text of a document, or replace it; the same text again changes nothing.

    Raises ValidationError with one clear sentence: too large, not UTF-8, not plain text, or too short for the lines
    to which the records of this agenda refer.
    """
    tekst = _platte_tekst(bestandsnaam, inhoud)
    _moet_regels_dekken(agenda, bestandsnaam, tekst)
    # Without what is not seen: signs that turn the direction of a text make a name read as another.
    zichtbaar = "".join(teken for teken in bestandsnaam if unicodedata.category(teken)[0] != "C")
    naam = Path(zichtbaar.replace("\\", "/")).name[-120:]
    controlegetal = hashlib.sha256(tekst.encode()).hexdigest()
    with transaction.atomic():
        Agenda.objects.select_for_update().get(pk=agenda.pk)
        brontekst = Brontekst.objects.filter(agenda=agenda).first() or Brontekst(agenda=agenda)
        if brontekst.controlegetal == controlegetal:
            return brontekst
        brontekst.bestandsnaam, brontekst.tekst, brontekst.controlegetal = naam, tekst, controlegetal
        brontekst.bijgevoegd_door, brontekst.bijgevoegd_op = door, moment
        brontekst.save()
    return brontekst


def voeg_bronnen_toe(map_: Path, *, moment: datetime.datetime) -> list[str]:
    """Attach the texts in a folder, found by the file names that the agendas give; says in lines what it did.

    A text that is missing is named, and so is one that a person attached and that differs: that one stays. Raises
    Documentfout when the folder cannot be read or a text in it is refused.
    """
    if not map_.is_dir():
        raise Documentfout([f"{map_}: deze map bestaat niet of is niet te lezen."])
    regels: list[str] = []
    fouten: list[str] = []
    gevonden = 0
    for agenda in Agenda.objects.exclude(bronbestand="").order_by("slug").select_related("brontekst"):
        naam = agenda.bronbestand
        try:
            inhoud = (map_ / naam).read_bytes()
        except FileNotFoundError:
            regels.append(f"{naam}: staat niet in de map; agenda {agenda.slug} houdt alleen regelnummers.")
            continue
        except OSError as fout:
            fouten.append(f"{naam}: dit bestand is niet te lezen ({fout.strerror}).")
            continue
        gevonden += 1
        try:
            regels.append(_voeg_toe_uit_map(agenda, naam, inhoud, moment))
        except ValidationError as fout:
            fouten += fout.messages
    if not gevonden and not fouten:
        fouten.append(f"{map_}: geen van de teksten staat in deze map ({', '.join(r.split(':')[0] for r in regels)}).")
    if fouten:
        raise Documentfout(fouten)
    return regels


def _voeg_toe_uit_map(agenda: Agenda, naam: str, inhoud: bytes, moment: datetime.datetime) -> str:
    eerder = getattr(agenda, "brontekst", None)
    if eerder is not None and eerder.bijgevoegd_door_id is not None:
        return f"{naam}: gelaten, want bij agenda {agenda.slug} is in het systeem al een tekst bijgevoegd."
    vers = voeg_brontekst_toe(agenda, bestandsnaam=naam, inhoud=inhoud, door=None, moment=moment)
    if eerder is not None and eerder.controlegetal == vers.controlegetal:
        return f"{naam}: was al bijgevoegd bij agenda {agenda.slug}."
    return f"{naam}: bijgevoegd bij agenda {agenda.slug}, {_aantal_regels(vers.tekst)} regels."


def _platte_tekst(bestandsnaam: str, inhoud: bytes) -> str:
    if len(inhoud) > HOOGSTENS:
        raise ValidationError(f"{bestandsnaam}: het bestand is groter dan 2 MB.")
    try:
        tekst = inhoud.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fout:
        raise ValidationError(
            f"{bestandsnaam}: dit is geen UTF-8-tekst (byte {fout.start + 1} klopt niet). Sla het op als platte tekst."
        ) from None
    if not tekst.strip():
        raise ValidationError(f"{bestandsnaam}: het bestand is leeg.")
    for nummer, regel in enumerate(tekst.split("\n"), start=1):
        if any(unicodedata.category(teken) == "Cc" and teken not in "\t\f" for teken in regel):
            raise ValidationError(f"{bestandsnaam}: regel {nummer} bevat stuurtekens; dit is geen platte tekst.")
    return tekst


def _aantal_regels(tekst: str) -> int:
    return tekst.count("\n") + (not tekst.endswith("\n"))


def _moet_regels_dekken(agenda: Agenda, bestandsnaam: str, tekst: str) -> None:
    """Line numbers in the records must exist in the text, or a page would show an empty passage."""
    aantal = _aantal_regels(tekst)
    verder = Q(regel_tot__gt=aantal)
    buiten = [
        *(
            f"pijler {nummer} (regel {tot})"
            for nummer, tot in Pijler.objects.filter(verder, agenda=agenda).values_list("nummer", "regel_tot")
        ),
        *(
            f"maatregel {code} (regel {tot})"
            for code, tot in Maatregel.objects.filter(verder, pijler__agenda=agenda)
            .order_by("code")
            .values_list("code", "regel_tot")
        ),
        *(
            f"termijn bij {code} (regel {tot})"
            for model in (Mijlpaal, Tijdsaanduiding)
            for code, tot in model._default_manager.filter(verder, maatregel__pijler__agenda=agenda)
            .order_by("maatregel__code")
            .values_list("maatregel__code", "regel_tot")
        ),
    ]
    if buiten:
        meer = f" en nog {len(buiten) - TE_NOEMEN}" if len(buiten) > TE_NOEMEN else ""
        raise ValidationError(
            f"{bestandsnaam}: de tekst heeft {aantal} regels, en daarbuiten liggen "
            f"{', '.join(buiten[:TE_NOEMEN])}{meer}. Is dit wel de tekst van agenda {agenda.slug}?"
        )
