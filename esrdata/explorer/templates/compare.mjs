// A selection that is pinned, beside the one in hand.

import { h, table } from "./dom.mjs";
import { written } from "./number.mjs";
import { mainFigures } from "./views.mjs";
import { word } from "./words.mjs";

/** A difference in the unit of its figure; that of shares in percentage points. */
function difference(row) {
  if (row.a === null || row.b === null) return "–";
  const found = row.a - row.b;
  const text = row.kind === "percent" ? word("compare.points", { points: written(found * 100, "number") }) : written(found, row.kind);
  return found > 0 ? `+${text}` : text;
}

export function compare(context, rows, pinned) {
  const { core, facts, state } = context;
  const mine = mainFigures(core, facts, rows, state);
  const theirs = mainFigures(core, facts, pinned, state);
  const both = mine.map((one, at) => ({ label: one.label, kind: one.kind, a: one.value, b: theirs[at].value, whom_a: one.whom, whom_b: theirs[at].whom }));
  const cell = (value, whom) => (row) => [h("strong", {}, written(row[value], row.kind)), h("span", { class: "whom" }, row[whom])];
  const columns = [
    { name: "label", label: word("compare.figure"), kind: "text", value: (row) => row.label, of: (row) => row.label },
    { name: "a", label: word("compare.now"), kind: "money", value: (row) => row.a, of: cell("a", "whom_a") },
    { name: "b", label: word("compare.pinned"), kind: "money", value: (row) => row.b, of: cell("b", "whom_b") },
    { name: "difference", label: word("compare.difference"), kind: "money", value: (row) => (row.a === null || row.b === null ? null : row.a - row.b), of: difference },
  ];
  return h(
    "section",
    { class: "part", "data-part": "compare" },
    h("h3", {}, word("compare.title")),
    h("p", { class: "whom" }, word("compare.note")),
    table(word("compare.title"), columns, both),
    h("p", { class: "take" }, h("button", { type: "button", click: () => context.takeTable("compare", columns, both) }, word("take.csv"))),
  );
}
