// The page: opens what is packed, keeps the address and what is shown in step.

import { choose, ready } from "./choose.mjs";
import { facetFold } from "./choices.mjs";
import { compare } from "./compare.mjs";
import { choiceOf, selectionOf } from "./described.mjs";
import { h } from "./dom.mjs";
import { factsOf } from "./facts.mjs";
import { find, indexed, wider } from "./find.mjs";
import { useIntervals } from "./intervals.mjs";
import { useFormat } from "./number.mjs";
import { project } from "./project.mjs";
import { allColumns, projects } from "./projects.mjs";
import { choosing, emptyState, parse, write } from "./state.mjs";
import { citation, csv, png, python, save, svgText } from "./take.mjs";
import { unpack } from "./unpack.mjs";
import { countOf, groupOf, measureOf, VIEWS } from "./views.mjs";
import { useWords, word } from "./words.mjs";

const by = (id) => document.getElementById(id);
const packed = (id) => unpack(by(id).textContent);

async function start() {
  const core = await packed("core");
  useWords(core.words);
  useFormat(core.format);
  useIntervals(core.intervals);
  core.facets = core.facets.map(ready);
  const facts = factsOf(core);
  const n = core.code.length;
  let index = null;
  let state = emptyState();
  let choice = null;
  let hits = { query: "", hits: null, forms: new Set() };
  const parts = new Map();
  const opened = new Set();
  const drawn = [];
  const scales = new Map();
  // What was asked for while something was being unpacked is overtaken by what is asked later.
  let turns = 0;

  // ---- the address

  const address = (next) => `#${write({ ...state, ...next }, core.facets)}`;

  function go(changed, focus = null) {
    const next = address(changed);
    if (next === (location.hash || "#")) return;
    history.pushState(null, "", next);
    show(focus);
  }

  function link(changed, ...children) {
    return h(
      "a",
      {
        href: address(changed),
        click: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          go(changed, "project" in changed ? "project-name" : "main");
        },
      },
      children,
    );
  }

  // ---- what is chosen

  const some = (texts, most) => texts.slice(0, most).join(", ") + (texts.length > most ? " …" : "");

  async function search(query) {
    if (!query.trim()) return { query, hits: null, forms: new Set() };
    if (query === hits.query && hits.hits) return hits;
    index ??= indexed(await packed("words"));
    return { query, ...find(index, query, n) };
  }

  function change(name, key, on) {
    const own = state.filters[name] ?? [];
    const values = on ? [...own, key] : own.filter((one) => one !== key);
    go({ filters: { ...state.filters, [name]: values } });
  }

  /** The pinned selection, and what its address has that these data do not have. */
  async function pinnedSelection() {
    if (!state.pin) return null;
    const { state: other, unknown } = parse(state.pin === "all" ? "" : state.pin, core.facets);
    const found = await search(other.q);
    return { rows: choose(core.facets, n, other.filters, found.hits).rows, what: selectionOf(core, other), unknown };
  }

  /** A button that looks for the words inside others too, where that finds more projects. */
  function offerWider() {
    const query = state.q && wider(index, state.q);
    const found = query && find(index, query, n);
    const more = found ? choose(core.facets, n, state.filters, found.hits).rows.length - choice.rows.length : 0;
    by("wider").hidden = by("wider-forms").hidden = !more;
    if (!more) return;
    by("wider").textContent = word("search.wider", { n: more });
    by("wider-forms").textContent = word("search.wider_forms", { forms: some([...found.forms].filter((form) => !hits.forms.has(form)), 6) });
  }

  // ---- taking away

  const paints = () => {
    const style = getComputedStyle(by("paper"));
    const names = ["ink", "soft", "line", "ground", "faint", "pale", "mid", "mid-text", "dark", "on-pale", "on-mid", "on-dark"];
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  };
  const file = (name, ending) => `esrdata-${name}.${ending}`;

  const context = {
    core,
    facts,
    opened,
    go,
    link,
    get state() {
      return state;
    },
    /** The greatest value of a scale that both selections are drawn to; known when all are made. */
    scaled(name, values) {
      scales.set(name, values.reduce((most, value) => Math.max(most, value ?? 0), scales.get(name) ?? 0));
      return () => scales.get(name) || 1;
    },
    draw(room, make) {
      drawn.push({ room, make });
    },
    takeTable(name, columns, rows) {
      const heads = columns.map((column) => column.label);
      save(file(name, "csv"), "text/csv", csv(heads, rows.map((row) => columns.map((column) => column.value(row))), core.lang));
    },
    takeSvg(name, svg) {
      save(file(name, "svg"), "image/svg+xml", svgText(svg, paints()));
    },
    async takePng(name, svg) {
      save(file(name, "png"), "image/png", await png(svg, paints()));
    },
  };

  // ---- the page

  const folds = new Map(core.facets.map((facet) => [facet.name, facetFold(facet, change)]));
  by("facets").replaceChildren(...[...folds.values()].map((fold) => fold.element));
  const box = by("search");
  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => go({ q: box.value.trim() }), 250);
  });
  by("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    go({ q: box.value.trim() });
  });
  by("wider").addEventListener("click", () => go({ q: wider(index, state.q) }, "main"));
  by("clear").addEventListener("click", () => go({ filters: {}, q: "" }, "main"));
  by("skip").addEventListener("click", (event) => {
    event.preventDefault();
    by("main").focus();
  });
  by("pin").addEventListener("click", () => go({ pin: choosing(state, core.facets) || "all" }));
  by("unpin").addEventListener("click", () => go({ pin: "" }));
  const told = (text) => (by("told").textContent = text);
  const copied = (text, key) => async () => {
    by("copied").value = text();
    by("copied").hidden = false;
    try {
      await navigator.clipboard.writeText(text());
      told(word(key));
    } catch {
      // Where the browser does not let a page copy, the text is shown to be copied by hand.
      by("copied").focus();
      by("copied").select();
      told(word("take.by_hand"));
    }
  };
  by("take-address").addEventListener("click", copied(() => location.href, "take.address_copied"));
  by("take-citation").addEventListener("click", copied(() => citation(core, choice.rows.length, selectionOf(core, state)), "take.citation_copied"));
  by("take-python").addEventListener("click", copied(() => python(core, state), "take.python_copied"));
  by("take-csv").addEventListener("click", () => {
    const columns = allColumns(core, facts, state);
    const cell = (column, i) => (column.kind === "date" ? column.of(i) : column.value(i));
    const rows = Array.from(choice.rows, (i) => columns.map((column) => cell(column, i)));
    save(file("projects", "csv"), "text/csv", csv(columns.map((column) => column.label), rows, core.lang));
  });
  addEventListener("hashchange", () => show(null));
  // On paper nothing is folded away: the table behind a chart stands under it.
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("#view details:not(.columns)")) {
      fold.open = true;
      // Said at once, for what is printed is not waited for.
      fold.dispatchEvent(new Event("toggle"));
    }
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) {
      width = innerWidth;
      redraw();
    }
  });

  function redraw() {
    for (const { room, make } of drawn) {
      // A picture in a fold or on a hidden page has no width yet.
      const wide = Math.floor(room.clientWidth) || 600;
      room.replaceChildren(make(Math.min(wide, 900)));
    }
  }

  function chips() {
    const made = [];
    for (const facet of core.facets) {
      for (const key of state.filters[facet.name] ?? []) {
        const text = choiceOf(facet, key);
        made.push(h("li", {}, h("button", { type: "button", "aria-label": word("choices.remove", { what: text }), click: () => change(facet.name, key, false) }, text, " ×")));
      }
    }
    const searched = word("chosen.search", { q: state.q });
    if (state.q) made.push(h("li", {}, h("button", { type: "button", "aria-label": word("choices.remove", { what: searched }), click: () => go({ q: "" }) }, searched, " ×")));
    by("chips").replaceChildren(...made);
    by("clear").hidden = !made.length;
  }

  function select(name, label, options, value) {
    return h(
      "label",
      {},
      label,
      " ",
      h(
        "select",
        { id: `choose-${name}`, change: (event) => go({ [name]: event.target.value }, `choose-${name}`) },
        options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)),
      ),
    );
  }

  const CHOICES = {
    measure: () => core.money.length > 1 && select("measure", word("choose.measure"), core.money.map((one) => [one.code, one.label]), measureOf(core, state).code),
    by: () => select("by", word("choose.by"), core.groups.map((name) => [name, core.facets.find((one) => one.name === name).label]), groupOf(core, state)),
    count: () => core.counts.length > 1 && select("count", word("choose.count"), core.counts.map((one) => [one.code, one.label]), countOf(core, state).code),
  };

  function navigation() {
    by("views").replaceChildren(
      ...[...Object.keys(VIEWS), "projects"].map((name) => {
        const item = link({ view: name, project: "" }, word(`view.${name}`));
        if (name === state.view && !state.project) item.setAttribute("aria-current", "page");
        return h("li", {}, item);
      }),
    );
  }

  function side(title, rows) {
    const view = VIEWS[state.view];
    return h("div", { class: "side" }, title && h("p", { class: "side-title" }, title), state.view === "projects" ? projects(context, rows) : view.make(context, rows));
  }

  async function show(focus) {
    const turn = ++turns;
    const { state: next, unknown } = parse(location.hash, core.facets);
    state = next;
    if (state.view !== "projects" && !(state.view in VIEWS)) {
      unknown.push(`view=${state.view}`);
      state.view = "figures";
    }
    const searched = await search(state.q);
    if (turn !== turns) return;
    hits = searched;
    choice = choose(core.facets, n, state.filters, hits.hits);
    const pinned = await pinnedSelection();
    if (turn !== turns) return;
    if (pinned) unknown.push(...pinned.unknown);
    core.facets.forEach((facet, at) => folds.get(facet.name).update(() => choice.counts(at), state.filters[facet.name] ?? []));
    if (document.activeElement !== box) box.value = state.q;
    const missing = state.q && !hits.forms.size;
    by("found").textContent = missing ? word("search.nothing", { q: state.q }) : state.q ? word("search.forms", { forms: some([...hits.forms], 8) }) : "";
    offerWider();
    by("unknown").textContent = unknown.length ? word("unknown", { what: unknown.join(", ") }) : "";
    by("count").textContent = word("count", { n: choice.rows.length, all: n });
    by("none").textContent = n && !choice.rows.length ? word("none_chosen") : "";
    by("pinned").hidden = !pinned;
    by("pin").hidden = Boolean(pinned);
    chips();
    navigation();
    told("");
    by("copied").hidden = true;
    drawn.length = 0;
    scales.clear();
    const at = state.project ? core.code.indexOf(state.project) : -1;
    if (state.project && at < 0) by("unknown").textContent = word("unknown", { what: `project=${state.project}` });
    by("choosing").replaceChildren();
    if (at >= 0) {
      const lot = Math.floor(at / core.together);
      if (!parts.has(lot)) parts.set(lot, await packed(`part-${lot}`));
      if (turn !== turns) return;
      by("view").replaceChildren(project(context, at, parts.get(lot)[at % core.together], hits.forms));
    } else {
      const choices = state.view === "projects" ? ["measure"] : VIEWS[state.view].choices;
      by("choosing").replaceChildren(...choices.map((name) => core.money.length || name !== "measure" ? CHOICES[name]() : null).filter(Boolean));
      const heading = h("h2", {}, word(`view.${state.view}`));
      const names = pinned && {
        now: word("compare.now_n", { n: choice.rows.length, what: selectionOf(core, state) }),
        pinned: word("compare.pinned_n", { n: pinned.rows.length, what: pinned.what }),
      };
      if (pinned && state.view === "figures") by("view").replaceChildren(heading, compare(context, choice.rows, pinned.rows, names));
      else if (pinned && state.view !== "projects") {
        by("view").replaceChildren(heading, h("div", { class: "sides" }, side(names.now, choice.rows), side(names.pinned, pinned.rows)));
      } else by("view").replaceChildren(heading, side(null, choice.rows));
    }
    redraw();
    document.body.dataset.shown = String(Number(document.body.dataset.shown ?? 0) + 1);
    if (focus) by(focus)?.focus();
  }

  // On a narrow page the figures come before the choices.
  if (innerWidth <= 900) by("facets-fold").open = false;
  by("page").hidden = false;
  by("loading").remove();
  await show(null);
}

start().catch((error) => {
  by("loading")?.append(` ${error.message}`);
  throw error;
});
