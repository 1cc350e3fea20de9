// A selection that is pinned, beside the one in hand.

import { h, table } from "./dom.mjs";
import { ofMedians } from "./intervals.mjs";
import { span, written } from "./number.mjs";
import { intervalOf, mainFigures } from "./views.mjs";
import { word } from "./words.mjs";

const POINTS = { percent: 100 };

/** A difference in the unit of its figure; that of shares in percentage points. */
function inUnit(row, write) {
  const by = POINTS[row.kind];
  return by ? word("compare.points", { points: write((value) => value * by, "number") }) : write((value) => value, row.kind);
}

const signed = (value, kind) => (value > 0 ? "+" : "") + written(value, kind);

function difference(row) {
  if (row.difference === null) return "–";
  const parts = [h("strong", {}, inUnit(row, (as, kind) => signed(as(row.difference), kind)))];
  if (row.bounds) {
    const [low, high] = row.bounds;
    parts.push(h("span", { class: "whom" }, word("compare.interval", { interval: inUnit(row, (as, kind) => span(as(low), as(high), kind)) })));
  }
  return parts;
}

/** How many projects two selections share; both are rising. */
function shared(rows, others) {
  const own = new Set(others);
  return rows.reduce((n, i) => n + (own.has(i) ? 1 : 0), 0);
}

export function compare(context, rows, pinned, names) {
  const { core, facts, state } = context;
  const theirs = mainFigures(core, facts, pinned, state);
  const common = shared(rows, pinned);
  const both = mainFigures(core, facts, rows, state).map((a, at) => {
    const b = theirs[at];
    const known = a.value !== null && b.value !== null;
    // Selections that share projects are not two samples, so that their difference has no interval.
    const bounds = known && a.values && !common ? ofMedians(a.values, b.values) : null;
    return { label: a.label, kind: a.kind, a, b, difference: known ? a.value - b.value : null, bounds };
  });
  const cell = (side) => (row) => {
    const one = row[side];
    const interval = one.value === null ? null : intervalOf(one);
    return [h("strong", {}, written(one.value, row.kind)), interval && h("span", { class: "whom" }, interval), h("span", { class: "whom" }, one.whom)];
  };
  const column = (name, label, value, of) => ({ name, label, kind: name === "label" ? "text" : "money", value, of });
  const columns = [
    column("label", word("compare.figure"), (row) => row.label, (row) => row.label),
    column("a", word("compare.now"), (row) => row.a.value, cell("a")),
    column("b", word("compare.pinned"), (row) => row.b.value, cell("b")),
    column("difference", word("compare.difference"), (row) => row.difference, difference),
  ];
  const intervals = { a: (row) => row.a.interval, b: (row) => row.b.interval, difference: (row) => row.bounds };
  // A file has a column for each end, and says whom each side is about.
  const taken = columns.flatMap((one) => {
    const of = { of: one.label };
    const end = (key, at) => ({ label: word(key, of), value: (row) => intervals[one.name](row)?.[at] ?? null });
    const ends = one.name in intervals ? [end("compare.low", 0), end("compare.high", 1)] : [];
    const whom = ["a", "b"].includes(one.name) ? [{ label: word("compare.whom", of), value: (row) => row[one.name].whom }] : [];
    return [one, ...ends, ...whom];
  });
  const whom = [names.now, names.pinned, word("compare.note"), common ? word("compare.common", { n: common }) : word("compare.apart"), word("compare.without")];
  return h(
    "section",
    { class: "part", "data-part": "compare" },
    h("h3", {}, word("compare.title")),
    whom.map((one) => h("p", { class: "whom" }, one)),
    table(word("compare.title"), columns, both),
    h("p", { class: "take" }, h("button", { type: "button", click: () => context.takeTable("compare", taken, both) }, word("take.csv"))),
  );
}
