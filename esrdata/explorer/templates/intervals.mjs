// Intervals of 95 per cent: places among rising values as esrdata/stats/intervals.py gives them, shares by Wilson.

let made = null;

const summed = (steps) => {
  let sum = 0;
  // No values have no interval.
  return Int32Array.from([-1, ...steps.map((step) => (sum += step))]);
};
const both = ({ low, high }) => ({ low: summed(low), high: summed(high) });

/** Takes what the page was given of intervals, unrolled when it is first asked for. */
export function useIntervals({ z, fewest, quantiles, joint }) {
  const kept = new Map();
  const places = (name, of) => {
    if (!kept.has(name)) kept.set(name, both(of));
    return kept.get(name);
  };
  made = { z, fewest, quantile: (q) => places(String(q), quantiles[q]), joint: () => places("joint", joint) };
}

function between(values, { low, high }) {
  const n = values.length;
  return low[n] < 0 || high[n] >= n ? null : [values[low[n]], values[high[n]]];
}

/** The interval of a quantile of rising values; null where there are too few. */
export function ofQuantile(values, q) {
  return between(values, made.quantile(q));
}

/** Wilson's interval of a share of projects; null where there are too few. */
export function ofShare(count, n) {
  if (n < made.fewest) return null;
  const p = count / n;
  const z = made.z;
  const middle = (2 * n * p + z ** 2) / (2 * (n + z ** 2));
  const half = (z * Math.sqrt(4 * n * p * (1 - p) + z ** 2)) / (2 * (n + z ** 2));
  return [count === 0 ? 0 : middle - half, count === n ? 1 : middle + half];
}

/** The interval of the difference of the medians of other projects; null where either are too few. */
export function ofMedians(a, b) {
  const [first, second] = [a, b].map((values) => between(values, made.joint()));
  return first && second && [first[0] - second[1], first[1] - second[0]];
}
