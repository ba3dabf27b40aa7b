// Nothing here is needed to use the page: the address can be selected by hand. The buttons appear where copying works.
"use strict";

const melding = document.querySelector("[data-kopieermelding]");
const wat = (melding && melding.dataset.kopieermelding) || "Het adres";
for (const knop of document.querySelectorAll("[data-kopieer]")) {
  const veld = document.getElementById(knop.dataset.kopieer);
  veld.addEventListener("focus", () => veld.select());
  if (!navigator.clipboard) continue;
  knop.hidden = false;
  knop.addEventListener("click", async () => {
    const woord = knop.firstChild;
    try {
      await navigator.clipboard.writeText(veld.value);
      woord.textContent = "Gekopieerd";
      melding.textContent = `${wat} is gekopieerd.`;
    } catch {
      veld.focus();
      melding.textContent = `Kopiëren lukte niet. ${wat} is geselecteerd; kopieer zelf.`;
    }
    setTimeout(() => { woord.textContent = "Kopieer"; }, 4000);
  });
}
const nieuw = document.getElementById("kop-nieuw");
if (nieuw) nieuw.focus();
