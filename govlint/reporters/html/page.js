(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const notes = all(".note");
  const noteOf = new Map(notes.map((note) => [note.dataset.f, note]));
  const form = document.querySelector(".toolbar");
  const panel = document.getElementById("panel");
  const marks = new Map();
  for (const element of all("[data-i]"))
    for (const id of element.dataset.i.split(" ")) {
      if (!marks.has(id)) marks.set(id, []);
      marks.get(id).push(element);
    }
  const marksOf = (id) => marks.get(id) || [];
  const ranks = ["error", "warning", "info"];
  let current = null;
  let lit = [];

  const visible = () => notes.filter((note) => !note.hidden);

  function filter() {
    if (!form) return;
    const chosen = (name) => new Set(all(`input[name=${name}]:checked`, form).map((input) => input.value));
    const severities = chosen("severity");
    const families = chosen("family");
    const rule = form.elements.rule ? form.elements.rule.value : "";
    for (const note of notes)
      note.hidden = !(severities.has(note.dataset.s) && families.has(note.dataset.family) && (!rule || note.dataset.rule === rule));
    const findings = new Set();
    for (const id of noteOf.keys()) for (const element of marksOf(id)) findings.add(element);
    for (const element of findings) {
      const found = element.dataset.i.split(" ").map((id) => noteOf.get(id)).filter((note) => note && !note.hidden);
      const severity = ranks.find((rank) => found.some((note) => note.dataset.s === rank));
      if (severity) element.dataset.s = severity;
      else delete element.dataset.s;
    }
    for (const row of all(".row"))
      row.classList.toggle("quiet", !row.matches("[data-s]") && !row.querySelector(".note:not([hidden]), .block [data-s]"));
    document.body.classList.toggle("only", Boolean(form.elements.only && form.elements.only.checked));
    document.body.classList.toggle("plain", Boolean(form.elements.ledger && !form.elements.ledger.checked));
    if (current && current.hidden) clear();
    count();
  }

  function count() {
    const output = form && form.elements.count;
    if (!output) return;
    const shown = visible();
    const at = current ? shown.indexOf(current) + 1 : 0;
    output.value = at ? `${at} / ${shown.length}` : `${shown.length} / ${notes.length}`;
  }

  function clear() {
    for (const element of all(".current")) element.classList.remove("current");
    for (const element of lit) element.classList.remove("lit");
    for (const element of all(".row.shown")) element.classList.remove("shown");
    lit = [];
    current = null;
    panel.hidden = true;
    count();
  }

  function reveal(element) {
    const row = element.closest(".row");
    if (row) row.classList.add("shown");
    for (let details = element.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
  }

  function light(root) {
    for (const link of all("[data-p]", root))
      for (const element of marksOf(link.dataset.p)) {
        const shown = element.closest("td, th") || element;
        shown.classList.add("lit");
        lit.push(shown);
        reveal(shown);
      }
  }

  function select(note) {
    clear();
    current = note;
    note.classList.add("current");
    for (const element of marksOf(note.dataset.f)) {
      element.classList.add("current");
      reveal(element);
    }
    light(note);
    count();
  }

  function go(note) {
    select(note);
    const place = marksOf(note.dataset.f).find((element) => element.matches("a")) || note;
    place.scrollIntoView({ block: "center" });
    if (place === note) note.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  function step(by) {
    const shown = visible();
    if (!shown.length) return;
    let at = shown.indexOf(current);
    if (at < 0) {
      const below = shown.findIndex((note) => (marksOf(note.dataset.f)[0] || note).getBoundingClientRect().top >= 0);
      at = below < 0 ? shown.length : below;
      if (by > 0) at -= 1;
    }
    go(shown[(at + by + shown.length) % shown.length]);
  }

  function showNumber(id) {
    const row = document.getElementById(`note-${id}`);
    if (!row) return;
    const body = panel.lastElementChild;
    body.replaceChildren();
    const head = document.createElement("p");
    const [, number, status, claim, proof] = row.cells;
    head.append(...[...status.cloneNode(true).childNodes], ` ${claim.textContent} `);
    const printed = document.createElement("b");
    printed.textContent = number.textContent;
    head.append(printed);
    body.append(head, ...[...proof.cloneNode(true).childNodes]);
    for (const element of marksOf(id)) element.classList.add("current");
    light(proof);
    panel.hidden = false;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#panel [name=close]")) return clear();
    const mark = event.target.closest(".block [data-i]:not(.row)");
    if (mark) {
      const ids = mark.dataset.i.split(" ");
      const note = ids.map((id) => noteOf.get(id)).find((found) => found && !found.hidden);
      const number = ids.find((id) => id.startsWith("n"));
      if (!note && !number) return;
      event.preventDefault();
      if (note) select(note);
      else clear();
      if (note) note.scrollIntoView({ block: "nearest" });
      if (number) showNumber(number);
      return;
    }
    const place = event.target.closest("a[data-p]");
    if (place) {
      const note = place.closest(".note");
      if (note) select(note);
      for (const element of marksOf(place.dataset.p)) reveal(element);
      return;
    }
    const note = event.target.closest(".note");
    if (note && !event.target.closest("a, summary")) select(note);
    else if (note && event.target.closest("a[data-f]")) {
      event.preventDefault();
      go(note);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("select, textarea, input:not([type=checkbox])")) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
    } else if (event.key === "Escape") clear();
  });

  if (form) {
    for (const change of ["input", "change"]) form.addEventListener(change, filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) step(button.name === "next" ? 1 : -1);
    });
    const asked = new URLSearchParams(location.hash.slice(1)).get("rule");
    if (asked && all("option", form).some((option) => option.value === asked)) form.elements.rule.value = asked;
  }
  filter();
})();
