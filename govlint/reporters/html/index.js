(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const table = document.querySelector(".reports");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = all("th[data-key]", table);
  const form = document.querySelector(".toolbar");
  const ranks = ["error", "warning", "info"];
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const rules = new Map(rows.map((row) => [row, JSON.parse(row.dataset.rules)]));
  const links = new Map(rows.map((row) => [row, row.querySelector("a").getAttribute("href")]));
  let sorted = { key: "path", down: false };

  for (const head of heads)
    for (const down of head.dataset.key === "path" ? [false] : head.dataset.key === "numbers" ? [false, true] : [true]) {
      const option = new Option(`${head.textContent.trim()} ${down ? "▼" : "▲"}`, `${head.dataset.key}|${down}`);
      form.elements.sort.append(option);
    }

  function value(row, key) {
    if (key === "path") return row.dataset.path;
    if (key === "numbers") return Number(row.dataset.numbers);
    return Number(all("td[data-key]", row).find((cell) => cell.dataset.key === key).dataset.value);
  }

  function sort(key, down) {
    sorted = { key, down };
    for (const head of heads)
      if (head.dataset.key === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    const keyed = rows.map((row) => [value(row, key), row]);
    keyed.sort(([a, first], [b, second]) =>
      (key === "path" ? collator.compare(a, b) : a - b) * (down ? -1 : 1) || collator.compare(first.dataset.path, second.dataset.path));
    body.append(...keyed.map(([, row]) => row));
    form.elements.sort.value = `${key}|${down}`;
  }

  function filter() {
    const rule = form.elements.rule.value;
    const words = form.elements.find.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const counts = rules.get(row);
      const text = row.cells[0].textContent.toLowerCase();
      row.hidden = Boolean((rule && !counts[rule]) || (words && !text.includes(words)));
      shown += !row.hidden;
      for (const cell of all("td[data-s]", row)) {
        const of = rule ? [rule] : Object.keys(counts);
        const total = of.reduce((sum, id) => sum + ((counts[id] || {})[cell.dataset.key] || 0), 0);
        cell.dataset.value = total;
        cell.textContent = total || "";
      }
      row.querySelector("a").href = links.get(row) + (rule ? `#rule=${encodeURIComponent(rule)}` : "");
    }
    if (ranks.includes(sorted.key)) sort(sorted.key, sorted.down);
    form.elements.count.value = `${shown} / ${rows.length}`;
  }

  for (const head of heads)
    head.querySelector("button").addEventListener("click", () => {
      const key = head.dataset.key;
      sort(key, sorted.key === key ? !sorted.down : key !== "path" && key !== "numbers");
    });
  for (const change of ["input", "change"])
    form.addEventListener(change, (event) => {
      if (event.target === form.elements.sort) {
        const [key, down] = form.elements.sort.value.split("|");
        sort(key, down === "true");
      } else filter();
    });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of all("button[data-rule]"))
    button.addEventListener("click", () => {
      form.elements.rule.value = button.dataset.rule;
      filter();
      form.elements.rule.focus();
      scrollTo(0, 0);
    });
  sort("path", false);
  filter();
})();
