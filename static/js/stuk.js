// Nothing here is needed: it asks how far a paper is, and shows the page again once it is there.
"use strict";

(() => {
  const plek = document.querySelector("[data-stand]");
  if (!plek) return;
  const balk = plek.querySelector("progress");
  const opnieuw = () => location.replace(`${location.pathname}?wacht=1`);
  const kijk = async (pauze) => {
    try {
      const antwoord = await fetch(plek.dataset.stand, { headers: { Accept: "application/json" } });
      if (!antwoord.ok || antwoord.redirected) return opnieuw();
      const stand = await antwoord.json();
      if (!stand.bezig) return opnieuw();
      balk.value = stand.stap;
    } catch {
      // The line is gone for a moment; what is made is kept.
    }
    setTimeout(() => kijk(Math.min(pauze * 1.2, 5000)), pauze);
  };
  kijk(400);
})();
