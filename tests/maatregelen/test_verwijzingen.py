"""From the words for a parliamentary paper to its address, and no address when the words do not say for sure."""

import pytest

from maatregelen.verwijzingen import dossier_url, verwijzing_url

BRON = "https://zoek.officielebekendmakingen.nl"


@pytest.mark.parametrize(
    ("tekst", "pad"),
    [
        ("Kamerstuk 19 637, nr. 2375", "kst-19637-2375.html"),
        ("Kamerstuk 34 775 XVII, nr. 49 (brief 7 december 2017)", "kst-34775-XVII-49.html"),
        ("TK 2022-2023 22452 nr. 85", "kst-22452-85.html"),
        ("Kamerstukken 36 333, F", "kst-36333-F.html"),
        ("Stb. 2024, 13", "stb-2024-13.html"),
        ("Staatsblad 2024, nr. 12", "stb-2024-12.html"),
        ("Stcrt. 2025, 41000", "stcrt-2025-41000.html"),
        ("motie Podt 7 maart 2024, 'TK 19367 nr. 3226' (zo in tekst; vermoedelijk 19637)", ""),
        ("Kamerbrief 21 april 2023", ""),
        ("Kamerstuk 19 637", ""),
        ("https://kwaad.example/kst-1-1", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_address_of_a_paper(tekst: str, pad: str) -> None:
    assert verwijzing_url(tekst) == (f"{BRON}/{pad}" if pad else "")


@pytest.mark.parametrize(
    ("nummer", "pad"),
    [("36 333", "36333"), ("36333", "36333"), ("34 775 XVII", "34775-XVII"), ("COM(2024) 1", ""), ("", "")],
)
def test_address_of_a_file(nummer: str, pad: str) -> None:
    assert dossier_url(nummer) == (f"{BRON}/dossier/{pad}" if pad else "")
