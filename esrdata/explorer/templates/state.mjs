// The view as an address: what is chosen, searched, grouped, sorted and pinned.

/** Names in an address that are not facets, with what stands where an address has none. */
export const PLAIN = {
  view: "figures",
  q: "",
  by: "",
  measure: "",
  count: "",
  sort: "",
  project: "",
  pin: "",
};

export function emptyState() {
  return { ...PLAIN, columns: [], filters: {} };
}

/** The state of an address, and what of it this file does not have. */
export function parse(address, facets) {
  const state = emptyState();
  const unknown = [];
  const known = new Map(facets.map((facet) => [facet.name, new Set(facet.keys)]));
  for (const [name, value] of new URLSearchParams(address.replace(/^#/, ""))) {
    if (name in PLAIN) state[name] = value;
    else if (name === "columns") state.columns.push(value);
    else if (known.has(name)) {
      if (value && !known.get(name).has(value)) unknown.push(`${name}=${value}`);
      const chosen = (state.filters[name] ??= []);
      if (!chosen.includes(value)) chosen.push(value);
    } else unknown.push(`${name}=${value}`);
  }
  return { state, unknown };
}

/** What chooses projects in a state, as an address has it. */
export function choosing(state, facets) {
  const found = new URLSearchParams();
  for (const facet of facets) {
    for (const value of state.filters[facet.name] ?? []) found.append(facet.name, value);
  }
  if (state.q) found.set("q", state.q);
  return found.toString();
}

export function write(state, facets) {
  const found = new URLSearchParams(choosing(state, facets));
  for (const name of Object.keys(PLAIN)) {
    if (name !== "q" && state[name] && state[name] !== PLAIN[name]) found.set(name, state[name]);
  }
  for (const name of state.columns) found.append("columns", name);
  return found.toString();
}
