// What the words of a termijn are taken to mean, shown while they are typed. Without this script a button does the same.
"use strict";

for (const invoer of document.querySelectorAll("[data-termijn]")) {
  const tekst = invoer.querySelector(`[name=${invoer.dataset.tekstveld ?? "termijn_tekst"}]`);
  const peildatum = invoer.querySelector("[name=peildatum]");
  const plek = invoer.querySelector("[data-lezing]");
  invoer.querySelector("[data-lees]").hidden = true;
  let wacht = 0;
  let vorige = "";
  let vraag = null;

  const lees = async () => {
    const adres = new URL(invoer.dataset.lezen, location.href);
    adres.searchParams.set("tekst", tekst.value.trim());
    if (peildatum?.value) adres.searchParams.set("peildatum", peildatum.value);
    const keuze = plek.querySelector("[name=lezing]:checked");
    if (keuze) adres.searchParams.set("lezing", keuze.value);
    if (adres.href === vorige) return;
    vorige = adres.href;
    vraag?.abort();
    vraag = new AbortController();
    try {
      const antwoord = await fetch(adres, { signal: vraag.signal, headers: { Accept: "text/html" } });
      // Too long, signed out, no network: what was typed stands, and saving says what is wrong.
      if (!antwoord.ok || antwoord.redirected) return plek.replaceChildren();
      const gelezen = new DOMParser().parseFromString(await antwoord.text(), "text/html");
      plek.replaceChildren(...gelezen.body.childNodes);
    } catch (fout) {
      if (fout.name !== "AbortError") vorige = "";
    }
  };
  const straks = () => {
    clearTimeout(wacht);
    wacht = setTimeout(lees, 250);
  };
  tekst.addEventListener("input", straks);
  peildatum?.addEventListener("input", straks);
}
