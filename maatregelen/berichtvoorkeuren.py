"""What a person wants of the mail: how it comes, who stands in for them, and which deadline may rest for a while.

What is another's to know is never silenced here: reminders of one's own measures cannot be turned off, a deputy gets
them instead, and escalation goes on while a person's own reminders are put off.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.models import (
    Berichtvoorkeur,
    Bezorging,
    Hardheid,
    Mijlpaal,
    Persoon,
    Uitstel,
    Vervanging,
)
from maatregelen.versiebewaking import Verouderd, vergrendel
from maatregelen.zichtbaarheid import kijkers

EEN_DAG = datetime.timedelta(days=1)
LANGSTE_AFWEZIGHEID = 366  # days: a year of leave; more is a slip of the pen, or somebody else's job by now
LANGSTE_UITSTEL = 90  # days
LENGTE_REDEN = 250


def voorkeur_van(persoon: Persoon) -> Berichtvoorkeur:
    """How this person wants mail; not saved and version 0 when they chose nothing. One query."""
    rij = Berichtvoorkeur.objects.filter(persoon=persoon).first()
    return rij or Berichtvoorkeur(persoon=persoon, versie=0)


def zet_voorkeur(persoon: Persoon, *, eigen: str, gevolgd: str, versie: int | None) -> Berichtvoorkeur:
    """Choose how mail comes. `versie` is the one the person looked at (0: nothing was chosen yet).

    Raises Verouderd when it was changed meanwhile, ValidationError per field for a way that does not exist there.
    """
    fouten: dict[str, str] = {}
    if eigen not in Bezorging.values or eigen == Bezorging.GEEN:
        fouten["eigen"] = "Kies meteen, per werkdag of per week: berichten over eigen maatregelen kunnen niet uit."
    if gevolgd not in Bezorging.values:
        fouten["gevolgd"] = "Kies meteen, per werkdag, per week of geen mail."
    if fouten:
        raise ValidationError(fouten)
    with transaction.atomic():
        Berichtvoorkeur.objects.get_or_create(persoon=persoon, defaults={"versie": 0})
        rij = Berichtvoorkeur.objects.select_for_update().get(persoon=persoon)
        if versie is not None and rij.versie != versie:
            raise Verouderd(rij.versie)
        if rij.versie and (rij.eigen, rij.gevolgd) == (eigen, gevolgd):
            return rij
        rij.eigen, rij.gevolgd, rij.versie = eigen, gevolgd, rij.versie + 1
        rij.save()
    return rij


def plan_vervanging(
    persoon: Persoon,
    *,
    vervanger: Persoon,
    van: datetime.date,
    tot_en_met: datetime.date,
    vandaag: datetime.date,
) -> Vervanging:
    """During these days somebody else gets the mail of this person.

    Raises ValidationError per field: oneself, somebody who gets no mail here, an end before the beginning, in the past
    or more than a year on, or days for which there is a deputy already.
    """
    fouten: dict[str, str] = {}
    if vervanger.pk == persoon.pk:
        fouten["vervanger"] = "U kunt uzelf niet vervangen. Kies iemand anders."
    elif not kijkers(max(van, vandaag)).filter(pk=vervanger.pk).exists():
        fouten["vervanger"] = f"{vervanger} heeft dan geen rol hier of is niet actief. Kies iemand anders."
    if tot_en_met < van:
        fouten["tot_en_met"] = "De laatste dag kan niet voor de eerste liggen."
    elif tot_en_met < vandaag:
        fouten["tot_en_met"] = "Deze dag is al voorbij. Kies vandaag of een latere dag."
    elif (tot_en_met - van).days >= LANGSTE_AFWEZIGHEID:
        fouten["tot_en_met"] = "Een vervanging duurt hoogstens een jaar. Kies een eerdere dag."
    if fouten:
        raise ValidationError(fouten)
    with transaction.atomic():
        # The row of the person is the lock: two windows at once do not plan the same days twice.
        Persoon.objects.select_for_update().get(pk=persoon.pk)
        ander = persoon.vervangingen.filter(van__lte=tot_en_met, tot_en_met__gte=van).first()
        if ander is not None:
            raise ValidationError(
                {
                    "van": f"Van {ander.van:%d-%m-%Y} t/m {ander.tot_en_met:%d-%m-%Y} vervangt {ander.vervanger} u al. "
                    "Stop die vervanging eerst, of kies andere dagen."
                }
            )
        return Vervanging.objects.create(persoon=persoon, vervanger=vervanger, van=van, tot_en_met=tot_en_met)


def komende_vervangingen(vandaag: datetime.date) -> list[Vervanging]:
    """Everybody's absences of today and later, soonest first. One query."""
    rijen = Vervanging.objects.filter(tot_en_met__gte=vandaag)
    return list(rijen.select_related("persoon", "vervanger").order_by("van", "id"))


def let_op(vervanging: Vervanging, komende: Iterable[Vervanging]) -> str:
    """What the person should know about a deputy who is absent too on some of these days; nothing when all is well.

    Circles are allowed: when two colleagues stand in for each other and one of them is away in the other's days, the
    mail goes back to the one it is about (see ontvangers), so that no deadline is told to nobody. Refusing it would
    keep the second from planning a day off because of a choice of the first.
    """
    komende = list(komende)

    def afwezig(persoon: int, van: datetime.date, tot_en_met: datetime.date) -> Vervanging | None:
        return next(
            (r for r in komende if r.persoon_id == persoon and r.van <= tot_en_met and r.tot_en_met >= van), None
        )

    wie = vervanging.vervanger
    samen = afwezig(wie.pk, vervanging.van, vervanging.tot_en_met)
    if samen is None:
        return ""
    begin, einde = max(samen.van, vervanging.van), min(samen.tot_en_met, vervanging.tot_en_met)
    dagen = f"op {begin:%d-%m-%Y}" if begin == einde else f"van {begin:%d-%m-%Y} t/m {einde:%d-%m-%Y}"
    keten, laatste = {vervanging.persoon_id, wie.pk}, samen
    while laatste.vervanger_id not in keten:
        keten.add(laatste.vervanger_id)
        volgende = afwezig(laatste.vervanger_id, begin, begin)
        if volgende is None:
            return f"{wie} is {dagen} zelf afwezig. Uw berichten gaan dan naar {laatste.vervanger}."
        laatste = volgende
    return f"{wie} is {dagen} zelf afwezig en er is dan niemand anders. Uw berichten komen dan toch bij u."


def stop_vervanging(persoon: Persoon, sleutel: int, *, vandaag: datetime.date) -> Vervanging:
    """From today on a person gets the own mail again; what has not begun is dropped. History keeps both.

    Raises Vervanging.DoesNotExist when it is not this person's, ValidationError when it was over already.
    """
    with transaction.atomic():
        rij = persoon.vervangingen.select_for_update(of=("self",)).select_related("vervanger").get(pk=sleutel)
        if rij.tot_en_met < vandaag:
            raise ValidationError(f"Deze vervanging was al voorbij op {rij.tot_en_met:%d-%m-%Y}.")
        if rij.van >= vandaag:
            rij.delete()
        else:
            rij.tot_en_met = vandaag - EEN_DAG
            rij.save(update_fields=["tot_en_met"])
    return rij


def _uiterste_uitstel(mijlpaal: Mijlpaal, vandaag: datetime.date) -> tuple[datetime.date, str]:
    """Until when reminders may be put off at most, and why not longer."""
    uiterste = vandaag + datetime.timedelta(days=LANGSTE_UITSTEL)
    waarom = f"Uitstellen kan hoogstens {LANGSTE_UITSTEL} dagen: daarna is het goed om opnieuw te kijken."
    if mijlpaal.hardheid == Hardheid.WETTELIJK and mijlpaal.einde is not None and mijlpaal.einde < uiterste:
        return (
            mijlpaal.einde,
            f"Dit is een wettelijke termijn: uitstellen kan tot en met de uiterste dag, {mijlpaal.einde:%d-%m-%Y}. "
            "Het uitstel zou anders langer duren dan de wet toestaat.",
        )
    return uiterste, waarom


def controleer_uitstelbaar(mijlpaal: Mijlpaal, *, vandaag: datetime.date) -> None:
    """Raise ValidationError when nothing can be put off: reached, no day, or a statutory day that is here or past."""
    if mijlpaal.behaald_op is not None:
        raise ValidationError("Deze mijlpaal is al behaald: er gaan geen herinneringen meer over uit.")
    if mijlpaal.is_vaag:
        raise ValidationError("Deze termijn heeft geen dag: er gaan geen herinneringen over uit.")
    if mijlpaal.hardheid == Hardheid.WETTELIJK and mijlpaal.einde is not None and mijlpaal.einde <= vandaag:
        raise ValidationError(
            f"De uiterste dag van deze wettelijke termijn is {mijlpaal.einde:%d-%m-%Y}. "
            "De herinneringen daarover kunnen niet meer worden uitgesteld."
        )


def stel_uit(
    mijlpaal: Mijlpaal,
    persoon: Persoon,
    *,
    tot: datetime.date,
    reden: str,
    vandaag: datetime.date,
    moment: datetime.datetime | None = None,
) -> Uitstel:
    """This person is not reminded of this termijn until a day; on that day reminding begins again.

    It holds for person and milestone until `tot`, also when the termijn moves meanwhile: whoever moves a date knows of
    it, and escalation goes on whatever happens. An earlier one of the same person is replaced. Raises ValidationError
    per field: nothing to put off, no reason, a day that is not to come, too far on, or beyond a statutory latest day.
    """
    moment = moment or timezone.now()
    fouten: dict[str, str] = {}
    reden = reden.strip()
    if not reden:
        fouten["reden"] = "Schrijf in een zin waarom; anderen zien dit bij de maatregel."
    elif len(reden) > LENGTE_REDEN:
        fouten["reden"] = f"Houd de reden onder {LENGTE_REDEN} tekens."
    with transaction.atomic():
        rij = vergrendel(Mijlpaal.objects.all(), mijlpaal.pk, None)
        controleer_uitstelbaar(rij, vandaag=vandaag)
        uiterste, waarom = _uiterste_uitstel(rij, vandaag)
        if tot <= vandaag:
            fouten["tot"] = "Kies een dag na vandaag."
        elif tot > uiterste:
            fouten["tot"] = waarom
        if fouten:
            raise ValidationError(fouten)
        _trek_in(rij, persoon, moment)
        return Uitstel.objects.create(mijlpaal=rij, persoon=persoon, tot=tot, reden=reden, vastgelegd_op=moment)


def _trek_in(mijlpaal: Mijlpaal, persoon: Persoon, moment: datetime.datetime) -> int:
    """End what this person put off, also what ended by itself: at most one row stands open per person and termijn."""
    return Uitstel.objects.filter(mijlpaal=mijlpaal, persoon=persoon, ingetrokken_op=None).update(ingetrokken_op=moment)


def trek_uitstel_in(mijlpaal: Mijlpaal, persoon: Persoon, *, moment: datetime.datetime | None = None) -> bool:
    """Be reminded of this termijn again; answers whether it was put off."""
    with transaction.atomic():
        vergrendel(Mijlpaal.objects.all(), mijlpaal.pk, None)
        return _trek_in(mijlpaal, persoon, moment or timezone.now()) > 0


def uitstellen_van(persoon: Persoon, *, vandaag: datetime.date) -> list[Uitstel]:
    """What this person put off and holds today, soonest over first, with milestone and measure. One query."""
    rijen: Any = Uitstel.objects.geldig(vandaag).filter(persoon=persoon)
    return list(rijen.select_related("mijlpaal__maatregel").order_by("tot", "id"))
