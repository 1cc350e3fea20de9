// The views: each tells whom it is about, draws a chart where one helps, and has a table behind it.

import { bars, histogram, stacks, tiles, yearColumns } from "./charts.mjs";
import { h, table } from "./dom.mjs";
import { figures, rising } from "./figures.mjs";
import { number, percent, span, written } from "./number.mjs";
import * as tables from "./tables.mjs";
import { word } from "./words.mjs";

/** So many groups are drawn; the rest is one row. */
const GROUPS = 25;
/** So many rows of a table stand open. */
const OPEN = 100;

export function measureOf(core, state) {
  return core.money.find((one) => one.code === state.measure) ?? core.money.find((one) => one.code === "public_total") ?? core.money[0];
}

export function groupOf(core, state) {
  return core.groups.includes(state.by) ? state.by : core.groups[0];
}

export function countOf(core, state) {
  return core.counts.find((one) => one.code === state.count) ?? core.counts.find((one) => one.code === "participants") ?? core.counts[0];
}

/** The actual bar in the planned one; a total has no bar. */
function planAndActual(group) {
  if (group.strong) return [];
  return [
    { value: group.planned, paint: "var(--pale)", thick: 16, outline: true },
    { value: group.realised, paint: "var(--dark)", thick: 8 },
  ];
}

/** A sum in the unit of its chart. */
function unitOf(values) {
  const most = Math.max(...values.filter((value) => value !== null).map(Math.abs), 0);
  if (most < 1e6) return { by: 1, decimals: 0, name: word("unit.euros"), whole: "unit.euros_value" };
  return { by: 1e6, decimals: 1, name: word("unit.millions"), whole: "unit.millions_value" };
}

const inUnit = (value, unit) => number(value === null ? null : value / unit.by, unit.decimals);
/** A sum with its unit. */
const withUnit = (value, unit) => (value === null ? number(null) : word(unit.whole, { number: inUnit(value, unit) }));
const notKnown = (group, core, by) =>
  group.label ?? word("not_known", { what: core.facets.find((one) => one.name === by)?.label ?? "" });

/** Groups in their order; of many the largest, and the others together. */
function shown(core, by, rows, make, size) {
  const all = make(tables.groupsOf(core, by, rows));
  if (all.length <= GROUPS) return { groups: all, all };
  const first = [...all].sort((a, b) => (size(b) ?? -1) - (size(a) ?? -1)).slice(0, GROUPS);
  const kept = new Set(first);
  const rest = all.filter((group) => !kept.has(group));
  const others = Int32Array.from(new Set(rest.flatMap((group) => [...group.rows])));
  const label = word("other_groups", { n: rest.length });
  return { groups: [...first, ...make([{ key: "", label, rows: others, place: -1 }])], all };
}

/**
 * The columns of a statistic's table, with what they are called and how they are written.
 * An interval stands under its figure; a file has columns for its ends (`more`).
 */
function statisticColumns(core, statistic, names) {
  const made = core.statistics[statistic];
  return names
    .filter((name) => made[name])
    .map((name) => {
      const { kind, label } = made[name];
      const ends = ["low", "high"].map((way) => Object.keys(made).find((other) => made[other][way] === name)).filter(Boolean);
      const range = (row) => {
        const [low, high] = ends.map((end) => row[end] ?? null);
        return ends.length && low !== null ? h("span", { class: "range" }, span(low, high, kind)) : null;
      };
      const more = ends.map((end) => ({ name: end, label: made[end].label, value: (row) => row[end] ?? null }));
      return { name, label, kind, more, value: (row) => row[name], of: (row) => [written(row[name] ?? null, kind), range(row)] };
    });
}

/** What the ranges under figures are, where a table has any. */
const rangesNote = (columns) => columns.some((column) => column.more?.length) && h("p", { class: "note" }, word("interval.under"));

const labelColumn = (label, of) => ({ name: "label", label, kind: "text", value: of, of });

/** A table that shows its first rows, and the rest when asked. */
function behind(caption, columns, rows, strong) {
  const whole = h("details", { class: "behind" }, h("summary", {}, word("table_behind", { n: rows.length })));
  whole.addEventListener(
    "toggle",
    () => {
      whole.append(table(caption, columns, rows.slice(0, OPEN), strong), rangesNote(columns) || "");
      if (rows.length > OPEN) whole.append(h("p", { class: "note" }, word("first_rows", { n: OPEN, all: rows.length })));
    },
    { once: true },
  );
  return whole;
}

/** A part of a view: heading, whom it is about, a picture and the table behind it. */
function part(context, name, title, whom, draw, columns, rows, strong) {
  const room = h("div", { class: "picture" });
  const buttons = h(
    "p",
    { class: "take" },
    h("button", { type: "button", click: () => context.takeTable(name, columns.flatMap((one) => [one, ...(one.more ?? [])]), rows) }, word("take.csv")),
    draw && [
      h("button", { type: "button", click: () => context.takeSvg(name, room.firstChild) }, word("take.svg")),
      h("button", { type: "button", click: () => context.takePng(name, room.firstChild) }, word("take.png")),
    ],
  );
  if (draw) context.draw(room, draw);
  return h(
    "section",
    { class: "part", "data-part": name },
    h("h3", {}, title),
    whom.map((sentence) => h("p", { class: "whom" }, sentence)),
    draw ? [room, behind(title, columns, rows, strong)] : table(title, columns, rows.slice(0, OPEN), strong),
    !draw && rows.length > OPEN && h("p", { class: "note" }, word("first_rows", { n: OPEN, all: rows.length })),
    buttons,
  );
}

const nothing = () => h("p", { class: "whom" }, word("nothing"));

/** The interval of a figure in words; none of a figure that has none. */
export function intervalOf({ interval, kind }) {
  if (!interval) return null;
  return interval[0] === null ? word("interval.too_few") : word("interval.of_median", { interval: span(...interval, kind) });
}

/** The main figures of a selection, each with whom it is about; of a median also its interval and its values. */
export function mainFigures(core, facts, rows, state) {
  const measure = measureOf(core, state);
  const found = [
    { key: "n", label: word("figure.n"), value: rows.length, kind: "integer", whom: word("whom.n", { n: rows.length, all: core.code.length }) },
  ];
  if (measure) {
    const [both] = tables.planned(core, facts, rows, "", measure.code);
    const whom = word("whom.both", { n: both.n_both, out: both.n - both.n_both });
    const label = (stage) => word("figure.money", { measure: measure.label, stage: measure[`${stage}_label`] });
    found.push({ key: "planned", label: label("planned"), value: both.planned, kind: "money", whom });
    found.push({ key: "realised", label: label("realised"), value: both.realised, kind: "money", whom });
    const [used] = tables.absorption(core, facts, rows, "", measure.code);
    const ended = `${measure.whom} ${word("whom.in_out", { n: used.n, out: used.n_excluded })}`;
    const medians = { median_ratio: { interval: [used.ci_low, used.ci_high], values: rising(facts.money(measure.code).ratio, rows) } };
    for (const key of ["ratio_of_sums", "median_ratio"]) {
      found.push({ key, label: word(`figure.${key}`), value: used[key], kind: "percent", whom: ended, ...medians[key] });
    }
  }
  if (core.counts.some((one) => one.code === "participants")) {
    const [people] = tables.counted(core, facts, rows, "", "participants");
    const costs = facts.counts("participants").cost_realised;
    for (const stage of ["planned", "realised"]) {
      found.push({
        key: `participants_${stage}`,
        label: word(`figure.participants_${stage}`),
        value: people[stage],
        kind: "integer",
        whom: word("whom.participants", { n: people[`n_${stage}`], applies: people.n }),
      });
    }
    found.push({
      key: "cost_per_realised",
      label: word("figure.cost_per_realised"),
      value: people.cost_per_realised ?? null,
      kind: "money",
      whom: word("whom.cost", { n: people.cost_realised_n ?? 0 }),
      interval: [people.cost_realised_low ?? null, people.cost_realised_high ?? null],
      values: costs ? rising(costs, rows) : [],
    });
  }
  return found;
}

function overview(context, rows) {
  const { core, facts, state } = context;
  const found = mainFigures(core, facts, rows, state);
  return h(
    "dl",
    { class: "key" },
    found.map((one) =>
      h(
        "div",
        { "data-figure": one.key },
        h("dt", {}, one.label),
        h("dd", { class: "value" }, written(one.value, one.kind)),
        one.value !== null && one.interval && h("dd", { class: "whom" }, intervalOf(one)),
        h("dd", { class: "whom" }, one.whom),
      ),
    ),
  );
}

function funding(context, rows) {
  const { core, facts, state } = context;
  const measure = measureOf(core, state);
  if (!measure) return nothing();
  const by = groupOf(core, state);
  const own = facts.money(measure.code);
  const made = core.statistics.planned_and_realised;
  const make = (groups) => groups.map((group) => ({ ...group, ...figures(made, own, group.rows, true) }));
  const { groups, all } = shown(core, by, rows, make, (group) => group.planned_all);
  const [total] = make([{ key: "", label: word("total"), rows, place: -1 }]);
  const listed = [...groups, { ...total, strong: true }];
  const unit = unitOf(listed.flatMap((group) => [group.planned, group.realised]));
  const facet = core.facets.find((one) => one.name === by);
  const of = (group) => (group.planned ? group.realised / group.planned : null);
  const title = word("funding.title", { measure: measure.label, by: facet.label });
  const most = context.scaled("funding", groups.flatMap((group) => [group.planned, group.realised]));
  const draw = (width) =>
    bars(
      width,
      `${title}. ${word("whom.both", { n: total.n_both, out: total.n - total.n_both })}`,
      [`${measure.planned_label}, ${unit.name}`, `${measure.realised_label}, ${unit.name}`, word("funding.share"), word("funding.n")],
      listed.map((group) => ({
        label: notKnown(group, core, by),
        strong: group.strong,
        bars: planAndActual(group),
        cells: [inUnit(group.planned, unit), inUnit(group.realised, unit), percent(group.n_both < 3 ? null : of(group)), number(group.n_both)],
      })),
      most(),
    );
  const columns = [
    labelColumn(facet.label, (row) => notKnown(row, core, by)),
    ...statisticColumns(core, "planned_and_realised", ["n", "n_both", "planned", "realised", "n_planned", "planned_all"]),
  ];
  const whom = [word("whom.both", { n: total.n_both, out: total.n - total.n_both }), word("funding.note")];
  if (facet.several) whom.push(word("several"));
  return part(context, "funding", title, whom, draw, columns, [...all, { ...total, strong: true }], (row) => row.strong);
}

const STEPS = Array.from({ length: 20 }, (_, at) => 0.7 + at * 0.02);

/** Ratios in the classes of the chart; bounds are compared in whole per cents. */
function classesOf(ratios) {
  const found = [{ n: 0 }, ...STEPS.map((low) => ({ low: Math.round(low * 100) / 100, n: 0 })), { n: 0 }];
  for (const ratio of ratios) {
    const at = ratio < 0.7 ? 0 : ratio > 1.1 ? 21 : Math.min(20, 1 + Math.floor((ratio * 100 - 70) / 2 + 1e-9));
    found[at].n++;
  }
  return found;
}

function absorption(context, rows) {
  const { core, facts, state } = context;
  const measure = measureOf(core, state);
  if (!measure) return nothing();
  const by = groupOf(core, state);
  const [whole] = tables.absorption(core, facts, rows, "", measure.code);
  const own = facts.money(measure.code).ratio;
  const ratios = Array.from(rows, (i) => own[i]).filter((ratio) => !Number.isNaN(ratio));
  const title = word("absorption.title", { measure: measure.label });
  const whom = [measure.whom, word("whom.in_out", { n: whole.n, out: whole.n_excluded })];
  if (!whole.n) return h("section", { class: "part" }, h("h3", {}, title), whom.map((one) => h("p", { class: "whom" }, one)));
  const made = core.statistics.absorption;
  const make = (groups) => groups.map((group) => ({ ...group, ...figures(made, facts.money(measure.code), group.rows, true) }));
  const { all } = shown(core, by, rows, make, (group) => group.planned);
  const classes = classesOf(ratios);
  const most = context.scaled("absorption", classes.slice(1, -1).map((one) => one.n));
  const alt = `${title}. ${word("absorption.alt", { median: percent(whole.median_ratio), below: percent(whole.share_below_080), n: whole.n })}`;
  const facet = core.facets.find((one) => one.name === by);
  const names = ["n", "n_excluded", "planned", "realised", "ratio_of_sums", "median_ratio", "q1", "q3", "share_below_080", "share_above_100"];
  const columns = [labelColumn(facet.label, (row) => notKnown(row, core, by)), ...statisticColumns(core, "absorption", names)];
  const total = { ...whole, label: word("total"), strong: true };
  return part(context, "absorption", title, whom, (width) => histogram(width, alt, classes, whole.median_ratio, most()), columns, [...all, total], (row) => row.strong);
}

function participants(context, rows) {
  const { core, facts, state } = context;
  const counting = countOf(core, state);
  if (!counting) return nothing();
  const by = groupOf(core, state);
  const statistic = counting.code === "participants" ? "participants" : "indicators";
  const make = (groups) =>
    groups.map((group) => ({ ...group, ...tables.counted(core, facts, group.rows, "", counting.code)[0], key: group.key, label: group.label, rows: group.rows }));
  const { groups, all } = shown(core, by, rows, make, (group) => group.planned);
  const [total] = make([{ key: "", label: word("total"), rows }]);
  const listed = [...groups.filter((group) => group.n), { ...total, strong: true }];
  const facet = core.facets.find((one) => one.name === by);
  const title = word("counts.title", { what: counting.label, by: facet.label });
  const whom = [word("counts.whom", { n: total.n, not: total.n_not_applicable, unknown: rows.length - total.n - total.n_not_applicable })];
  whom.push(word("counts.stated", { planned: total.n_planned, realised: total.n_realised }));
  // Bars lie in each other: of projects with both numbers, where any has both.
  const both = total.n_both > 0;
  if (both && total.n_both < total.n) whom.push(word("counts.both", { n: total.n_both }));
  whom.push(word("counts.note"));
  if (!total.n) return h("section", { class: "part" }, h("h3", {}, title), h("p", { class: "whom" }, whom[0]));
  const drawn = (group) => (both ? { ...group, planned: group.planned_both, realised: group.realised_both, n: group.n_both } : group);
  const most = context.scaled("participants", groups.map(drawn).flatMap((group) => [group.planned, group.realised]));
  const draw = (width) =>
    bars(
      width,
      `${title}. ${whom.slice(0, -1).join(" ")}`,
      [word("counts.planned"), word("counts.realised"), word("funding.n")],
      listed.map(drawn).map((group) => ({
        label: notKnown(group, core, by),
        strong: group.strong,
        bars: planAndActual(group),
        cells: [number(group.planned), number(group.realised), number(group.n)],
      })),
      most(),
    );
  const names = ["n", "n_planned", "planned", "n_realised", "realised", "n_both", "ratio", "women_planned", "women_realised", "cost_planned_n", "cost_per_planned", "cost_realised_n", "cost_per_realised"];
  const columns = [labelColumn(facet.label, (row) => notKnown(row, core, by)), ...statisticColumns(core, statistic, names)];
  return part(context, "participants", title, whom, draw, columns, [...all, { ...total, strong: true }], (row) => row.strong);
}

const CLASSES = ["share_zero", "share_1_to_3", "share_4_to_7", "share_8_or_above"];
const PAINTS = [
  { paint: "var(--faint)", ink: "var(--ink)" },
  { paint: "var(--pale)", ink: "var(--on-pale)" },
  { paint: "var(--mid-text)", ink: "var(--on-mid)" },
  { paint: "var(--dark)", ink: "var(--on-dark)" },
];

function sustainability(context, rows) {
  const { core, facts } = context;
  const found = tables.scores(core, facts, rows);
  const asked = found.filter((row) => row.n + row.n_missing + row.n_outside > 0);
  if (!asked.length) return nothing();
  const title = word("scores.title");
  const n = Math.max(...asked.map((row) => row.n));
  const whom = [word("scores.whom", { n }), word("scores.note")];
  const entries = CLASSES.map((name, at) => ({ ...PAINTS[at], label: word(`scores.${name}`) }));
  const draw = (width) =>
    stacks(
      width,
      `${title}. ${whom[0]}`,
      entries,
      word("scores.n"),
      asked.map((row) => ({
        heading: `${row.dimension}, ${row.effect_label}`,
        label: row.label,
        shares: CLASSES.map((name) => row[name]),
        cell: number(row.n),
        effect: row.effect,
      })).sort((a, b) => headings.indexOf(a.heading) - headings.indexOf(b.heading)),
    );
  const headings = [...new Set(asked.map((row) => `${row.dimension}, ${row.effect_label}`))];
  const columns = [
    labelColumn(word("scores.criterion"), (row) => row.label),
    { name: "effect", label: word("scores.effect"), kind: "text", value: (row) => row.effect_label, of: (row) => row.effect_label },
    ...statisticColumns(core, "sustainability_profile", ["n", "n_missing", "n_outside", "mean", "median", ...CLASSES]),
  ];
  return part(context, "sustainability", title, whom, draw, columns, asked);
}

function horizontal(context, rows) {
  const { core, facts } = context;
  const found = tables.answered(core, facts, rows);
  if (!found.length) return nothing();
  const title = word("answers.title");
  const whom = [word("answers.whom")];
  if (found.some((row) => row.answer && row.answer.code === null)) whom.push(word("answers.as_written"));
  const entries = [{ ...PAINTS[3], label: word("answers.share") }, { paint: "var(--ground)", label: word("answers.other") }];
  const draw = (width) =>
    stacks(
      width,
      title,
      entries,
      word("answers.n"),
      found.filter((row) => row.answer).map((row) => ({
        heading: `${row.question.label} (${row.question.form_label})`,
        label: row.answer.label,
        shares: [row.share, 1 - row.share],
        cell: `${number(row.n)} / ${number(row.n_answered)}`,
      })),
    );
  const columns = [
    labelColumn(word("answers.principle"), (row) => row.question.label),
    { name: "form", label: word("answers.form"), kind: "text", value: (row) => row.question.form_label, of: (row) => row.question.form_label },
    { name: "answer", label: word("answers.answer"), kind: "text", value: (row) => row.answer?.label ?? null, of: (row) => row.answer?.label ?? "–" },
    ...statisticColumns(core, "horizontal_answers", ["n", "share", "n_answered", "n_missing"]),
  ];
  return part(context, "horizontal", title, whom, draw, columns, found);
}

/** Bounds between four classes of about as many each. */
function quarters(values) {
  const known = values.filter((value) => value > 0).sort((a, b) => a - b);
  if (known.length < 4) return [];
  return [0.25, 0.5, 0.75].map((q) => known[Math.floor(q * known.length)]);
}

function map(context, rows) {
  const { core, facts } = context;
  const found = tables.regions(core, facts, rows);
  if (!found.regions.length && !found.country.n) return nothing();
  const by = new Map(found.regions.map((region) => [region.key, region]));
  const unit = unitOf(found.regions.map((region) => region.planned));
  const bounds = quarters(found.regions.map((region) => region.planned ?? 0));
  const title = word("map.title");
  const draw = (width) =>
    tiles(
      width,
      title,
      core.tiles.map((tile) => {
        const region = by.get(tile.key);
        const at = region?.planned > 0 ? (bounds.length ? bounds.filter((bound) => region.planned >= bound).length : 1) : 0;
        return {
          ...tile,
          cell: region ? withUnit(region.planned, unit) : word("map.none"),
          rest: region ? word("map.n", { n: region.n }) : "",
          paint: region ? PAINTS[at].paint : "var(--ground)",
          ink: region && at ? PAINTS[at].ink : "var(--ink)",
        };
      }),
    );
  const columns = [
    labelColumn(core.facets.find((one) => one.name === "region")?.label ?? "", (row) => row.label),
    ...statisticColumns(core, "locations_summary", ["n", "planned", "n_planned", "realised", "n_realised", "median_planned"]),
  ];
  const located = rows.filter((i) => core.located[i]).length;
  const whom = [word("map.whom", { n: located, out: rows.length - located }), word("several")];
  if (bounds.length) whom.push(word("map.shades"));
  const country = { ...found.country, label: word("map.country") };
  return part(context, "map", title, whom, draw, columns, [...found.regions, ...(country.n ? [country] : [])]);
}

function years(context, rows) {
  const { core, facts } = context;
  const found = tables.years(core, facts, rows);
  if (!found.length) return nothing();
  const n = found.reduce((sum, year) => sum + year.n_started, 0);
  const title = word("years.title");
  const scales = Object.fromEntries(["n_running", "n_started"].map((name) => [name, context.scaled(name, found.map((year) => year[name]))]));
  const draw = (width) =>
    yearColumns(width, title, found, [
      { label: word("years.running"), of: (year) => year.n_running, paint: "var(--pale)", most: scales.n_running() },
      { label: word("years.started"), of: (year) => year.n_started, paint: "var(--mid)", most: scales.n_started() },
    ]);
  const columns = [
    labelColumn(word("years.year"), (row) => String(row.year)),
    ...["n_running", "n_started", "n_ended"].map((name) => ({ name, label: word(`years.${name}`), kind: "integer", value: (row) => row[name], of: (row) => number(row[name]) })),
    ...statisticColumns(core, "status_by_year", ["planned_started", "n_planned_started"]),
  ];
  return part(context, "years", title, [word("years.whom", { n, out: rows.length - n }), word("years.note")], draw, columns, found);
}

function organisations(context, rows) {
  const { core, facts, state } = context;
  const measure = measureOf(core, state);
  if (!measure) return nothing();
  const found = tables.organisations(core, facts, rows, measure.code);
  if (!found.length) return nothing();
  const n = found.reduce((sum, one) => sum + one.n, 0);
  const title = word("organisations.title", { measure: measure.label, stage: measure.planned_label });
  const top = found.slice(0, 15);
  const unit = unitOf(top.map((one) => one.amount));
  const most = context.scaled("organisations", top.map((one) => one.amount));
  const draw = (width) =>
    bars(
      width,
      `${title}. ${top.slice(0, 3).map((one) => `${one.label}: ${withUnit(one.amount, unit)}`).join("; ")}`,
      [unit.name, word("organisations.share"), word("organisations.cumulative"), word("funding.n")],
      top.map((one) => ({
        label: one.label,
        bars: [{ value: one.amount, paint: "var(--dark)", thick: 12 }],
        cells: [inUnit(one.amount, unit), percent(one.share), percent(one.cumulative_share), number(one.n)],
      })),
      most(),
    );
  const columns = [
    labelColumn(core.facets.find((one) => one.name === "applicant").label, (row) => row.label),
    ...statisticColumns(core, "concentration", ["n", "amount"]),
    ...["share", "cumulative_share"].map((name) => ({ name, label: word(`organisations.${name === "share" ? "share" : "cumulative"}`), kind: "percent", value: (row) => row[name], of: (row) => percent(row[name]) })),
  ];
  const whom = [word("organisations.whom", { n, organisations: found.length, out: rows.length - n }), word("organisations.note")];
  return part(context, "organisations", title, whom, draw, columns, found);
}

/** The views by their names in an address, in the order of the page; what each lets one choose. */
export const VIEWS = {
  figures: { make: overview, choices: ["measure"] },
  funding: { make: funding, choices: ["measure", "by"] },
  absorption: { make: absorption, choices: ["measure", "by"] },
  participants: { make: participants, choices: ["count", "by"] },
  sustainability: { make: sustainability, choices: [] },
  horizontal: { make: horizontal, choices: [] },
  map: { make: map, choices: [] },
  years: { make: years, choices: [] },
  organisations: { make: organisations, choices: ["measure"] },
};
