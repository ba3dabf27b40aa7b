"""Which links of a page of the past stay there, one by one; that pages use it is in test_terugblik_documenten."""

import datetime

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from maatregelen.tijdreis import Tijdstip
from maatregelen.views.terugblik import _af, met_tijd

TOEN = Tijdstip(datetime.date(2025, 1, 1), datetime.datetime(2025, 3, 19, 13, tzinfo=datetime.UTC))
REEKS = "peildatum=2025-01-01&amp;gezienOp=2025-03-19T13%3A00%3A00%2B00%3A00"
VELDEN = (
    '<input type="hidden" name="peildatum" value="2025-01-01">'
    '<input type="hidden" name="gezienOp" value="2025-03-19T13:00:00+00:00">'
)


@pytest.mark.parametrize(
    ("adres", "wordt"),
    [
        ("/agendas/", f"/agendas/?{REEKS}"),
        ("/agendas/?", f"/agendas/?{REEKS}"),
        ("/agendas/#lopend", f"/agendas/?{REEKS}#lopend"),
        ("/maatregelen/?status=vervallen", f"/maatregelen/?status=vervallen&amp;{REEKS}"),
        ("?pagina=2", f"?pagina=2&amp;{REEKS}"),
    ],
)
def test_a_link_to_a_page_that_looks_back_stays_there(adres: str, wordt: str) -> None:
    for voor in ("<a ", "<A class='x' ", "<area "):
        html = f'{voor}href="{adres}">x</a>'
        assert met_tijd(html, "/agendas/", TOEN) == html.replace(adres, wordt)


@pytest.mark.parametrize(
    "element",
    [
        # Another day, or the present, is asked for.
        '<a href="/agendas/?peildatum=2024-01-01">',
        '<a href="/agendas/?status=x&amp;peildatum=2024-01-01">',
        '<a href="/agendas/?gezienOp=2024-01-01">',
        '<a href="/agendas/" data-nu>',
        '<form action="/agendas/" data-nu>',
        # Pages of now, and none of ours.
        '<a href="/mijn/">',
        '<a href="/agendas/nieuw/">',
        '<a href="/is-er-niet/">',
        '<a href="https://elders.example/agendas/">',
        '<a href="//elders.example/agendas/">',
        '<a href="mailto:iemand@voorbeeld.nl">',
        '<a href="#inhoud">',
        '<a name="x">',
        # What writes leads to no past.
        '<form method="post" action="/agendas/">',
        "<form method=POST>",
    ],
)
def test_other_links_and_forms_stay_as_they_are(element: str) -> None:
    assert met_tijd(f"<p>{element}x</p>", "/agendas/", TOEN) == f"<p>{element}x</p>"


@pytest.mark.parametrize("element", ['<form action="/maatregelen/">', '<form method="get">', "<form>"])
def test_a_form_that_asks_takes_the_moment_along(element: str) -> None:
    assert met_tijd(element, "/agendas/", TOEN) == element + VELDEN


def test_an_answer_keeps_its_length_right_and_nothing_is_left_to_ask() -> None:
    """A page that is still to be written would ask its questions in the present."""
    link = b'<a href="/agendas/">x</a>'
    antwoord = HttpResponse(link, content_type="text/html", headers={"Content-Length": str(len(link))})
    gemaakt = _af(antwoord, "/", TOEN)
    assert gemaakt["Content-Length"] == str(len(gemaakt.content))  # type: ignore[attr-defined]
    assert len(gemaakt.content) > len(link)  # type: ignore[attr-defined]
    stroom = _af(StreamingHttpResponse(iter([link]), content_type="text/html"), "/", TOEN)
    assert (stroom.streaming, REEKS.encode() in stroom.content) == (False, True)  # type: ignore[attr-defined]
