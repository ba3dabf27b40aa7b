// Nothing here is needed to use a page. Escape takes away a full name that shows on hover or focus.
"use strict";

document.addEventListener("keydown", (toets) => {
  if (toets.key !== "Escape") return;
  for (const wie of document.querySelectorAll(".wie:hover, .wie:focus-visible")) {
    wie.classList.add("wie--dicht");
    const weer = () => wie.classList.remove("wie--dicht");
    wie.addEventListener("pointerleave", weer, { once: true });
    wie.addEventListener("blur", weer, { once: true });
  }
});
