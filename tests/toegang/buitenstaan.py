"""What somebody outside sees of a page: its forms as a browser reads them, and what in it would run or lead away."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

# What each answer has of its own.
EIGEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
GEVAARLIJK = re.compile(r"^\s*(?:javascript|data|vbscript):", re.IGNORECASE)
ADRESDRAGERS = {"href", "src", "action", "formaction", "xlink:href", "poster", "data", "srcset"}


@dataclass
class Formulier:
    """A form: where it goes and how, what it holds, and between what one may choose."""

    adres: str = ""
    methode: str = "get"
    waarden: dict[str, list[str]] = field(default_factory=dict)
    keuzes: dict[str, list[str]] = field(default_factory=dict)
    verplicht: dict[str, str] = field(default_factory=dict)
    namen: set[str] = field(default_factory=set)
    soorten: dict[str, dict[str, Any]] = field(default_factory=dict)
    knop: tuple[str, str] | None = None


@dataclass
class Blad(HTMLParser):
    """A page as a browser reads it: its forms, and every tag with its attributes."""

    tekst: str = ""
    formulieren: list[Formulier] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: Formulier | None = None
        self._keuze, self._gebied = "", ""
        self.feed(self.tekst)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag."""
        deze = {naam: waarde or "" for naam, waarde in attrs}
        self.tags.append((tag, deze))
        if tag == "form":
            self._open = Formulier(deze.get("action", ""), deze.get("method", "get").lower())
            self.formulieren.append(self._open)
        naam = deze.get("name", "")
        if self._open is None or (not naam and tag != "option"):
            return
        if naam and tag in ("input", "select", "textarea", "button"):
            self._open.namen.add(naam)
            self._open.soorten.setdefault(naam, {"tag": tag, **deze})
            if "required" in deze and tag != "button":
                self._open.verplicht[naam] = tag if tag != "input" else deze.get("type", "text")
        if tag == "input" and deze.get("type") in ("checkbox", "radio"):
            self._open.keuzes.setdefault(naam, []).append(deze.get("value", "on"))
            if "checked" in deze:
                self._open.waarden.setdefault(naam, []).append(deze.get("value", "on"))
        elif tag == "input" and deze.get("type") not in ("submit", "file", "image", "button"):
            self._open.waarden.setdefault(naam, []).append(deze.get("value", ""))
        elif tag == "button" and self._open.knop is None:
            self._open.knop = (naam, deze.get("value", ""))
        elif tag == "select":
            self._keuze = naam
            self._open.keuzes[naam] = []
        elif tag == "textarea":
            self._gebied = naam
            self._open.waarden[naam] = [""]
        elif tag == "option" and self._keuze:
            self._open.keuzes[self._keuze].append(deze.get("value", ""))
            if "selected" in deze:
                self._open.waarden.setdefault(self._keuze, []).append(deze.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """The end of one."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._keuze = ""
        elif tag == "textarea":
            self._gebied = ""

    def handle_data(self, data: str) -> None:
        """What somebody typed before."""
        if self._gebied and self._open is not None:
            self._open.waarden[self._gebied] = [self._open.waarden[self._gebied][0] + data.lstrip("\n")]

    def loopt(self) -> list[str]:
        """What in this page would run, or lead to what runs: tags and attributes that no template of ours has."""
        fouten = []
        for tag, deze in self.tags:
            if (tag in ("script", "link", "img") and GEVAARLIJK.match(deze.get("src", deze.get("href", "")))) or (
                tag == "script" and not deze.get("src")
            ):
                fouten.append(f"<{tag} {deze}>")
            if tag in ("kwaad", "iframe", "object", "embed", "base", "style", "frame", "applet"):
                fouten.append(f"<{tag}>")
            fouten += [f"<{tag} {naam}>" for naam in deze if naam.startswith("on") or naam in ("style", "srcdoc")]
            fouten += [
                f"<{tag} {naam}={waarde[:40]}>"
                for naam, waarde in deze.items()
                if naam in ADRESDRAGERS and GEVAARLIJK.match(waarde)
            ]
        return fouten


def zonder_eigen(tekst: str, *namen: str) -> str:
    """The text of an answer without what it only repeats of the question, and without tokens of forms."""
    for naam in namen:
        tekst = tekst.replace(naam, "…")
    return EIGEN.sub(r"\1", tekst)
