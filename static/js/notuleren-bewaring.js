// What was typed and is not at the server yet, kept in this browser: per meeting and per person, one entry per thing,
// so that two tabs of one person never overwrite each other's. Cleared as soon as the server has it.
"use strict";

class Bewaring {
  constructor(vergadering, persoon) {
    this.stam = `notulen:${vergadering}:${persoon}:`;
    this.werkt = true;
    this.geheugen = new Map();
    try {
      localStorage.setItem(`${this.stam}proef`, "1");
      localStorage.removeItem(`${this.stam}proef`);
    } catch {
      this.werkt = false;
    }
  }

  zet(naam, waarde) {
    this.geheugen.set(naam, waarde);
    try {
      localStorage.setItem(this.stam + naam, JSON.stringify(waarde));
      this.werkt = true;
    } catch {
      this.werkt = false; // full or switched off: said on the page, and everything still goes to the server
    }
  }

  lees(naam) {
    try {
      const ruw = localStorage.getItem(this.stam + naam);
      if (ruw !== null) return JSON.parse(ruw);
      return this.werkt ? null : this.geheugen.get(naam) ?? null;
    } catch {
      return this.geheugen.get(naam) ?? null;
    }
  }

  wis(naam) {
    this.geheugen.delete(naam);
    try {
      localStorage.removeItem(this.stam + naam);
    } catch {
      this.werkt = false;
    }
  }

  // The names below a word, such as every line that waits.
  namen(begin) {
    const gevonden = new Set([...this.geheugen.keys()].filter((naam) => !this.werkt && naam.startsWith(begin)));
    try {
      for (let plek = 0; plek < localStorage.length; plek += 1) {
        const sleutel = localStorage.key(plek);
        if (sleutel.startsWith(this.stam + begin)) gevonden.add(sleutel.slice(this.stam.length));
      }
    } catch {
      this.werkt = false;
    }
    return [...gevonden];
  }
}
