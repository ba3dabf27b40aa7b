// Passkeys: the one thing that needs a script, because only the browser can talk to the device.
(() => {
  "use strict";
  const NIET_HIER = "Deze browser kan hier geen passkeys gebruiken.";
  const AFGEBROKEN = "Het is niet gelukt of u hebt het afgebroken. Probeer het opnieuw of kies een andere manier.";
  const BESTAAT = "Op dit apparaat staat al een passkey voor uw account.";

  // An address of figures has no name that a passkey could be tied to.
  const kan = window.PublicKeyCredential && window.webauthnJSON && window.webauthnJSON.supported()
    && !/^[\d.]+$|:/.test(window.location.hostname);

  const vraag = async (formulier) => {
    if (formulier.dataset.opties) return JSON.parse(formulier.dataset.opties);
    const antwoord = await fetch(formulier.action, { headers: { Accept: "application/json" } });
    if (!antwoord.ok) throw new Error(String(antwoord.status));
    return (await antwoord.json()).request_options;
  };

  for (const formulier of document.querySelectorAll("form[data-passkey]")) {
    const melding = formulier.querySelector(".passkey__melding");
    const knop = formulier.querySelector("button");
    formulier.hidden = false;
    if (!kan) {
      melding.textContent = NIET_HIER;
      knop.disabled = true;
      continue;
    }
    formulier.addEventListener("submit", async (gebeurtenis) => {
      gebeurtenis.preventDefault();
      melding.textContent = "Volg de stappen die uw apparaat toont.";
      try {
        const opties = await vraag(formulier);
        const maak = formulier.dataset.passkey === "maak";
        const passkey = await (maak ? window.webauthnJSON.create(opties) : window.webauthnJSON.get(opties));
        formulier.elements.namedItem("credential").value = JSON.stringify(passkey);
        formulier.submit();
      } catch (fout) {
        melding.textContent = fout.name === "InvalidStateError" ? BESTAAT : AFGEBROKEN;
      }
    });
  }
})();
