// The pieces of the page for taking minutes: reading a form, filling it, a line that waits, a choice between two texts.
// Everything a person typed goes into the page as text, never as markup.
"use strict";

const maak = (naam, eigenschappen = {}, ...kinderen) => {
  const element = document.createElement(naam);
  for (const [sleutel, waarde] of Object.entries(eigenschappen)) {
    if (sleutel in element) element[sleutel] = waarde;
    else element.setAttribute(sleutel, waarde);
  }
  element.append(...kinderen);
  return element;
};

const knop = (tekst, doe, hoofd = false) => {
  const element = maak("button", { type: "button", className: `utrecht-button utrecht-button--${hoofd ? "primary" : "secondary"}-action` }, tekst);
  element.addEventListener("click", doe);
  return element;
};

const NIET_VAN_DE_REGEL = new Set(["csrfmiddlewaretoken", "lees", "doe", "punt", "persoon"]);

// What a form holds; of radio buttons and check boxes only what was chosen.
const leesVelden = (formulier) => {
  const velden = {};
  for (const [naam, waarde] of new FormData(formulier)) if (!NIET_VAN_DE_REGEL.has(naam)) velden[naam] = waarde;
  return velden;
};

const vulVelden = (formulier, velden) => {
  for (const veld of formulier.elements) {
    if (!veld.name || NIET_VAN_DE_REGEL.has(veld.name) || veld.type === "submit" || veld.type === "radio") continue;
    const waarde = velden[veld.name];
    if (veld.type === "checkbox") veld.checked = Boolean(waarde);
    else if (veld.tagName === "SELECT") {
      veld.value = waarde ?? "";
      if (veld.selectedIndex < 0) veld.selectedIndex = 0;
    } else veld.value = waarde ?? "";
  }
};

const INHOUD = ["tekst", "naam", "waarde", "onderwerp", "duiding", "wie", "termijn_tekst", "maatregelen", "status_van"];
const isLeeg = (velden) => INHOUD.every((naam) => !(velden[naam] ?? "").trim());

const vandeVelden = (velden) =>
  [velden.wie, velden.tekst || velden.naam || velden.onderwerp, velden.waarde, velden.eenheid, velden.duiding, velden.termijn_tekst, velden.maatregelen]
    .filter((deel) => (deel ?? "").trim())
    .join(" · ");

// A piece of HTML from our own server, as elements; scripts in it never run, and the policy of the page forbids them.
const uitServer = (html) => new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelector("li");

// What is wrong with a line, at its fields and in one list above them.
const toonFouten = (formulier, plek, fouten) => {
  for (const veld of formulier.elements) veld.removeAttribute?.("aria-invalid");
  if (!fouten) return plek.replaceChildren();
  const lijst = maak("ul");
  for (const [naam, zinnen] of Object.entries(fouten)) {
    const veld = formulier.elements[naam];
    const label = veld?.id ? formulier.querySelector(`label[for="${veld.id}"]`)?.firstChild?.textContent.trim() : "";
    veld?.setAttribute?.("aria-invalid", "true");
    for (const zin of zinnen) lijst.append(maak("li", {}, label ? maak("a", { href: `#${veld.id}` }, label) : "", label ? `: ${zin}` : zin));
  }
  const tekst = maak("div", { className: "utrecht-alert__message" }, maak("p", {}, maak("strong", {}, "Deze regel is nog niet bewaard."), " Verbeter het volgende; wat u typte staat er nog."), lijst);
  plek.replaceChildren(maak("div", { className: "utrecht-alert utrecht-alert--error", role: "alert" }, maak("div", { className: "utrecht-alert__content" }, tekst)));
};

// A table with what stands there and what was typed, and what can be done about it.
const tweeTeksten = (zin, verschillen, knoppen) => {
  const rijen = verschillen.map((v) => maak("tr", {}, maak("th", { scope: "row" }, v.label), maak("td", {}, v.nu || "leeg"), maak("td", {}, v.uw || "leeg")));
  const kop = maak("tr", {}, ...["Wat", "Staat er nu", "Typte u"].map((woord) => maak("th", { scope: "col" }, woord)));
  const tabel = maak("table", { className: "utrecht-table" }, maak("caption", { className: "alleen-voorlezen" }, "Waarin de twee verschillen"), maak("thead", {}, kop), maak("tbody", {}, ...rijen));
  return maak("div", { className: "tussenstand", role: "group", "aria-label": "Twee versies" }, maak("p", {}, maak("strong", {}, zin)), maak("div", { className: "tabelraam" }, tabel), maak("div", { className: "knoppen" }, ...knoppen));
};
