"""Who is involved: assigning, ending, and what measures inherit from the heading of their section.

Nothing is erased: an involvement ends on a day, with a reason and who decided it. Who is involved decides who may
change a measure, so a change of it makes every page of that measure that is still open an older version.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from maatregelen.models import (
    AFGEROND,
    Betrokkenheid,
    BetrokkenheidRol,
    Herkomst,
    Maatregel,
    Organisatie,
    Persoon,
    Pijler,
    Pijlerbetrokkenheid,
    Pijlerrol,
)
from maatregelen.versiebewaking import vergrendel

LENGTE_REDEN = 250


def _controleer_reden(reden: str, leeg: str) -> dict[str, str]:
    """The error of a reason that cannot be kept, as a dict per field."""
    if not reden.strip():
        return {"reden": leeg}
    if len(reden.strip()) > LENGTE_REDEN:
        return {"reden": f"Houd het bij één zin van hoogstens {LENGTE_REDEN} tekens."}
    return {}


def wijs_toe(
    maatregel: Maatregel,
    organisatie: Organisatie,
    rol: str,
    *,
    door: Persoon,
    reden: str,
    vanaf: datetime.date | None = None,
    versie: int | None = None,
    moment: datetime.datetime | None = None,
) -> Betrokkenheid:
    """Give an organisation a role in a measure from a day on (default today).

    `versie` is the version of the measure that the person saw. Raises Verouderd, or ValidationError per field: an
    ended organisation, a generic word as trekker, a role it has or had on that day, a day in the future or before the
    measure or the organisation, no reason.
    """
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    vanaf = vanaf or vandaag
    fouten = _controleer_reden(reden, "Schrijf waarom deze organisatie erbij komt.")
    if vanaf > vandaag:
        fouten["vanaf"] = "Kies vandaag of een eerdere dag."
    elif vanaf < maatregel.geldt_vanaf:
        fouten["vanaf"] = f"De maatregel geldt pas vanaf {maatregel.geldt_vanaf:%d-%m-%Y}; kies die dag of later."
    elif organisatie.geldig_van is not None and vanaf < organisatie.geldig_van:
        fouten["vanaf"] = f"{organisatie} bestaat pas sinds {organisatie.geldig_van:%d-%m-%Y}."
    if organisatie.is_opgeheven(vandaag):
        opvolger = f" Kies {organisatie.opvolger}." if organisatie.opvolger else ""
        fouten["organisatie"] = f"{organisatie} bestaat niet meer.{opvolger}"
    elif rol == BetrokkenheidRol.VERANTWOORDELIJK and organisatie.is_aanduiding:
        fouten["organisatie"] = f"'{organisatie}' is een algemene aanduiding zonder mensen en kan geen trekker zijn."
    elif rol == BetrokkenheidRol.VERANTWOORDELIJK and not organisatie.kan_trekker_zijn:
        fouten["organisatie"] = f"{organisatie} is een {organisatie.get_soort_display()} en kan geen trekker zijn."
    if fouten:
        raise ValidationError(fouten)
    with transaction.atomic():
        rij = vergrendel(Maatregel.objects.all(), maatregel.pk, versie)
        eerdere = rij.betrokkenheden.filter(organisatie=organisatie, rol=rol)
        if eerdere.filter(tot=None).exists():
            raise ValidationError({"organisatie": f"{organisatie} heeft deze rol al."})
        if laatste := eerdere.filter(tot__gt=vanaf).order_by("-tot").first():
            raise ValidationError(
                {"vanaf": f"{organisatie} had deze rol al tot {laatste.tot:%d-%m-%Y}; kies die dag of later."}
            )
        nieuw = Betrokkenheid.objects.create(
            maatregel=rij,
            organisatie=organisatie,
            rol=rol,
            herkomst=Herkomst.TOEGEWEZEN,
            volgorde=rij.betrokkenheden.count(),
            vanaf=vanaf,
            reden=reden.strip(),
            door=door,
        )
        _nieuwe_versie([rij.pk], moment)
    return nieuw


def beeindig(
    betrokkenheid: Betrokkenheid,
    *,
    door: Persoon,
    reden: str,
    per: datetime.date | None = None,
    moment: datetime.datetime | None = None,
) -> None:
    """End an involvement per a day (default today); the row stays.

    Raises ValidationError per field; ending what was ended already is an error, so a second submit changes nothing.
    """
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    per = per or vandaag
    fouten = _controleer_reden(reden, "Schrijf waarom deze organisatie er niet meer bij hoort.")
    if per > vandaag:
        fouten["per"] = "Kies vandaag of een eerdere dag."
    if fouten:
        raise ValidationError(fouten)
    with transaction.atomic():
        maatregel = vergrendel(Maatregel.objects.all(), betrokkenheid.maatregel_id, None)
        rij = Betrokkenheid.objects.select_for_update().get(pk=betrokkenheid.pk)
        if rij.tot is not None:
            raise ValidationError(f"Dit was al beëindigd per {rij.tot:%d-%m-%Y}.")
        if per < rij.vanaf:
            raise ValidationError({"per": f"De betrokkenheid begon pas op {rij.vanaf:%d-%m-%Y}."})
        rij.tot, rij.reden, rij.door = per, reden.strip(), door
        rij.save(update_fields=["tot", "reden", "door"])
        _nieuwe_versie([maatregel.pk], moment)


def draag_over_aan(
    organisatie: Organisatie,
    naar: Mapping[int, Organisatie],
    *,
    per: datetime.date,
    reden: str,
    door: Persoon,
    moment: datetime.datetime,
) -> set[int]:
    """Let others do from a day on what an organisation does in open measures; answers the ids of those measures.

    `naar` says per measure (id) who; what is not in it stays. A measure that is finished by now stays as well. Who
    has that role already is not named twice, and nobody begins before the measure or inside an earlier term of their
    own. The day is not one to come. The questions are as many for a thousand measures as for one.
    """
    with transaction.atomic():
        open_nu = set(
            Maatregel.objects.select_for_update(of=("self",))
            .filter(pk__in=naar)
            .exclude(status__in=AFGEROND)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        rijen = list(
            Betrokkenheid.objects.geldend()
            .filter(organisatie=organisatie, maatregel__in=open_nu)
            .select_related("maatregel")
            .order_by("volgorde", "id")
        )
        ontvangers = {doel.pk for doel in naar.values()}
        laatste: dict[tuple[int, int, str], datetime.date | None] = {}
        for maatregel, wie, rol, tot in Betrokkenheid.objects.filter(
            maatregel__in=open_nu, organisatie__in=ontvangers
        ).values_list("maatregel_id", "organisatie_id", "rol", "tot"):
            sleutel = (maatregel, wie, rol)
            eerder = laatste.get(sleutel, datetime.date.min)
            # None: it has that role now.
            laatste[sleutel] = None if tot is None or eerder is None else max(eerder, tot)
        nieuw, einden = [], defaultdict(list)
        for rij in rijen:
            doel = naar[rij.maatregel_id]
            einden[max(per, rij.vanaf)].append(rij.pk)
            sleutel = (rij.maatregel_id, doel.pk, rij.rol)
            vorige = laatste.get(sleutel, datetime.date.min)
            if vorige is None:
                continue
            laatste[sleutel] = None
            nieuw.append(
                Betrokkenheid(
                    maatregel_id=rij.maatregel_id,
                    organisatie=doel,
                    rol=rij.rol,
                    herkomst=Herkomst.TOEGEWEZEN,
                    volgorde=rij.volgorde,
                    vanaf=max(per, rij.vanaf, rij.maatregel.geldt_vanaf, vorige),
                    reden=reden,
                    door=door,
                )
            )
        for tot, sleutels in einden.items():
            Betrokkenheid.objects.filter(pk__in=sleutels).update(tot=tot, reden=reden, door=door)
        Betrokkenheid.objects.bulk_create(nieuw)
        geraakt = {rij.maatregel_id for rij in rijen}
        _nieuwe_versie(geraakt, moment)
    return geraakt


def zet_pijlerverantwoordelijken(
    pijler: Pijler, organisaties: Iterable[Organisatie], *, door: Persoon, moment: datetime.datetime | None = None
) -> bool:
    """Make these the responsible organisations of a section and answer whether that was a change.

    The measures of the section follow from today for what changed and for nothing else: an inheritance that a person
    ended stays ended. Raises ValidationError for a newly chosen organisation that has ended or is a generic word.
    """
    moment = moment or timezone.now()
    gewenst = list(organisaties)
    with transaction.atomic():
        rij = vergrendel(Pijler.objects.all(), pijler.pk, None)
        huidig = {b.organisatie_id: b for b in rij.betrokkenheden.filter(rol=Pijlerrol.VERANTWOORDELIJK)}
        weg = [b for sleutel, b in huidig.items() if sleutel not in {o.pk for o in gewenst}]
        bij = [o for o in gewenst if o.pk not in huidig]
        for organisatie in bij:
            if organisatie.is_aanduiding or organisatie.is_opgeheven(timezone.localdate(moment)):
                soort = "is een algemene aanduiding" if organisatie.is_aanduiding else "bestaat niet meer"
                raise ValidationError(
                    {"verantwoordelijken": f"{organisatie} {soort} en kan niet verantwoordelijk zijn."}
                )
        if not weg and not bij:
            return False
        for betrokken in weg:
            betrokken.delete()
        volgorde = 1 + max((b.volgorde for b in huidig.values()), default=-1)
        Pijlerbetrokkenheid.objects.bulk_create(
            Pijlerbetrokkenheid(
                pijler=rij, organisatie=organisatie, rol=Pijlerrol.VERANTWOORDELIJK, volgorde=volgorde + plaats
            )
            for plaats, organisatie in enumerate(bij)
        )
        Pijler.objects.filter(pk=rij.pk).update(versie=F("versie") + 1, gewijzigd_op=moment)
        maatregelen = list(rij.maatregelen.select_for_update().order_by("pk"))
        geraakt = _einde_erfenis(maatregelen, [b.organisatie_id for b in weg], door=door, moment=moment)
        geraakt |= _erf(maatregelen, [o.pk for o in bij], door=door, moment=moment)
        _nieuwe_versie(geraakt, moment)
    return True


def erf_bij_begin(maatregel: Maatregel, *, door: Persoon | None, moment: datetime.datetime) -> None:
    """Give a new measure the responsible organisations of its section.

    What has ended cannot begin something new: its successor does, and without one nobody.
    """
    vandaag = timezone.localdate(moment)
    uit_pijler = Pijlerbetrokkenheid.objects.filter(
        pijler=maatregel.pijler_id, rol=Pijlerrol.VERANTWOORDELIJK
    ).select_related("organisatie")
    levend = [_levende(rij.organisatie, vandaag) for rij in uit_pijler]
    _erf([maatregel], list(dict.fromkeys(o.pk for o in levend if o)), door=door, moment=moment)


def _levende(organisatie: Organisatie | None, op: datetime.date) -> Organisatie | None:
    """The organisation itself, or who has its work on that day; None when nobody has."""
    gehad: set[int] = set()
    while organisatie is not None and organisatie.is_opgeheven(op):
        if organisatie.pk in gehad:
            return None
        gehad.add(organisatie.pk)
        organisatie = organisatie.opvolger
    return organisatie


def _erf(
    maatregelen: Collection[Maatregel],
    organisaties: Collection[int],
    *,
    door: Persoon | None,
    moment: datetime.datetime,
) -> set[int]:
    """Let measures inherit organisations from today; answers the ids of those that did.

    Who is responsible already, because the text or a person says so, is not named a second time.
    """
    vandaag = timezone.localdate(moment)
    al = set(
        Betrokkenheid.objects.geldend()
        .filter(maatregel__in=maatregelen, organisatie__in=organisaties, rol=BetrokkenheidRol.VERANTWOORDELIJK)
        .values_list("maatregel_id", "organisatie_id")
    )
    nieuw = [
        Betrokkenheid(
            maatregel=maatregel,
            organisatie_id=sleutel,
            rol=BetrokkenheidRol.VERANTWOORDELIJK,
            herkomst=Herkomst.GEERFD,
            volgorde=plaats,
            vanaf=max(vandaag, maatregel.geldt_vanaf),
            door=door,
        )
        for maatregel in maatregelen
        for plaats, sleutel in enumerate(organisaties)
        if (maatregel.pk, sleutel) not in al
    ]
    Betrokkenheid.objects.bulk_create(nieuw)
    return {rij.maatregel_id for rij in nieuw}


def _einde_erfenis(
    maatregelen: Collection[Maatregel], organisaties: Collection[int], *, door: Persoon, moment: datetime.datetime
) -> set[int]:
    """End what measures inherited of organisations; answers the ids of the measures that this touched."""
    vandaag = timezone.localdate(moment)
    weg = list(
        Betrokkenheid.objects.geldend().filter(
            maatregel__in=maatregelen, organisatie__in=organisaties, herkomst=Herkomst.GEERFD
        )
    )
    for rij in weg:
        rij.tot, rij.door = max(vandaag, rij.vanaf), door
        rij.reden = "De pijler kreeg een andere verantwoordelijke."
    Betrokkenheid.objects.bulk_update(weg, ["tot", "reden", "door"])
    return {rij.maatregel_id for rij in weg}


def _nieuwe_versie(maatregelen: Collection[int], moment: datetime.datetime) -> None:
    """Say that who is involved changed: whoever has one of these measures before them looks at an older version."""
    Maatregel.objects.filter(pk__in=maatregelen).update(versie=F("versie") + 1, gewijzigd_op=moment)


def raak(maatregel: Maatregel, moment: datetime.datetime) -> None:
    """Say that what belongs to a measure changed, so that who pulls changes fetches it again."""
    Maatregel.objects.filter(pk=maatregel.pk).update(gewijzigd_op=moment)
