// What the page makes of selections: the same modules as in the page, asked on standard input.

import { readFileSync } from "node:fs";
import { choose, ready } from "../esrdata/explorer/templates/choose.mjs";
import { factsOf } from "../esrdata/explorer/templates/facts.mjs";
import { find, indexed, wider } from "../esrdata/explorer/templates/find.mjs";
import * as intervals from "../esrdata/explorer/templates/intervals.mjs";
import * as numbers from "../esrdata/explorer/templates/number.mjs";
import { parse } from "../esrdata/explorer/templates/state.mjs";
import * as tables from "../esrdata/explorer/templates/tables.mjs";
import { python } from "../esrdata/explorer/templates/take.mjs";

const { core, words, asked, formats, ends } = JSON.parse(readFileSync(0, "utf8"));

function plain(rows) {
  return rows.map(({ rows: own, of: _of, ...row }) => (own ? { ...row, size: own.length } : row));
}

function answer(one, facts, index) {
  const { state, unknown } = parse(one.address, core.facets);
  const hits = state.q ? find(index, state.q, core.code.length).hits : null;
  const { rows, counts } = choose(core.facets, core.code.length, state.filters, hits);
  const codes = Array.from(rows, (i) => core.code[i]);
  const more = [one.by ?? "", one.measure].slice(0, one.statistic in { planned: 1, absorption: 1, counted: 1 } ? 2 : 0);
  if (one.statistic === "organisations") more.push(one.measure);
  const found = one.statistic ? tables[one.statistic](core, facts, rows, ...more) : [];
  return {
    codes,
    unknown,
    counts: core.facets.map((facet, at) => Array.from(counts(at))),
    python: python(core, state),
    rows: one.statistic === "regions" ? { regions: plain(found.regions), country: found.country } : plain(found),
  };
}

let found = [];
if (core) {
  core.facets = core.facets.map(ready);
  intervals.useIntervals(core.intervals);
  const facts = factsOf(core);
  const index = indexed(words);
  found = asked.map((one) => answer(one, facts, index));
} else {
  if (ends) intervals.useIntervals(ends);
  found = asked.map(([lang, name, ...given]) => {
    numbers.useFormat(formats[lang]);
    if (name === "wider") return wider(indexed(words), ...given);
    return (numbers[name] ?? intervals[name])(...given);
  });
}
process.stdout.write(JSON.stringify(found));
