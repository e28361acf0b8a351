"use strict";
// The segments of a report: filtered, ordered and drawn a page at a time from the block of JSON.
// Every text enters the page as a text node; nothing here parses HTML.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const form = at("form");
  const results = at("results");
  const LONG = 700; // characters of a source beyond which it is folded away
  let page = 0;
  let found = [];

  // ---- small pieces of the page

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  // Characters that no reader sees but that turn, break or hide text.
  const SIGNS = new Map([
    ["\u00ad", ["SHY", "soft hyphen"]],
    ["\u061c", ["ALM", "Arabic letter mark"]],
    ["\u200b", ["ZWSP", "zero-width space"]],
    ["\u200e", ["LRM", "left-to-right mark"]],
    ["\u200f", ["RLM", "right-to-left mark"]],
    ["\u2028", ["LS", "line separator"]],
    ["\u2029", ["PS", "paragraph separator"]],
    ["\u202a", ["LRE", "left-to-right embedding"]],
    ["\u202b", ["RLE", "right-to-left embedding"]],
    ["\u202c", ["PDF", "pop directional formatting"]],
    ["\u202d", ["LRO", "left-to-right override"]],
    ["\u202e", ["RLO", "right-to-left override"]],
    ["\u2060", ["WJ", "word joiner"]],
    ["\u2066", ["LRI", "left-to-right isolate"]],
    ["\u2067", ["RLI", "right-to-left isolate"]],
    ["\u2068", ["FSI", "first strong isolate"]],
    ["\u2069", ["PDI", "pop directional isolate"]],
    ["\ufeff", ["BOM", "byte order mark"]],
  ]);
  // The joiners U+200C and U+200D are left alone: they shape letters and emoji.
  const UNSEEN =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

  // Shows the characters by name; those that would turn text around do not take effect.
  function plain(text) {
    const parts = [];
    let done = 0;
    for (const match of text.matchAll(UNSEEN)) {
      const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      const [short, long] = SIGNS.get(match[0]) || [`U+${code}`, "control character"];
      if (match.index > done) parts.push(text.slice(done, match.index));
      const title = `U+${code} ${long}`;
      parts.push(make("span", { class: "sign", role: "img", "aria-label": title, title }, short));
      done = match.index + match[0].length;
    }
    if (done < text.length) parts.push(text.slice(done));
    return parts;
  }

  const ARABIC = /[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdff\ufe70-\ufefc]/g;
  const LATIN = /\p{Script=Latin}/gu;

  function direction(text) {
    const arabic = (text.match(ARABIC) || []).length;
    if (!arabic) return { lang: "en", dir: "ltr" };
    const latin = (text.match(LATIN) || []).length;
    return arabic >= latin ? { lang: "ar", dir: "rtl" } : { lang: "en", dir: "ltr" };
  }

  function paragraph(text, marks, kind) {
    if (!text.trim()) return make("p", { class: "text none" }, "empty");
    const parts = [];
    let done = 0;
    for (let i = 0; marks && i < marks.length; i += 3) {
      const name = kind(marks[i + 2]);
      if (!name) continue;
      if (marks[i] > done) parts.push(...plain(text.slice(done, marks[i])));
      parts.push(make("mark", { class: name }, ...plain(text.slice(marks[i], marks[i + 1]))));
      done = marks[i + 1];
    }
    parts.push(...plain(text.slice(done)));
    return make("p", { class: "text", ...direction(text) }, ...parts);
  }

  // ---- numbers

  function shown(value, measure, signed) {
    if (value === null) return "–";
    const digits = data.measures[measure].digits;
    const text = Math.abs(value).toFixed(digits);
    const zero = Number(text) === 0;
    return (value < 0 && !zero ? "−" : signed && !zero ? "+" : "") + text;
  }

  function value(row, system, measure) {
    return row.outputs[system].scores[measure];
  }

  function difference(row, view) {
    const left = value(row, view.left, view.measure);
    const right = value(row, view.right, view.measure);
    return left === null || right === null ? null : right - left;
  }

  // ---- what is asked for

  const number = (id) => (at(id).value.trim() === "" ? null : Number(at(id).value));

  function asked() {
    return {
      search: folded(at("search").value).trim(),
      left: Number(at("left").value),
      right: Number(at("right").value),
      measure: Number(at("measure").value),
      order: at("order").value,
      low: number("low"),
      high: number("high"),
      whose: at("whose").value,
      short: number("short"),
      long: number("long"),
      domain: at("domain") ? at("domain").value : "",
      finding: at("finding") ? at("finding").value : "",
      size: Number(at("size").value),
      all: at("all") ? at("all").checked : false,
    };
  }

  // Case, harakat and the letters that newsrooms interchange do not count in a search.
  const LETTERS = { "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ٱ": "ا" };
  function folded(text) {
    return text
      .normalize("NFKD")
      .replace(/[\p{M}\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
      .replace(/[ىیېةہھکٱ]/g, (letter) => LETTERS[letter])
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
      .toLowerCase()
      .replace(/\s+/g, " ");
  }

  function haystack(row) {
    if (row.folded === undefined) {
      const texts = [row.id, row.source, ...row.references, ...row.outputs.map((o) => o.text)];
      row.folded = texts.map(folded).join("\n");
    }
    return row.folded;
  }

  const within = (x, low, high) =>
    x !== null && (low === null || x >= low) && (high === null || x <= high);

  function matches(row, view) {
    if (view.low !== null || view.high !== null) {
      const sides = {
        left: [value(row, view.left, view.measure)],
        right: [value(row, view.right, view.measure)],
        difference: [difference(row, view)],
      };
      sides.either = [...sides.left, ...sides.right];
      if (!sides[view.whose].some((x) => within(x, view.low, view.high))) return false;
    }
    if (!within(row.words, view.short, view.long)) return false;
    if (view.domain !== "" && row.domain !== Number(view.domain)) return false;
    if (view.finding !== "") {
      const left = row.outputs[view.left].findings;
      const right = row.outputs[view.right].findings;
      const both = view.all ? row.outputs.flatMap((o) => o.findings) : [...left, ...right];
      if (view.finding === "any" && !both.length) return false;
      if (view.finding === "left" && !left.length) return false;
      if (view.finding === "right" && !right.length) return false;
      if (view.finding === "none" && both.length) return false;
      if (view.finding.startsWith("kind:")) {
        const kind = view.finding.slice(5);
        if (!both.some((finding) => finding[0] === kind)) return false;
      }
    }
    return !view.search || haystack(row).includes(view.search);
  }

  function ordered(rows, view) {
    const last = -Infinity;
    const or = (x, other) => (x === null ? other : x);
    const mean = (row) => {
      const known = [view.left, view.right].map((s) => value(row, s, view.measure));
      const good = known.filter((x) => x !== null);
      return good.length ? good.reduce((a, b) => a + b, 0) / good.length : null;
    };
    const key = {
      difference: (row) => Math.abs(or(difference(row, view), 0)),
      right: (row) => or(difference(row, view), last),
      left: (row) => -or(difference(row, view), Infinity),
      lowest: (row) => -or(mean(row), Infinity),
      highest: (row) => or(mean(row), last),
      longest: (row) => row.words,
    }[view.order];
    if (!key) return rows;
    return rows
      .map((row) => [key(row), row])
      .sort((a, b) => (a[0] === b[0] ? a[1].number - b[1].number : b[0] - a[0]))
      .map((pair) => pair[1]);
  }

  // ---- drawing

  function given(title, text) {
    const body = paragraph(text);
    if (text.length <= LONG) return make("div", {}, make("h4", {}, title), body);
    const words = text.slice(0, 160).replace(/\s+\S*$/u, "");
    const start = plain(words + " …");
    const summary = make("summary", {}, "Show all of it");
    const way = direction(text);
    const head = make("p", { class: "text", ...way }, ...start);
    return make("div", {}, make("h4", {}, title), head, make("details", {}, summary, body));
  }

  const ICONS = { severe: "✖", warning: "⚠", info: "ℹ" };

  function output(row, system, other, view) {
    const own = row.outputs[system];
    const bit = 2 << other;
    const compared = system !== other;
    const kind = (mask) => {
      const alone = compared && (mask & bit) !== 0;
      if (!data.references) return alone ? "own" : "";
      const wrong = (mask & 1) !== 0;
      return alone ? (wrong ? "own" : "gain") : wrong ? "miss" : "";
    };
    const name = make("h4", {}, make("bdi", {}, data.systems[system]));
    const score = make(
      "span", { class: "cell-score" },
      data.measures[view.measure].name + " ",
      make("b", {}, shown(own.scores[view.measure], view.measure)),
    );
    const cell = make(
      "div", { class: "output", "data-system": system },
      make("div", { class: "cell-head" }, name, score),
      paragraph(own.text, own.marks, kind),
    );
    if (own.findings.length) {
      const items = own.findings.map(([kindName, severity, message]) =>
        make("li", { class: severity }, `${ICONS[severity] || "•"} ${severity}: `,
          make("span", { dir: "ltr", class: "said" }, ...plain(message || kindName))));
      cell.append(make("ul", { class: "findings", "aria-label": "Findings" }, ...items));
    }
    return cell;
  }

  function delta(row, view) {
    const gap = difference(row, view);
    const measure = data.measures[view.measure];
    if (gap === null || view.left === view.right) return null;
    const side = gap > 0 ? view.right : view.left;
    const text = shown(Math.abs(gap), view.measure);
    if (Number(text) === 0) return make("p", { class: "delta" }, `same ${measure.name}`);
    const name = make("bdi", {}, data.systems[side]);
    return make("p", { class: "delta" }, name, ` is ${text} ${measure.name} higher`);
  }

  function segment(row, view) {
    const title = `segment-${row.number}`;
    const meta = [`${row.words} ${row.words === 1 ? "word" : "words"}`];
    if (row.domain !== null && data.domains.length > 1) meta.push(data.domains[row.domain]);
    const about = make("p", { class: "meta" });
    meta.forEach((part, i) => about.append(i ? " · " : "", make("bdi", {}, part)));
    const heading = make("h3", { id: title }, "Segment ", make("bdi", {}, ...plain(row.id)));
    const head = make("div", { class: "head" }, heading, about, delta(row, view));
    const before = make("div", { class: "columns given" });
    if (row.source) before.append(given("Source", row.source));
    row.references.forEach((text, i) =>
      before.append(given(row.references.length > 1 ? `Reference ${i + 1}` : "Reference", text)));
    const after = make("div", { class: "columns" }, output(row, view.left, view.right, view));
    if (view.right !== view.left) after.append(output(row, view.right, view.left, view));
    if (view.all) {
      data.systems.forEach((_, system) => {
        if (system !== view.left && system !== view.right) {
          after.append(output(row, system, view.left, view));
        }
      });
    }
    const article = make("article", { class: "segment", "aria-labelledby": title }, head);
    if (before.childNodes.length) article.append(before);
    article.append(after);
    return article;
  }

  function draw() {
    const view = asked();
    const pages = Math.max(1, Math.ceil(found.length / view.size));
    page = Math.min(Math.max(page, 0), pages - 1);
    const start = page * view.size;
    const rows = found.slice(start, start + view.size);
    if (rows.length) results.replaceChildren(...rows.map((row) => segment(row, view)));
    else results.replaceChildren(make("p", { class: "nothing" }, "No segment is like that."));
    const many = (n) => n.toLocaleString("en");
    at("count").textContent = found.length
      ? `${many(found.length)} of ${many(data.rows.length)} segments; showing ` +
        `${many(start + 1)}–${many(start + rows.length)}`
      : `0 of ${many(data.rows.length)} segments`;
    const select = (id) => at(id).selectedOptions[0].textContent;
    at("asked").replaceChildren(
      make("bdi", {}, data.systems[view.left]), " on the left, ",
      make("bdi", {}, data.systems[view.right]), " on the right; ",
      `${select("order").toLowerCase()}, by ${select("measure")}`,
      view.search ? "; with “" : "", make("bdi", {}, view.search ? at("search").value : ""),
      view.search ? "”" : "",
    );
    at("place").textContent = `Page ${many(page + 1)} of ${many(pages)}`;
    at("range-of").textContent = data.measures[view.measure].name;
    for (const button of document.querySelectorAll("[data-page]")) {
      const back = ["first", "previous"].includes(button.dataset.page);
      button.disabled = back ? page === 0 : page === pages - 1;
    }
  }

  function search() {
    const view = asked();
    found = ordered(data.rows.filter((row) => matches(row, view)), view);
    page = 0;
    draw();
  }

  // ---- what the reader does

  data.rows.forEach((row, number) => { row.number = number; });
  let waiting = 0;
  // Not every browser has "input" events of lists, nor every assistive technology.
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      clearTimeout(waiting);
      // While someone types, wait for the end of the word.
      waiting = setTimeout(search, event.target.type === "search" && kind === "input" ? 150 : 0);
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("reset", () => setTimeout(search, 0));
  for (const button of document.querySelectorAll("[data-page]")) {
    button.addEventListener("click", () => {
      const last = Math.ceil(found.length / asked().size) - 1;
      page = { first: 0, previous: page - 1, next: page + 1, last }[button.dataset.page];
      draw();
      // The new page begins at its top, for eyes and for screen readers alike.
      results.focus({ preventScroll: true });
      results.scrollIntoView({ block: "start" });
    });
  }
  search();
})();
