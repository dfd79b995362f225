// Small helps on top of pages that work without any script.
(() => {
  "use strict";
  document.getElementById("theme")?.addEventListener("click", () => window.mahdarTheme());

  // Names chosen from the list: the code is kept for the question, so that two of one name are not mixed up.
  document.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("input,select")) if (!field.value && field.name && !field.required) field.disabled = true;
    setTimeout(() => { for (const field of event.target.querySelectorAll(":disabled")) field.disabled = false; }, 0);
  });

  // Text and record side by side: hovering or focusing words shows what was read from them.
  const text = document.querySelector("article.text");
  const pop = document.getElementById("pop");
  if (!text || !pop) return;
  const cards = (piece) => piece.dataset.items.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
  let shown = null;
  const hide = () => {
    if (!shown) return;
    for (const card of cards(shown)) card.classList.remove("lit");
    for (const piece of text.querySelectorAll(".lit")) piece.classList.remove("lit");
    shown = null;
    pop.hidden = true;
  };
  const show = (piece) => {
    if (piece === shown) return;
    hide();
    shown = piece;
    const names = piece.dataset.items.split(" ");
    for (const other of text.querySelectorAll("[data-items]")) {
      if (other.dataset.items.split(" ").includes(names[0])) other.classList.add("lit");
    }
    pop.replaceChildren();
    for (const card of cards(piece)) {
      card.classList.add("lit");
      const copy = card.cloneNode(true);
      for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
      for (const link of copy.querySelectorAll(".to-words")) link.remove();
      const box = document.createElement("div");
      box.append(...copy.childNodes);
      pop.append(box);
    }
    pop.hidden = false;
    const at = piece.getClientRects()[0];
    const width = pop.offsetWidth, height = pop.offsetHeight;
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    const above = at.top > height + 16;
    pop.style.left = `${left + scrollX}px`;
    pop.style.top = `${(above ? at.top - height - 8 : at.bottom + 8) + scrollY}px`;
  };
  text.addEventListener("mouseover", (event) => { const piece = event.target.closest("[data-items]"); if (piece) show(piece); else hide(); });
  text.addEventListener("mouseleave", hide);
  let arriving = false;
  text.addEventListener("focusin", (event) => { if (arriving) return; const piece = event.target.closest("[data-items]"); if (piece) show(piece); });
  text.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.querySelector(".cards-of").addEventListener("mouseover", (event) => {
    const card = event.target.closest("li[id]");
    for (const piece of text.querySelectorAll("[data-items]")) piece.classList.toggle("lit", Boolean(card) && piece.dataset.items.split(" ").includes(card.id));
  });
  const target = document.getElementById("at");
  if (target && location.hash === "#at") {
    arriving = true;  // the words are shown, nothing is laid over them
    target.focus({ preventScroll: true });
    arriving = false;
  }
})();
