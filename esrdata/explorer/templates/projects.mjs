// The table of projects: the columns one chooses, sorted by any of them.

import { placesOf } from "./choose.mjs";
import { h, table } from "./dom.mjs";
import { codeOf } from "./facts.mjs";
import { written } from "./number.mjs";
import { word } from "./words.mjs";
import { measureOf } from "./views.mjs";

const STEP = 50;
const USUAL = ["code", "name", "applicant", "end", "planned", "realised", "ratio"];

/** Every column there is: its name, label, kind, and what a project has of it. */
export function allColumns(core, facts, state) {
  const column = (name, label, kind, value) => ({ name, label, kind, value, of: (i) => written(value(i), kind) });
  const known = (fact, by = 1) => (i) => (Number.isNaN(fact[i]) ? null : fact[i] / by);
  const found = [
    column("code", word("column.code"), "text", (i) => codeOf(core, i)),
    column("name", word("column.name"), "text", (i) => core.name[i]),
  ];
  for (const facet of core.facets) {
    if (["theme", "severity", "value_state", "source_kind"].includes(facet.name)) continue;
    found.push(column(facet.name, facet.label, "text", (i) => placesOf(facet, i).map((at) => facet.labels[at]).join(", ") || null));
  }
  found.push(column("start", word("column.start"), "date", (i) => core.start[i]));
  found.push(column("end", word("column.end"), "date", (i) => core.end[i]));
  const measure = measureOf(core, state);
  if (measure) {
    const own = facts.money(measure.code);
    for (const stage of ["planned", "realised"]) {
      found.push(column(stage, word("figure.money", { measure: measure.label, stage: measure[`${stage}_label`] }), "money", known(own[stage], 100)));
    }
    found.push(column("ratio", word("column.ratio"), "percent", known(own.ratio)));
  }
  for (const counting of core.counts) {
    const own = facts.counts(counting.code);
    for (const stage of ["planned", "realised"]) {
      found.push(column(`${counting.code}_${stage}`, word("column.counts", { what: counting.label, stage: word(`counts.${stage}`) }), "integer", known(own[stage])));
    }
  }
  return found;
}

export function chosenColumns(core, facts, state) {
  const all = allColumns(core, facts, state);
  const wanted = state.columns.length ? state.columns : USUAL;
  const found = wanted.map((name) => all.find((column) => column.name === name)).filter(Boolean);
  return found.length ? found : all.slice(0, 2);
}

/** Rows in the order asked for; what is missing comes last either way. */
export function sorted(core, columns, rows, sort) {
  const down = sort.startsWith("-");
  const column = columns.find((one) => one.name === sort.replace(/^-/, ""));
  if (!column) return Array.from(rows);
  const compare = new Intl.Collator(core.lang, { numeric: true }).compare;
  const keyed = Array.from(rows, (i) => ({ i, value: column.value(i) }));
  const known = keyed.filter((one) => one.value !== null);
  known.sort((a, b) => (typeof a.value === "number" ? a.value - b.value : compare(a.value, b.value)) * (down ? -1 : 1));
  return [...known, ...keyed.filter((one) => one.value === null)].map((one) => one.i);
}

export function projects(context, rows) {
  const { core, facts, state } = context;
  if (!rows.length) return h("p", { class: "whom" }, word("nothing"));
  const all = allColumns(core, facts, state);
  const columns = chosenColumns(core, facts, state);
  const order = sorted(core, all, rows, state.sort);
  const by = state.sort.replace(/^-/, "");
  const made = columns.map((column) => ({
    ...column,
    sorted: column.name === by ? (state.sort.startsWith("-") ? "descending" : "ascending") : null,
    sort: () => context.go({ sort: state.sort === column.name ? `-${column.name}` : column.name }),
    of:
      column.name === "code" || (column.name === "name" && !columns.some((one) => one.name === "code"))
        ? (i) => context.link({ project: core.code[i] }, column.of(i))
        : column.of,
  }));
  const room = h("div", { class: "projects" });
  let open = STEP;
  const fill = () => {
    room.replaceChildren(
      table(word("projects.title", { n: rows.length }), made, order.slice(0, open)),
      ...(order.length > open
        ? [
            h(
              "button",
              {
                type: "button",
                click: () => {
                  open += 4 * STEP;
                  fill();
                },
              },
              word("projects.more", { n: order.length - open }),
            ),
          ]
        : []),
    );
  };
  fill();
  const current = new Set(columns.map((column) => column.name));
  const picker = h(
    "details",
    { class: "columns" },
    h("summary", {}, word("projects.columns")),
    h(
      "fieldset",
      {},
      h("legend", {}, word("projects.columns")),
      all.map((column) =>
        h(
          "label",
          {},
          h("input", {
            type: "checkbox",
            checked: current.has(column.name),
            change: (event) => {
              const next = all.map((one) => one.name).filter((name) => (name === column.name ? event.target.checked : current.has(name)));
              context.go({ columns: next }, `column-${column.name}`);
            },
            id: `column-${column.name}`,
          }),
          column.label,
        ),
      ),
    ),
  );
  picker.open = context.opened.has("columns");
  picker.addEventListener("toggle", () => context.opened[picker.open ? "add" : "delete"]("columns"));
  return h("section", { class: "part", "data-part": "projects" }, picker, room);
}
