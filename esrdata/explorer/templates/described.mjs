// What is chosen, in words.

import { word } from "./words.mjs";

export function valueOf(facet, key) {
  if (key === "") return word("choices.none");
  // A value that the data do not have is named as the address has it.
  return facet.labels[facet.keys.indexOf(key)] ?? key;
}

/** One choice with the name of its facet, unless it begins with it. */
export function choiceOf(facet, key) {
  const value = valueOf(facet, key);
  return value.startsWith(facet.label) ? value : `${facet.label}: ${value}`;
}

/** A selection in a line: values of one facet widen it, several facets narrow it. */
export function selectionOf(core, { filters, q }) {
  const found = core.facets
    .filter((facet) => filters[facet.name]?.length)
    .map((facet) => {
      const [first, ...others] = filters[facet.name];
      return [choiceOf(facet, first), ...others.map((key) => valueOf(facet, key))].join(", ");
    });
  if (q) found.push(word("chosen.search", { q }));
  return found.length ? found.join("; ") : word("chosen.all");
}
