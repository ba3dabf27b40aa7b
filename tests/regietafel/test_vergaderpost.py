"""Mail before a meeting: once per person, to who sits at the table, with what became of it."""

import datetime
import email
import email.policy

import pytest
from django.core.mail import EmailMessage

from regietafel.models import Deelname, Vergaderbericht, Vergadering
from regietafel.vergaderpost import aan_de_beurt, ontvangers, verstuur
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, OrganisatieFactory, PersoonFactory
from tests.regietafel.factories import VergaderingFactory

MAANDAG = datetime.date(2026, 6, 15)
WOENSDAG = datetime.date(2026, 6, 17)
pytestmark = pytest.mark.django_db


@pytest.fixture
def komend(mensen: Mensen) -> Vergadering:
    """The next meeting, on Wednesday, with SZW at the table."""
    VergaderingFactory(datum=datetime.date(2026, 3, 18), titel="LRT van maart")
    rij = VergaderingFactory(datum=WOENSDAG, titel="LRT van juni", staat="agenda_verzonden")
    Deelname.objects.create(vergadering=rij, organisatie=mensen.organisatie, naam="Bewindspersoon")
    return rij


def mails(uitbak: list[EmailMessage]) -> list[tuple[str, str, str]]:
    """To, subject and text of each mail, as they went over the line."""
    uit = []
    for bericht in uitbak:
        mail = email.message_from_bytes(bericht.message().as_bytes(), policy=email.policy.default)
        deel = mail.get_body(("plain",))
        assert deel is not None
        uit.append((str(mail["To"]), str(mail["Subject"]), deel.get_content()))
    return sorted(uit)


@pytest.mark.parametrize(
    ("staat", "datum", "verwacht"),
    [
        ("agenda_verzonden", WOENSDAG, True),
        ("agenda_verzonden", MAANDAG, True),
        ("agenda_verzonden", MAANDAG + datetime.timedelta(days=7), True),
        ("agenda_verzonden", MAANDAG + datetime.timedelta(days=8), False),
        ("agenda_verzonden", MAANDAG - datetime.timedelta(days=1), False),
        ("gepland", WOENSDAG, False),
        ("gehouden", WOENSDAG, False),
    ],
)
def test_when_it_is_told(staat: str, datum: datetime.date, verwacht: bool) -> None:
    rij = VergaderingFactory(datum=datum, staat=staat)
    assert aan_de_beurt(MAANDAG) == ([rij] if verwacht else [])


def test_who_is_told(mensen: Mensen, komend: Vergadering) -> None:
    """The table and the secretariaat; not another ministry, nor a partner that is not there, nor who left."""
    weg = PersoonFactory(email="weg@voorbeeld.nl")
    LidmaatschapFactory(persoon=weg, organisatie=mensen.organisatie, tot=MAANDAG)
    assert ontvangers(komend, MAANDAG) == [mensen.collega, mensen.eigen, mensen.secretariaat]


def test_who_took_over_is_told(mensen: Mensen, komend: Vergadering) -> None:
    nieuw = OrganisatieFactory()
    erbij = PersoonFactory(email="aaa@voorbeeld.nl")
    LidmaatschapFactory(persoon=erbij, organisatie=nieuw)
    type(nieuw).objects.filter(pk=mensen.organisatie.pk).update(geldig_tot=MAANDAG, opvolger=nieuw)
    assert erbij in ontvangers(komend, MAANDAG)


def test_each_is_told_once(mensen: Mensen, komend: Vergadering, mailoutbox: list[EmailMessage]) -> None:
    MaatregelFactory(code="n-1", geldt_vanaf=datetime.date(2026, 5, 1), trekker=mensen.organisatie)
    verslag = verstuur(MAANDAG)
    assert (verslag.gepland, dict(verslag.aantallen), verslag.gestopt) == (3, {"verzonden": 3}, "")
    assert dict(verstuur(MAANDAG).aantallen) == {}
    assert dict(verstuur(MAANDAG + datetime.timedelta(days=1)).aantallen) == {}
    gestuurd = mails(mailoutbox)
    assert [aan for aan, *_ in gestuurd] == ["collega@voorbeeld.nl", "eigen@voorbeeld.nl", "secretariaat@voorbeeld.nl"]
    _, onderwerp, tekst = gestuurd[1]
    assert onderwerp == "LRT van juni (17 jun 2026): 1 maatregel veranderd"
    assert "Dit veranderde sinds LRT van maart." in tekst
    assert "- nieuw: 1" in tekst
    assert "SZW: 1 van 1 maatregel veranderd." in tekst
    assert "/sinds/?van=2026-03-18" in tekst


def test_nothing_changed_is_mailed_as_such(mensen: Mensen, komend: Vergadering, mailoutbox: list[EmailMessage]) -> None:
    verstuur(MAANDAG)
    assert "Geen enkele maatregel veranderde. Dat is ook een antwoord." in mails(mailoutbox)[0][2]


def test_not_on_a_day_off(mensen: Mensen, komend: Vergadering) -> None:
    verslag = verstuur(datetime.date(2026, 6, 14))
    assert (verslag.gepland, verslag.gestopt) == (0, "het is geen werkdag")


def test_a_lost_tick_is_made_up_for_until_the_day_itself(mensen: Mensen, komend: Vergadering) -> None:
    assert dict(verstuur(WOENSDAG).aantallen) == {"verzonden": 3}


def test_over_is_not_told_any_more(mensen: Mensen, komend: Vergadering, mailoutbox: list[EmailMessage]) -> None:
    Vergaderbericht.objects.create(vergadering=komend, persoon=mensen.eigen, soort="sinds")
    assert dict(verstuur(WOENSDAG + datetime.timedelta(days=1)).aantallen) == {"niet_meer_nodig": 1}
    assert mailoutbox == []


def test_rights_lost_since_no_mail(mensen: Mensen, komend: Vergadering, mailoutbox: list[EmailMessage]) -> None:
    """Fails when `_draag_over` does not ask once more who must be told."""
    Vergaderbericht.objects.create(vergadering=komend, persoon=mensen.vreemd, soort="sinds")
    assert verstuur(MAANDAG).aantallen["niet_meer_nodig"] == 1
    assert "vreemd@voorbeeld.nl" not in [aan for aan, *_ in mails(mailoutbox)]
