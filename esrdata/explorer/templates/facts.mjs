// The facts of the projects as columns of numbers, made when they are first asked for.

import { divided, numbers } from "./figures.mjs";

/** The code of a project as people read it; one that its source does not state is none. */
export function codeOf(core, i) {
  return core.uncoded[core.code[i]] ?? core.code[i];
}

export function factsOf(core) {
  const made = new Map();
  const kept = (name, make) => {
    if (!made.has(name)) made.set(name, make());
    return made.get(name);
  };
  const columns = (source, names) =>
    Object.fromEntries(names.filter((name) => name in source).map((name) => [name, numbers(source[name])]));
  const money = (code) =>
    kept(`money ${code}`, () => {
      const source = core.money.find((one) => one.code === code);
      const found = columns(source, ["planned", "realised", "in_ratio", "shared"]);
      found.ratio = divided(found.realised, found.planned, found.in_ratio, 100, 100);
      return found;
    });
  return {
    money,
    stated: () => kept("stated", () => columns(core.stated, ["stated_planned", "stated_realised"])),
    counts: (code) =>
      kept(`counts ${code}`, () => {
        const source = core.counts.find((one) => one.code === code);
        const found = columns(source, Object.keys(source).filter((name) => Array.isArray(source[name])));
        for (const stage of ["planned", "realised"]) {
          const marked = found[`in_cost_${stage}`];
          if (marked) {
            const sums = money("public_total")[stage];
            found[`cost_${stage}`] = divided(sums, found[stage], marked, 100, 1);
          }
        }
        return found;
      }),
    scores: (at) => kept(`scores ${at}`, () => columns(core.scores[at], ["score", "missing", "outside"])),
    /** Of a question who answered so, who answered at all, and who was asked and did not. */
    answers: (at, place) =>
      kept(`answers ${at} ${place}`, () => {
        const of = core.answers[at].of;
        const ones = (holds) => Float64Array.from(of, (value) => (value !== null && holds(value) ? 1 : NaN));
        return {
          given: ones((value) => value === place),
          answered: ones((value) => value >= 0),
          missing: ones((value) => value === -1),
        };
      }),
  };
}
