// Minutes while people talk: what is typed goes into this browser first, then to the server; a lost connection, an ended
// session or a second note-taker costs nobody a word. The page works without this script; it only makes it quicker.
"use strict";

const notulen = document.querySelector("[data-notulen]");
if (notulen && notulen.querySelector("[data-punt]")) {
  const { vergadering, persoon, adres, peildag } = notulen.dataset;
  const bewaring = new Bewaring(vergadering, persoon);
  const balk = notulen.querySelector("[data-standbalk]");
  const melding = notulen.querySelector("[data-melding]");
  const inlogplek = notulen.querySelector("[data-inlogplek]");
  const anderen = notulen.querySelector("[data-anderen]");
  const punten = new Map([...notulen.querySelectorAll("[data-punt]")].map((element) => [element.dataset.punt, element]));
  const RUST = 3000;
  const LANGST = 15000;
  const TYPPAUZE = 1200;
  let csrf = notulen.querySelector("[name=csrfmiddlewaretoken]").value;
  let stempel = "";
  let staat = "goed"; // goed, weg, druk, uitgelogd, ander, gesloten, geenrecht
  let wacht = RUST;
  let klok = 0;
  let bezig = false;
  let nogEens = false;
  let eerste = true;

  const nieuweSleutel = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const hex = [...b].map((getal) => getal.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const invoervan = (punt) => punt.querySelector("[data-invoer]");
  // A point that somebody took off the agenda: what was typed at it is shown at the first one, so that it is not lost.
  const puntvan = (regel) => punten.get(regel.punt) ?? punten.values().next().value;
  const regelvan = (sleutel) => notulen.querySelector(`[data-regel="${CSS.escape(sleutel)}"]`);
  const wachtenden = () =>
    bewaring
      .namen("wacht:")
      .map((naam) => [naam, bewaring.lees(naam)])
      .filter(([, regel]) => regel)
      .sort(([, a], [, b]) => a.op - b.op);

  // ---- What is said of it all

  const zeg = (zin) => {
    if (melding.textContent !== zin) melding.textContent = zin;
  };
  const toonStand = () => {
    const regels = wachtenden();
    const vast = regels.filter(([, regel]) => regel.fouten || regel.botsing || regel.weg).length;
    const aantal = regels.length - vast;
    const teksten = bewaring.namen("tekst:").length;
    const delen = [];
    if (aantal) delen.push(aantal === 1 ? "1 regel wacht" : `${aantal} regels wachten`);
    if (teksten) delen.push(teksten === 1 ? "1 tekst wacht" : `${teksten} teksten wachten`);
    const waar = bewaring.werkt ? "bewaard in deze browser" : "deze browser kan niets bewaren, sluit dit tabblad niet";
    const wachten = delen.length ? `${waar}, ${delen.join(" en ")}` : "er wacht niets";
    const zinnen = {
      goed: aantal ? `Bezig met bewaren: ${delen[0]}.` : vast ? `Bijna alles is bewaard; ${vast === 1 ? "1 regel vraagt" : `${vast} regels vragen`} uw aandacht.` : "Alles is bewaard.",
      weg: `Geen verbinding; ${wachten}. Typ gerust door.`,
      druk: `De server antwoordt nu niet; ${wachten}. Dit gaat vanzelf verder.`,
      uitgelogd: `U bent niet meer ingelogd; ${wachten}. Dit gaat vanzelf verder zodra u weer bent ingelogd.`,
      ander: `In deze browser is iemand anders ingelogd; ${wachten}. Dit gaat verder zodra u zelf weer bent ingelogd.`,
      gesloten: "Het verslag is vastgesteld: hier verandert niets meer. Wat nog wacht staat onderaan het punt; neem het over in een addendum.",
      geenrecht: `U mag hier niet meer notuleren; ${wachten}.`,
    };
    zeg(zinnen[staat]);
    balk.hidden = false;
    balk.classList.toggle("notulenstand--wacht", staat !== "goed" || vast > 0);
    const link = { uitgelogd: [notulen.dataset.inloggen, "Log in (opent in een nieuw tabblad)"], ander: [notulen.dataset.inloggen, "Log in (opent in een nieuw tabblad)"], gesloten: [notulen.dataset.addendum, "Addendum toevoegen"] }[staat];
    if (!link) inlogplek.replaceChildren();
    else if (!inlogplek.querySelector("a")) inlogplek.replaceChildren(maak("a", { href: link[0], target: "_blank", rel: "opener" }, link[1]));
    toonWachtrij(regels);
  };

  // ---- To and from the server

  const vraag = async (url, opties) => {
    try {
      const antwoord = await fetch(url, { redirect: "manual", credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(15000), ...opties });
      if (antwoord.type === "opaqueredirect" || antwoord.status === 401) return { staat: "uitgelogd" };
      if (antwoord.status === 429 || antwoord.status >= 500) return { staat: "druk" };
      const isJson = (antwoord.headers.get("Content-Type") ?? "").startsWith("application/json");
      return { staat: "goed", status: antwoord.status, inhoud: isJson ? await antwoord.json() : null, etag: antwoord.headers.get("ETag") };
    } catch {
      return { staat: "weg" };
    }
  };

  // Send one form. Answers null when nobody took it, so that it must be sent again later.
  const stuur = async (velden) => {
    const lijf = new URLSearchParams({ ...velden, persoon, csrfmiddlewaretoken: csrf });
    const antwoord = await vraag(adres, { method: "POST", body: lijf, headers: { Accept: "application/json" } });
    staat = antwoord.staat;
    if (antwoord.staat !== "goed") return null;
    if (antwoord.status === 404) return { status: 422, inhoud: { fouten: { __all__: ["Dit punt staat niet meer op de agenda. Leg dit vast bij een ander punt."] } } };
    if (antwoord.status === 403 && !antwoord.inhoud?.fouten) {
      // A token of before signing in again is renewed by asking what stands there; nothing else is said by it.
      staat = antwoord.inhoud?.ander ? "ander" : "druk";
      stempel = "";
      return null;
    }
    if (antwoord.inhoud?.gesloten) return sluit(antwoord.inhoud.addendum);
    if (!antwoord.inhoud) {
      staat = "druk";
      return null;
    }
    return antwoord;
  };
  const sluit = (addendum) => {
    staat = "gesloten";
    notulen.dataset.addendum = addendum ?? `${adres.replace(/notuleren\/$/, "")}addendum/`;
    for (const formulier of notulen.querySelectorAll("[data-invoer], [data-tekst]")) formulier.querySelector("[type=submit]").disabled = true;
    return null;
  };

  // ---- Lines that wait

  const zetRegel = (regel) => {
    const nieuw = uitServer(regel.html);
    const oud = regelvan(regel.sleutel);
    if (!oud) punten.get(String(regel.punt))?.querySelector("[data-regels]").append(nieuw);
    else if (oud.dataset.versie !== nieuw.dataset.versie && !oud.dataset.open) vervang(oud, nieuw);
    return nieuw;
  };
  const vervang = (oud, nieuw) => {
    const doe = oud.contains(document.activeElement) ? document.activeElement.dataset.doe ?? "zelf" : "";
    oud.replaceWith(nieuw);
    if (doe) (nieuw.querySelector(`[data-doe="${doe}"]`) ?? nieuw).focus();
  };

  const stuurRegel = async (naam, regel) => {
    regel.geprobeerd = true;
    bewaring.zet(naam, regel);
    const antwoord = await stuur({ ...regel.velden, doe: regel.doe, punt: regel.punt });
    if (!antwoord) return false;
    const { status, inhoud } = antwoord;
    if (status === 200) {
      bewaring.wis(naam);
      zetRegel(inhoud.regel);
      return true;
    }
    if (status === 410) bewaring.zet(naam, { ...regel, weg: inhoud.melding ?? "Deze regel is verwijderd." });
    else if (inhoud.verschillen) {
      bewaring.wis(naam);
      const li = regelvan(regel.velden.sleutel);
      if (li) li.dataset.versie = "";
      const nu = zetRegel(inhoud.regel);
      wijzig(nu, { ...regel.velden, versie: inhoud.regel.versie }, inhoud);
    } else if (regel.doe === "regel" && isLeeg(leesVelden(invoervan(puntvan(regel))))) {
      bewaring.wis(naam);
      terugInvoer(regel, inhoud.fouten);
    } else if (regel.doe === "wijzig" && regelvan(regel.velden.sleutel)) {
      bewaring.wis(naam);
      const formulier = wijzig(regelvan(regel.velden.sleutel), regel.velden);
      toonFouten(formulier, formulier.querySelector("[data-fouten]"), inhoud.fouten);
    } else bewaring.zet(naam, { ...regel, fouten: inhoud.fouten ?? { __all__: [inhoud.melding ?? "Dit kon niet worden bewaard."] } });
    return true;
  };
  const terugInvoer = (regel, fouten) => {
    const formulier = invoervan(puntvan(regel));
    vulVelden(formulier, regel.velden);
    bewaring.zet(`invoer:${puntvan(regel).dataset.punt}`, regel.velden);
    toonFouten(formulier, formulier.querySelector("[data-fouten]"), fouten);
    lees(formulier);
  };

  let getekend = "";
  const toonWachtrij = (regels) => {
    const beeld = JSON.stringify([staat, regels]);
    if (beeld === getekend) return;
    getekend = beeld;
    for (const punt of punten.values()) {
      const lijst = punt.querySelector("[data-wachtrij]");
      const eigen = regels.filter(([, regel]) => puntvan(regel) === punt);
      lijst.replaceChildren(...eigen.map(([naam, regel]) => wachtregel(naam, regel)));
      lijst.hidden = eigen.length === 0;
    }
  };
  const wachtregel = (naam, regel) => {
    const soort = invoervan(puntvan(regel)).querySelector(`option[value="${CSS.escape(regel.velden.soort)}"]`)?.textContent ?? "regel";
    const kop = maak("p", { className: "notulenregel__kop" }, maak("span", { className: "merk" }, regel.doe === "wijzig" ? `wijziging: ${soort}` : soort));
    const tekst = maak("p", { className: "notulenregel__tekst" }, vandeVelden(regel.velden));
    const knoppen = [];
    const weg = () => {
      bewaring.wis(naam);
      toonStand();
    };
    let waarom = staat === "goed" ? "wordt bewaard" : "wacht, bewaard in deze browser";
    if (regel.weg) {
      waarom = regel.weg;
      knoppen.push(knop("Leg opnieuw vast", () => {
        bewaring.wis(naam);
        zetWacht({ ...regel, punt: puntvan(regel).dataset.punt, doe: "regel", weg: "", velden: { ...regel.velden, sleutel: nieuweSleutel(), versie: "" } });
      }));
      knoppen.push(knop("Laat weg", weg));
    } else if (regel.fouten || !regel.geprobeerd) {
      if (regel.fouten) waarom = Object.values(regel.fouten).flat().join(" ");
      if (regel.doe === "regel") {
        knoppen.push(knop(regel.fouten ? "Verbeter" : "Haal terug", () => {
          const formulier = invoervan(puntvan(regel));
          if (!isLeeg(leesVelden(formulier))) {
            formulier.querySelector("[name=tekst]").focus();
            return zeg("Maak eerst de regel af die u nu typt.");
          }
          bewaring.wis(naam);
          terugInvoer(regel, regel.fouten);
          formulier.querySelector("[name=soort]").focus();
          toonStand();
        }));
      }
      if (regel.fouten) knoppen.push(knop("Laat weg", weg));
    }
    return maak("li", { className: "notulenregel notulenregel--wacht" }, kop, tekst, maak("p", { className: "klein" }, waarom), maak("div", { className: "knoppen" }, ...knoppen));
  };
  const zetWacht = (regel) => {
    const sleutel = regel.velden.sleutel;
    bewaring.zet(`wacht:${regel.doe}:${sleutel}`, { ...regel, op: Date.now(), geprobeerd: false });
    toonStand();
    nu();
  };

  // ---- Typing a new line

  const bijInvoer = (nummer, formulier) => {
    const fouten = formulier.querySelector("[data-fouten]");
    const schets = bewaring.lees(`invoer:${nummer}`);
    if (schets && !("antwoord" in notulen.dataset)) vulVelden(formulier, schets);
    formulier.addEventListener("input", () => {
      const velden = leesVelden(formulier);
      if (isLeeg(velden)) bewaring.wis(`invoer:${nummer}`);
      else bewaring.zet(`invoer:${nummer}`, velden);
    });
    formulier.addEventListener("submit", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      const velden = leesVelden(formulier);
      if (staat === "gesloten") return;
      if (isLeeg(velden)) {
        toonFouten(formulier, fouten, { [velden.soort === "cijfer" ? "naam" : velden.soort === "trend" ? "onderwerp" : "tekst"]: ["Typ eerst iets."] });
        return;
      }
      // The key is the line's from the first moment on: sent twice it stays one line.
      velden.sleutel = nieuweSleutel();
      bewaring.wis(`invoer:${nummer}`);
      toonFouten(formulier, fouten, null);
      vulVelden(formulier, { soort: velden.soort });
      formulier.querySelector("[data-lezing]")?.replaceChildren();
      formulier.querySelector("[name=soort]").focus();
      zetWacht({ doe: "regel", punt: nummer, velden });
    });
    bijTermijn(formulier);
  };

  // ---- Correcting a line

  let teller = 0;
  // Somebody who is typing elsewhere keeps the focus; it is said that there is something to choose.
  const wijzig = (li, velden, botsing, pakFocus = !document.activeElement?.matches("input, textarea, select")) => {
    stopWijzigen(li);
    const punt = li.closest("[data-punt]");
    teller += 1;
    const formulier = maak("form", { className: "regelinvoer", noValidate: true });
    const bron = invoervan(punt);
    for (const naam of ["sleutel", "versie"]) formulier.append(maak("input", { type: "hidden", name: naam }));
    formulier.append(maak("div", { "data-fouten": "" }), bron.querySelector(".regelvelden").cloneNode(true));
    const familie = velden.soort.split("-")[0];
    for (const optie of formulier.querySelectorAll("[name=soort] option")) if (optie.value.split("-")[0] !== familie) optie.remove();
    for (const groep of formulier.querySelectorAll("optgroup")) if (!groep.children.length) groep.remove();
    for (const naam of ["status_van", "status_naar", "status_per"]) formulier.querySelector(`.regelveld--${naam}`)?.remove();
    for (const element of formulier.querySelectorAll("[id], [for], [aria-describedby]")) {
      for (const eigenschap of ["id", "for", "aria-describedby"]) {
        const waarde = element.getAttribute(eigenschap);
        if (waarde) element.setAttribute(eigenschap, waarde.split(" ").map((deel) => `w${teller}-${deel}`).join(" "));
      }
    }
    formulier.querySelector("[data-lezing]")?.replaceChildren();
    vulVelden(formulier, velden);
    const stop = () => {
      bewaring.wis(`open:${velden.sleutel}`);
      stopWijzigen(li);
      (li.querySelector("[data-doe=wijzig]") ?? li).focus();
      nu();
    };
    formulier.append(maak("div", { className: "knoppen" }, maak("button", { type: "submit", className: "utrecht-button utrecht-button--primary-action" }, "Bewaar wijziging"), knop("Annuleren", stop)));
    if (botsing) {
      const bewaarMijn = knop("Bewaar mijn versie", () => formulier.requestSubmit(), true);
      formulier.prepend(tweeTeksten(`${botsing.melding} Nu staat er wat ${botsing.door} schreef. Kies, of pas hieronder aan en bewaar.`, botsing.verschillen, [bewaarMijn, knop("Houd wat er staat", stop)]));
    }
    formulier.addEventListener("input", () => bewaring.zet(`open:${velden.sleutel}`, leesVelden(formulier)));
    formulier.addEventListener("submit", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      const ingevuld = leesVelden(formulier);
      bewaring.wis(`open:${velden.sleutel}`);
      stopWijzigen(li);
      li.focus();
      zetWacht({ doe: "wijzig", punt: punt.dataset.punt, velden: ingevuld });
    });
    let dicht = false;
    formulier.addEventListener("keydown", (toets) => {
      if (toets.key !== "Escape" || !sneltoetsen()) return;
      const gelijk = JSON.stringify(leesVelden(formulier)) === begin;
      if (gelijk || dicht) return stop();
      dicht = true;
      zeg("Druk nog eens op Esc om te stoppen zonder te bewaren.");
    });
    bijTermijn(formulier);
    li.dataset.open = "ja";
    li.append(formulier);
    const begin = JSON.stringify(leesVelden(formulier));
    if (botsing) bewaring.zet(`open:${velden.sleutel}`, leesVelden(formulier));
    formulier.dataset.lezing = velden.lezing ?? "";
    if (pakFocus) (botsing ? formulier.querySelector(".tussenstand button") : zichtbaarVeld(formulier))?.focus();
    else if (botsing) anderen.textContent = `${botsing.melding} Bij die regel staan twee versies om uit te kiezen.`;
    return formulier;
  };
  const zichtbaarVeld = (formulier) => [...formulier.querySelectorAll("[name=tekst], [name=naam], [name=onderwerp]")].find((veld) => veld.offsetParent);
  const stopWijzigen = (li) => {
    delete li.dataset.open;
    li.querySelector(":scope > form")?.remove();
  };

  notulen.addEventListener("click", (klik) => {
    const link = klik.target.closest("[data-doe]");
    if (!link) return;
    const li = link.closest("[data-regel]");
    if (link.dataset.doe === "wijzig") {
      klik.preventDefault();
      if (bewaring.lees(`wacht:wijzig:${li.dataset.regel}`)) return zeg("Uw vorige wijziging van deze regel wacht nog.");
      wijzig(li, JSON.parse(li.dataset.waarden));
    } else if (staat !== "goed" || !navigator.onLine) {
      klik.preventDefault();
      zeg("Verwijderen kan pas als er weer verbinding is.");
    }
  });

  // ---- The running text of a point

  const tekstveld = (punt) => punt.querySelector("[data-tekst] [name=bespreking]");
  const versieveld = (punt) => punt.querySelector("[data-tekst] [name=versie]");
  const tekststand = (punt, zin) => {
    punt.querySelector("[data-tekststand]").textContent = zin;
  };
  const typen = new Map();
  const bijTekst = (nummer, punt) => {
    const veld = tekstveld(punt);
    const schets = bewaring.lees(`tekst:${nummer}`);
    punt.dataset.basis = veld.value;
    if (schets && !("antwoord" in notulen.dataset)) {
      veld.value = schets.tekst;
      tekststand(punt, "Nog niet bij het verslag");
      if (schets.botsing) kiesTekst(nummer, punt, schets);
    }
    veld.addEventListener("input", () => {
      const nu_ = bewaring.lees(`tekst:${nummer}`) ?? { versie: versieveld(punt).value, basis: punt.dataset.basis, onzeker: [] };
      bewaring.zet(`tekst:${nummer}`, { ...nu_, tekst: veld.value });
      tekststand(punt, "Nog niet bij het verslag");
      typen.set(nummer, Date.now());
      clearTimeout(klok);
      klok = setTimeout(ronde, TYPPAUZE);
    });
    veld.addEventListener("blur", () => {
      typen.delete(nummer);
      if (bewaring.lees(`tekst:${nummer}`)) nu();
    });
    punt.querySelector("[data-tekst]").addEventListener("submit", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      typen.delete(nummer);
      if (!bewaring.lees(`tekst:${nummer}`)) tekststand(punt, "Bewaard");
      nu();
    });
  };
  const tekstBewaard = (nummer, punt, inhoud, verzonden) => {
    const schets = bewaring.lees(`tekst:${nummer}`);
    versieveld(punt).value = inhoud.versie;
    punt.dataset.basis = inhoud.bespreking;
    if (!schets || schets.tekst.trimEnd() === verzonden.trimEnd()) {
      bewaring.wis(`tekst:${nummer}`);
      tekststand(punt, "Bewaard");
    } else bewaring.zet(`tekst:${nummer}`, { ...schets, versie: inhoud.versie, basis: inhoud.bespreking, onzeker: [] });
  };
  const stuurTekst = async (nummer) => {
    const punt = punten.get(nummer);
    const schets = bewaring.lees(`tekst:${nummer}`);
    if (!punt || !schets || schets.botsing) return true;
    const verzonden = schets.tekst;
    const eerder = schets.onzeker ?? [];
    bewaring.zet(`tekst:${nummer}`, { ...schets, onzeker: [...new Set([...eerder, verzonden.trimEnd()])] });
    const antwoord = await stuur({ doe: "tekst", punt: nummer, versie: schets.versie, bespreking: verzonden });
    if (!antwoord) return false;
    const { status, inhoud } = antwoord;
    const sindsdien = bewaring.lees(`tekst:${nummer}`) ?? schets;
    if (status === 200) tekstBewaard(nummer, punt, inhoud, verzonden);
    else if (status === 409 && "bespreking" in inhoud) {
      if (eerder.includes(inhoud.bespreking)) {
        // Our own text of before: it was kept, only the answer was lost.
        bewaring.zet(`tekst:${nummer}`, { ...sindsdien, versie: inhoud.versie, basis: inhoud.bespreking, onzeker: [] });
        return stuurTekst(nummer);
      }
      const botst = { ...sindsdien, onzeker: [], botsing: { melding: inhoud.melding, door: inhoud.door, versie: inhoud.versie, tekst: inhoud.bespreking } };
      bewaring.zet(`tekst:${nummer}`, botst);
      kiesTekst(nummer, punt, botst);
    } else tekststand(punt, Object.values(inhoud.fouten ?? {}).flat().join(" ") || "Niet bewaard");
    return true;
  };
  const kiesTekst = (nummer, punt, schets) => {
    const plek = punt.querySelector("[data-tekstbotsing]");
    const { melding: zin, door, versie, tekst } = schets.botsing;
    const kies = (maakTekst) => () => {
      const mijn = tekstveld(punt).value;
      const gekozen = maakTekst(mijn);
      tekstveld(punt).value = gekozen;
      versieveld(punt).value = versie;
      punt.dataset.basis = tekst;
      bewaring.zet(`tekst:${nummer}`, { tekst: gekozen, versie, basis: tekst, onzeker: [] });
      plek.replaceChildren();
      plek.hidden = true;
      tekstveld(punt).focus();
      nu();
    };
    const knoppen = [
      knop("Bewaar mijn tekst", kies((mijn) => mijn), true),
      knop("Neem de andere tekst", kies(() => tekst)),
      knop("Zet beide onder elkaar", kies((mijn) => `${tekst}\n\n${mijn}`)),
    ];
    plek.replaceChildren(maak("div", { className: "tussenstand", role: "group", "aria-label": `Twee teksten bij punt ${punt.dataset.nummer}` }, maak("p", {}, maak("strong", {}, `${zin} ${door} schreef:`)), maak("p", { className: "tussenstand__tekst tussenstand__tekst--regels" }, tekst || "(leeg)"), maak("p", {}, "Uw tekst staat hierboven in het veld."), maak("div", { className: "knoppen" }, ...knoppen)));
    plek.hidden = false;
    tekststand(punt, "Kies wat er moet staan");
    anderen.textContent = `Bij punt ${punt.dataset.nummer} zijn twee teksten. Kies onder het tekstveld wat er moet staan.`;
  };

  // ---- What others wrote

  const verwerk = (stand) => {
    let nieuwe = 0;
    for (const rij of stand.punten) {
      const nummer = String(rij.punt);
      const punt = punten.get(nummer);
      if (!punt) continue;
      const lijst = punt.querySelector("[data-regels]");
      const sleutels = new Set(rij.regels.map((regel) => regel.sleutel));
      for (const li of [...lijst.children]) {
        if (li.dataset.regel && !sleutels.has(li.dataset.regel) && !li.dataset.open) li.remove();
      }
      rij.regels.forEach((regel) => {
        if (regelvan(regel.sleutel)) return void zetRegel(regel);
        const li = zetRegel(regel);
        if (eerste) return;
        nieuwe += 1;
        li.classList.add("notulenregel--nieuw");
        setTimeout(() => li.classList.remove("notulenregel--nieuw"), 4000);
      });
      const op = rij.regels.map((regel) => regelvan(regel.sleutel));
      if (op.some((li, plek) => lijst.children[plek] !== li) && !lijst.contains(document.activeElement)) lijst.append(...op);
      verwerkTekst(nummer, punt, rij);
    }
    if (nieuwe) anderen.textContent = nieuwe === 1 ? "Een ander voegde 1 regel toe." : `Een ander voegde ${nieuwe} regels toe.`;
  };
  const verwerkTekst = (nummer, punt, rij) => {
    const schets = bewaring.lees(`tekst:${nummer}`);
    if (schets?.botsing) return;
    if (schets) {
      const eigen = rij.bespreking === schets.basis || (schets.onzeker ?? []).includes(rij.bespreking);
      if (eigen && Number(schets.versie) !== rij.versie) bewaring.zet(`tekst:${nummer}`, { ...schets, versie: rij.versie, basis: rij.bespreking });
      return;
    }
    versieveld(punt).value = rij.versie;
    punt.dataset.basis = rij.bespreking;
    const veld = tekstveld(punt);
    if (veld.value.replaceAll("\r\n", "\n").trimEnd() === rij.bespreking) return;
    const plaats = veld.selectionStart;
    veld.value = rij.bespreking;
    if (document.activeElement === veld) veld.setSelectionRange(plaats, plaats);
    tekststand(punt, "Bijgewerkt door een ander");
  };

  // ---- The round: texts, lines, what stands there; one after another, so that nothing passes anything

  const vraagStand = async () => {
    const antwoord = await vraag(notulen.dataset.stand, { headers: { Accept: "application/json", ...(stempel ? { "If-None-Match": stempel } : {}) } });
    if (antwoord.staat !== "goed") return (staat = antwoord.staat), false;
    if (antwoord.status === 403 || antwoord.status === 404) return (staat = "geenrecht"), false;
    if (antwoord.status === 200 && antwoord.inhoud) {
      if (String(antwoord.inhoud.persoon) !== persoon) return (staat = "ander"), false;
      csrf = antwoord.inhoud.csrf;
      stempel = antwoord.etag ?? "";
      staat = "goed";
      verwerk(antwoord.inhoud);
      if (antwoord.inhoud.gesloten) return sluit(), false;
      heropen();
      eerste = false;
    } else staat = "goed";
    return true;
  };
  const heropen = () => {
    if (!eerste) return;
    for (const naam of bewaring.namen("open:")) {
      const li = regelvan(naam.slice(5));
      const velden = bewaring.lees(naam);
      if (li && velden && !li.dataset.open) wijzig(li, velden, null, false);
      else if (!li) bewaring.wis(naam);
    }
  };
  const ronde = async () => {
    clearTimeout(klok);
    if (bezig) {
      nogEens = true;
      return;
    }
    bezig = true;
    nogEens = false;
    try {
      let door = staat === "goed" || (await vraagStand());
      for (const naam of bewaring.namen("tekst:")) {
        const nummer = naam.slice(6);
        if (!door) break;
        if (Date.now() - (typen.get(nummer) ?? 0) < TYPPAUZE - 100) nogEens = true;
        else door = await stuurTekst(nummer);
      }
      for (const [naam, regel] of wachtenden()) {
        if (!door) break;
        if (regel.fouten || regel.weg) continue;
        door = await stuurRegel(naam, regel);
        toonStand();
      }
      if (door) door = await vraagStand();
      wacht = door ? RUST : Math.min(LANGST, staat === "weg" || staat === "druk" ? wacht * 1.5 : RUST);
    } finally {
      bezig = false;
    }
    toonStand();
    clearTimeout(klok);
    if (staat !== "gesloten") klok = setTimeout(ronde, nogEens ? (typen.size ? TYPPAUZE : 50) : document.hidden ? LANGST : wacht);
  };
  const nu = () => {
    if (staat === "gesloten") return;
    wacht = RUST;
    clearTimeout(klok);
    klok = setTimeout(ronde, 0);
  };

  // ---- The reading of a termijn

  const bijTermijn = (formulier) => {
    const tekst = formulier.querySelector("[name=termijn_tekst]");
    const leesknop = formulier.querySelector("[data-lees]");
    if (leesknop) leesknop.hidden = true;
    let straks = 0;
    tekst?.addEventListener("input", () => {
      clearTimeout(straks);
      straks = setTimeout(() => lees(formulier), 300);
    });
  };
  const lees = async (formulier) => {
    const plek = formulier.querySelector("[data-lezing]");
    const woorden = formulier.querySelector("[name=termijn_tekst]")?.value.trim();
    if (!plek) return;
    if (!woorden) return plek.replaceChildren();
    const url = new URL(notulen.dataset.lezen, location.href);
    url.searchParams.set("tekst", woorden);
    url.searchParams.set("peildatum", peildag);
    const gekozen = plek.querySelector("[name=lezing]:checked")?.value ?? formulier.dataset.lezing;
    if (gekozen) url.searchParams.set("lezing", gekozen);
    try {
      const antwoord = await fetch(url, { headers: { Accept: "text/html" }, redirect: "manual" });
      if (!antwoord.ok) return plek.replaceChildren();
      const gelezen = new DOMParser().parseFromString(await antwoord.text(), "text/html").body;
      const merk = formulier.querySelector("[name=soort]").id;
      for (const element of gelezen.querySelectorAll("[id], [for]")) {
        for (const eigenschap of ["id", "for"]) if (element.hasAttribute(eigenschap)) element.setAttribute(eigenschap, `${merk}-${element.getAttribute(eigenschap)}`);
      }
      if (formulier.querySelector("[name=termijn_tekst]").value.trim() === woorden) plek.replaceChildren(...gelezen.childNodes);
    } catch {
      plek.replaceChildren(); // no connection: the words stand, and are read when they arrive
    }
  };

  // ---- Keys

  const schakelaar = notulen.querySelector("#sneltoetsen");
  const sneltoetsen = () => schakelaar.checked;
  const keuze = new Bewaring("alle", persoon);
  schakelaar.checked = keuze.lees("sneltoetsen") !== false;
  schakelaar.addEventListener("change", () => keuze.zet("sneltoetsen", schakelaar.checked));
  document.addEventListener("keydown", (toets) => {
    if (!sneltoetsen() || toets.isComposing) return;
    const formulier = toets.target.closest?.(".regelinvoer, [data-tekst]");
    if (toets.key === "Enter" && (toets.ctrlKey || toets.metaKey) && formulier) {
      toets.preventDefault();
      formulier.requestSubmit();
    } else if (toets.altKey && !toets.ctrlKey && !toets.metaKey && (toets.key === "PageDown" || toets.key === "PageUp")) {
      toets.preventDefault();
      const rij = [...punten.values()];
      const hier = rij.indexOf(toets.target.closest?.("[data-punt]"));
      const stap = toets.key === "PageDown" ? hier + 1 : Math.max(hier, 1) - 1;
      const doel = rij[Math.min(rij.length - 1, stap)];
      invoervan(doel).querySelector("[name=soort]").focus();
      doel.scrollIntoView({ block: "start" });
    }
  });

  for (const element of notulen.querySelectorAll("[data-met-script]")) element.hidden = false;
  for (const [nummer, punt] of punten) {
    bijInvoer(nummer, invoervan(punt));
    bijTekst(nummer, punt);
  }
  addEventListener("online", nu);
  addEventListener("offline", () => {
    staat = "weg";
    toonStand();
  });
  addEventListener("storage", (gebeurtenis) => gebeurtenis.key?.startsWith(bewaring.stam) && toonStand());
  addEventListener("focus", nu);
  document.addEventListener("visibilitychange", () => document.hidden || nu());
  addEventListener("beforeunload", (gebeurtenis) => {
    if (!bewaring.werkt && (wachtenden().length || bewaring.namen("tekst:").length)) gebeurtenis.preventDefault();
  });
  toonStand();
  nu();
}
