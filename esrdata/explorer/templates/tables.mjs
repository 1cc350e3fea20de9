// The tables of statistics for a selection: the same rows and columns as `esrdata.stats` gives.

import { grouped, placesOf } from "./choose.mjs";
import { figures } from "./figures.mjs";

/** The rows as one group, or by the values of a facet. */
export function groupsOf(core, by, rows) {
  const facet = core.facets.find((one) => one.name === by);
  return facet ? grouped(facet, rows) : [{ place: 0, key: "", label: null, rows }];
}

export function planned(core, facts, rows, by, measure) {
  return groupsOf(core, by, rows).map((group) => ({
    ...group,
    ...figures(core.statistics.planned_and_realised, facts.money(measure), group.rows, true),
  }));
}

export function absorption(core, facts, rows, by, measure) {
  return groupsOf(core, by, rows).map((group) => ({
    ...group,
    ...figures(core.statistics.absorption, facts.money(measure), group.rows, true),
  }));
}

export function counted(core, facts, rows, by, code) {
  const statistic = code === "participants" ? "participants" : "indicators";
  const all = core.statistics[statistic];
  const made = { ...all };
  const own = facts.counts(code);
  // Without public funding in total nobody has a cost.
  for (const [name, how] of Object.entries(all)) {
    const of = how.of ?? how.count?.[0] ?? all[how.low ?? how.high]?.of;
    if (of?.startsWith("cost_") && !own[of]) delete made[name];
  }
  return groupsOf(core, by, rows).map((group) => ({ ...group, ...figures(made, own, group.rows) }));
}

export function scores(core, facts, rows) {
  return core.scores.map((one, at) => ({
    ...one,
    ...figures(core.statistics.sustainability_profile, facts.scores(at), rows),
  }));
}

/** Answers that anybody chosen gave; a question that nobody answered has one row without an answer. */
export function answered(core, facts, rows) {
  return core.answers.flatMap((question, at) => {
    const made = core.statistics.horizontal_answers;
    const found = question.answers
      .map((answer, place) => ({ question, answer, ...figures(made, facts.answers(at, place), rows) }))
      .filter((row) => row.n > 0);
    if (found.length) return found;
    const none = figures(made, facts.answers(at, -2), rows);
    return none.n_missing ? [{ question, answer: null, ...none }] : [];
  });
}

/** Regions, and the projects of the whole country that name none. */
export function regions(core, facts, rows) {
  const facet = core.facets.find((one) => one.name === "region");
  const own = core.stated.stated_planned ? facts.stated() : null;
  const made = core.statistics.locations_summary;
  const nothing = { planned: null, realised: null, median_planned: null, n_planned: 0, n_realised: 0 };
  const of = (some) => (own ? figures(made, own, some, true) : { n: some.length, ...nothing });
  const found = facet
    ? grouped(facet, rows.filter((i) => placesOf(facet, i).length)).map((group) => ({ ...group, ...of(group.rows) }))
    : [];
  const whole = rows.filter((i) => core.located[i] === 1);
  return { regions: found, country: of(whole) };
}

/** Years from the first start to the last end, of projects that have both days in this order. */
export function years(core, facts, rows) {
  const year = (days) => new Date(days * 86400000).getUTCFullYear();
  const dated = rows.filter((i) => core.start[i] !== null && core.end[i] !== null && core.end[i] >= core.start[i]);
  if (!dated.length) return [];
  const starts = Array.from(dated, (i) => year(core.start[i]));
  const ends = Array.from(dated, (i) => year(core.end[i]));
  const first = starts.reduce((a, b) => Math.min(a, b));
  const last = ends.reduce((a, b) => Math.max(a, b));
  const facet = core.facets.find((one) => one.name === "status_code");
  const own = core.stated.stated_planned ? facts.stated() : null;
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const y = first + at;
    const started = dated.filter((one, k) => starts[k] === y);
    const by = facet ? grouped(facet, started) : [];
    return {
      year: y,
      n_running: dated.reduce((n, one, k) => n + (starts[k] <= y && ends[k] >= y ? 1 : 0), 0),
      n_started: started.length,
      n_ended: ends.reduce((n, end) => n + (end === y ? 1 : 0), 0),
      statuses: by.map((group) => ({ key: group.key, label: group.label, n: group.rows.length })),
      ...(own
        ? figures(core.statistics.status_by_year, own, started, true)
        : { planned_started: null, n_planned_started: 0 }),
    };
  });
}

/** Organisations by their planned money, the largest first; equal ones in their own order. */
export function organisations(core, facts, rows, measure) {
  const own = facts.money(measure);
  const named = groupsOf(core, "applicant", rows).filter((group) => group.key !== "");
  // Of ten thousand organisations copies would take longer than the figures.
  const found = named
    .map((group) => Object.assign(group, figures(core.statistics.concentration, own, group.rows, true)))
    .filter((group) => group.n > 0)
    .sort((a, b) => b.amount - a.amount || a.place - b.place);
  const whole = found.reduce((sum, one) => sum + Math.round(one.amount * 100), 0) / 100;
  let sum = 0;
  for (const one of found) {
    sum += Math.round(one.amount * 100);
    one.share = whole ? one.amount / whole : null;
    one.cumulative_share = whole ? sum / 100 / whole : null;
  }
  return found;
}
