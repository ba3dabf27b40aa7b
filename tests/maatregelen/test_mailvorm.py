"""A mail as bytes says what the library would have said, keeps to the lines of a mail, and lets no header in."""

import email
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from maatregelen.mailvorm import Brief, adres

WOORDEN = "Het besluit over de opvang, één “huis” en 日本語: uiterlijk 15 december"
MAIL: dict[str, Any] = {
    "subject": "Het besluit is genomen",
    "body": "Tekst\n.\nFrom hier\n",
    "from_email": "Regiemonitor <regiemonitor@example.nl>",
    "to": ["a.b+c@example.nl"],
    "reply_to": [],
    "headers": {"Message-ID": "<een@example.nl>", "Auto-Submitted": "auto-generated"},
}


def maak(soort: type[EmailMultiAlternatives], html: str, **waarden: Any) -> bytes:
    """A mail of this kind with these values, as bytes."""
    mail = soort(**{**MAIL, **waarden})
    mail.attach_alternative(html, "text/html")
    return bytes(mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # the stubs know a later Django


def gelezen(regels: bytes) -> tuple[dict[str, str], list[tuple[list[tuple[str, str]], bytes]]]:
    """Headers and parts as a mail program reads them; the time and the boundary left out."""
    bericht: EmailMessage = email.message_from_bytes(regels, policy=default)  # type: ignore[assignment]
    assert not bericht.defects
    koppen = {naam.lower(): str(waarde).strip() for naam, waarde in bericht.items()}
    assert koppen.pop("date")
    assert koppen.pop("content-type").startswith("multipart/alternative; boundary=")
    delen = [(list(deel.items()), deel.get_payload(decode=True)) for deel in bericht.iter_parts()]
    return koppen, delen  # type: ignore[return-value]


@pytest.mark.parametrize(
    "anders",
    [
        {},
        {"subject": "huis " * 40 + "eind"},
        {"subject": "x" * 200},
        {"subject": f"{WOORDEN} {WOORDEN}"},
        {"body": f"{WOORDEN}\r\nwit aan het eind \n"},
        {"body": f"{WOORDEN} " * 50},
        {"body": "y" * 2000},
        {"from_email": "Ministerie van Justitie én Veiligheid <r@example.nl>"},
        {"to": ["iemand@één.nl"]},
        {"reply_to": ["Secretariaat <s@example.nl>", "t@example.nl"]},
        {"headers": {**MAIL["headers"], "List-Unsubscribe": f"<https://example.nl/{'z' * 300}>"}},
    ],
)
def test_it_says_what_the_library_says_on_lines_that_a_mail_may_have(anders: dict[str, Any]) -> None:
    html = f"<p>{WOORDEN}</p>\n.\n"
    regels = maak(Brief, html, **anders)
    assert gelezen(regels) == gelezen(maak(EmailMultiAlternatives, html, **anders))
    assert max(map(len, regels.split(b"\r\n"))) <= 998
    kaal = regels.replace(b"\r\n", b"")
    assert (b"\r" in kaal, b"\n" in kaal) == (False, False)
    koppen = regels.split(b"\r\n\r\n")[0]
    assert koppen.isascii()
    assert [
        regel for regel in koppen.split(b"\r\n") if len(regel) > 78 and b" " in regel.split(b": ", 1)[-1].strip()
    ] == []


@pytest.mark.parametrize("onderwerp", ["=?utf-8?q?verkleed?=", "bel \x07 eind"])
def test_words_that_only_look_encoded_are_read_as_they_are(onderwerp: str) -> None:
    assert gelezen(maak(Brief, "<p></p>", subject=onderwerp))[0]["subject"] == onderwerp


@pytest.mark.parametrize("einde", ["\n", "\r", "\r\n", "\u2028"])
@pytest.mark.parametrize(
    "waar",
    [
        lambda w: {"subject": w},
        lambda w: {"to": [w]},
        lambda w: {"reply_to": [w]},
        lambda w: {"from_email": w},
        lambda w: {"headers": {"Message-ID": w}},
        lambda w: {"headers": {**MAIL["headers"], "List-Unsubscribe": w}},
    ],
)
def test_nothing_becomes_a_header_of_its_own(waar: Any, einde: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        maak(Brief, "<p></p>", **waar(f"a@example.nl{einde}Bcc: b@example.nl"))


def test_a_header_that_does_not_fit_on_a_line_is_not_written() -> None:
    with pytest.raises(ValueError, match="List-Unsubscribe is te lang"):
        maak(Brief, "<p></p>", headers={**MAIL["headers"], "List-Unsubscribe": "z" * 990})


@pytest.mark.parametrize(
    ("geschreven", "zuiver"),
    [
        ("a.b+c@example.nl", "a.b+c@example.nl"),
        ("iemand@één.nl", "iemand@xn--n-9faa.nl"),
        ("Één <a@example.nl>", "=?utf-8?b?w4nDqW4=?= <a@example.nl>"),
    ],
)
def test_an_address_in_plain_characters(geschreven: str, zuiver: str) -> None:
    assert adres(geschreven) == zuiver


@pytest.mark.parametrize(
    "geen", ["", "a@b c@d", "a@example.nl\nBcc: b@example.nl", "a@example.nl, b@example.nl", "a@example.nl>"]
)
def test_no_address(geen: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        adres(geen)
