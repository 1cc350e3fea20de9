// Figures of projects, made as `explorer.yml` says; who counts was decided when the page was made.

import { ofQuantile, ofShare } from "./intervals.mjs";

/** A column of numbers, missing ones as NaN. */
export function numbers(column) {
  const found = new Float64Array(column.length);
  column.forEach((value, i) => (found[i] = value === null ? NaN : value));
  return found;
}

/** Sums of money are whole cents, so that they add up without a rest. */
export const CENTS = new Set(["planned", "realised", "shared", "stated_planned", "stated_realised"]);

/** One fact by another for the projects marked, in euros where it is money. */
export function divided(part, whole, marked, partUnit, wholeUnit) {
  return part.map((value, i) => (marked[i] === 1 ? value / partUnit / (whole[i] / wholeUnit) : NaN));
}

/** A quantile of rising numbers, interpolated linearly (type 7 of Hyndman and Fan). */
export function quantile(values, q) {
  if (!values.length) return null;
  const at = (values.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.min(low + 1, values.length - 1);
  return values[low] + (values[high] - values[low]) * (at - low);
}

/** The numbers that some rows have, rising. */
export function rising(fact, rows) {
  const known = new Float64Array(rows.length);
  let n = 0;
  for (const i of rows) if (!Number.isNaN(fact[i])) known[n++] = fact[i];
  return known.subarray(0, n).sort();
}

function having(facts, names, rows) {
  const wanted = names.map((name) => facts[name]);
  let n = 0;
  for (const i of rows) {
    let has = 1;
    for (const fact of wanted) if (Number.isNaN(fact[i])) has = 0;
    n += has;
  }
  return n;
}

function total(facts, name, also, rows) {
  const wanted = [facts[name], ...also.map((one) => facts[one])];
  let sum = 0;
  let n = 0;
  for (const i of rows) {
    let has = 1;
    for (const fact of wanted) if (Number.isNaN(fact[i])) has = 0;
    if (has) {
      sum += facts[name][i];
      n++;
    }
  }
  return n ? sum : null;
}

function counted(fact, rows, holds) {
  let n = 0;
  for (const i of rows) if (holds(fact[i])) n++;
  return n;
}

/** The figures of a statistic for some rows; `money` says whether its sums are in cents. */
export function figures(made, facts, rows, money = false) {
  const found = {};
  // Each fact is sorted once, however many quantiles it has.
  const ranked = {};
  const unit = (fact) => (money && CENTS.has(fact) ? 100 : 1);
  const endOf = (name, at) => {
    const how = made[name];
    if (how.share) return ofShare(...how.share.map((one) => found[one]))?.[at] ?? null;
    const ends = ofQuantile(ranked[how.of], how.quantile);
    return ends && ends[at] / unit(how.of);
  };
  for (const [name, how] of Object.entries(made)) {
    if (how.count) found[name] = having(facts, how.count, rows);
    else if (how.lack) found[name] = rows.length - having(facts, how.lack, rows);
    else if (how.sum) {
      const sum = total(facts, how.sum, how.with ?? [], rows);
      found[name] = sum === null ? null : sum / unit(how.sum);
    } else if (how.share) {
      const [part, whole] = how.share.map((one) => found[one]);
      found[name] = part === null || whole === null || whole === 0 ? null : part / whole;
    } else if (how.mean) {
      const n = having(facts, [how.mean], rows);
      found[name] = n ? total(facts, how.mean, [], rows) / n : null;
    } else if (how.quantile !== undefined) {
      ranked[how.of] ??= rising(facts[how.of], rows);
      const value = quantile(ranked[how.of], how.quantile);
      found[name] = value === null ? null : value / unit(how.of);
    } else if (how.low) found[name] = endOf(how.low, 0);
    else if (how.high) found[name] = endOf(how.high, 1);
    else if (how.below !== undefined) found[name] = counted(facts[how.of], rows, (x) => x < how.below);
    else if (how.above !== undefined) found[name] = counted(facts[how.of], rows, (x) => x > how.above);
    else if (how.between) {
      const [low, high] = how.between;
      found[name] = counted(facts[how.of], rows, (x) => x >= low && x <= high);
    } else throw new Error(`The figure ${name} is made in no way that is known.`);
  }
  return found;
}
