// Which projects are chosen, and how many each further choice would leave.

/** A facet made ready: the places of each project's values as one run of numbers. */
export function ready(facet) {
  if (!facet.several) return { ...facet, single: Int32Array.from(facet.of) };
  const starts = new Int32Array(facet.of.length + 1);
  facet.of.forEach((own, i) => (starts[i + 1] = starts[i] + own.length));
  return { ...facet, starts, places: Int32Array.from(facet.of.flat()) };
}

/** Calls with the place of each value of a project; the place behind the last where it has none. */
function each(facet, i, call) {
  const none = facet.keys.length;
  if (facet.single) {
    call(facet.single[i] < 0 ? none : facet.single[i]);
  } else if (facet.starts[i] === facet.starts[i + 1]) {
    call(none);
  } else {
    for (let at = facet.starts[i]; at < facet.starts[i + 1]; at++) call(facet.places[at]);
  }
}

export function placesOf(facet, i) {
  const found = [];
  each(facet, i, (place) => {
    if (place < facet.keys.length) found.push(place);
  });
  return found;
}

/** Whether each project has one of some values of a facet; the empty one is for those without any. */
function having(facet, n, wanted) {
  const has = new Uint8Array(n);
  const places = new Uint8Array(facet.keys.length + 1);
  for (const key of wanted) {
    const place = key === "" ? facet.keys.length : facet.keys.indexOf(key);
    if (place >= 0) places[place] = 1;
  }
  for (let i = 0; i < n; i++) each(facet, i, (place) => (has[i] |= places[place]));
  return has;
}

/**
 * The projects that have one of the values chosen of every facet, and are among those found.
 * `counts` says of a facet how many of them have each value, its own choices left aside: what
 * another choice would give.
 */
export function choose(facets, n, filters, hits) {
  const failing = new Uint8Array(n);
  const failed = new Int16Array(n).fill(-1);
  facets.forEach((facet, at) => {
    const wanted = filters[facet.name] ?? [];
    if (!wanted.length) return;
    const has = having(facet, n, wanted);
    for (let i = 0; i < n; i++) {
      if (!has[i]) {
        failing[i] = Math.min(failing[i] + 1, 2);
        failed[i] = at;
      }
    }
  });
  if (hits) for (let i = 0; i < n; i++) if (!hits[i]) failing[i] = 2;
  const rows = [];
  for (let i = 0; i < n; i++) if (!failing[i]) rows.push(i);
  const counts = (at) => {
    const facet = facets[at];
    const found = new Int32Array(facet.keys.length + 1);
    const count = (place) => found[place]++;
    for (let i = 0; i < n; i++) {
      if (!failing[i] || (failing[i] === 1 && failed[i] === at)) each(facet, i, count);
    }
    return found;
  };
  return { rows: Int32Array.from(rows), counts };
}

/** The rows of each value of a facet that any of them has, in order; those without one come last. */
export function grouped(facet, rows) {
  const found = Array.from({ length: facet.keys.length + 1 }, () => []);
  for (const i of rows) each(facet, i, (place) => found[place].push(i));
  return found
    .map((own, place) => ({ place, key: facet.keys[place] ?? "", label: facet.labels[place] ?? null, rows: own }))
    .filter((group) => group.rows.length);
}
