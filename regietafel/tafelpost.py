"""What the mails of the table have in common: both parts and the subject from one content."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import get_template

from maatregelen import briefpapier
from maatregelen.berichten import VOORKEUREN
from maatregelen.huisadres import volledig
from maatregelen.mailvorm import Brief


def regel(naam: str, inhoud: dict[str, Any]) -> str:
    """A template as text on one line."""
    return briefpapier.op_een_regel(get_template(naam).render(inhoud))


def brief(aan: str, naam: str, inhoud: dict[str, Any], *, message_id: str, antwoord_aan: Sequence[str]) -> Brief:
    """The mail of the templates `mail/<naam>`: subject, text and HTML. `antwoord_aan`: where an answer to it goes."""
    inhoud = {**inhoud, "voorkeuren": volledig(VOORKEUREN), "antwoord_aan": list(antwoord_aan)}
    inhoud["onderwerp"] = regel(f"mail/{naam}_onderwerp.txt", inhoud)
    return briefpapier.brief(
        aan,
        inhoud["onderwerp"],
        get_template(f"mail/{naam}.txt").render(inhoud),
        get_template(f"mail/{naam}.html").render(inhoud),
        message_id=message_id,
        antwoord_aan=antwoord_aan,
    ).schrijf()
