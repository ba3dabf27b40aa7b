"""From the way a text names a parliamentary paper or a law to its address at officielebekendmakingen.nl."""

import re

BRON = "https://zoek.officielebekendmakingen.nl"
# Only what begins with the paper itself: a text that doubts its own number gets no link.
_TWEEDE_KAMER = re.compile(
    r"^(?:Kamerstuk(?:ken)?|TK(?: \d{4}[-–]\d{4})?),? (?P<dossier>\d{2}[ .]?\d{3})(?: (?P<hoofdstuk>[IVXLC]+))?,? "
    r"nr\.? (?P<nummer>\d+)\b"
)
_EERSTE_KAMER = re.compile(
    r"^(?:Kamerstuk(?:ken)?|EK(?: \d{4}[-–]\d{4})?),? (?P<dossier>\d{2}[ .]?\d{3}),? (?P<letter>[A-Z]{1,2})\b(?! ?nr)"
)
_STAATSBLAD = re.compile(r"^(?:Stb\.?|Staatsblad) (?P<jaar>\d{4}),? (?:nr\.? )?(?P<nummer>\d+)\b")
_STAATSCOURANT = re.compile(r"^(?:Stcrt\.?|Staatscourant) (?P<jaar>\d{4}),? (?:nr\.? )?(?P<nummer>\d+)\b")
_DOSSIER = re.compile(r"^(?P<dossier>\d{2}[ .]?\d{3})(?: (?P<hoofdstuk>[IVXLC]+))?$")


def _cijfers(dossier: str) -> str:
    return re.sub(r"\D", "", dossier)


def verwijzing_url(tekst: str) -> str:
    """The address of the document that the words name, or an empty text when that cannot be told for sure."""
    tekst = tekst.strip()
    if vondst := _TWEEDE_KAMER.match(tekst):
        hoofdstuk = f"-{vondst['hoofdstuk']}" if vondst["hoofdstuk"] else ""
        return f"{BRON}/kst-{_cijfers(vondst['dossier'])}{hoofdstuk}-{vondst['nummer']}.html"
    if vondst := _EERSTE_KAMER.match(tekst):
        return f"{BRON}/kst-{_cijfers(vondst['dossier'])}-{vondst['letter']}.html"
    for patroon, blad in ((_STAATSBLAD, "stb"), (_STAATSCOURANT, "stcrt")):
        if vondst := patroon.match(tekst):
            return f"{BRON}/{blad}-{vondst['jaar']}-{vondst['nummer']}.html"
    return ""


def dossier_url(nummer: str) -> str:
    """The page with all papers of a parliamentary file such as 36 333; an empty text when it is not such a number."""
    vondst = _DOSSIER.match(nummer.strip())
    if not vondst:
        return ""
    hoofdstuk = f"-{vondst['hoofdstuk']}" if vondst["hoofdstuk"] else ""
    return f"{BRON}/dossier/{_cijfers(vondst['dossier'])}{hoofdstuk}"
