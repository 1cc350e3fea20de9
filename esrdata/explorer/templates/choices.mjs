// What one chooses by: a fold for each facet, with how many projects each further choice would give.

import { h } from "./dom.mjs";
import { number } from "./number.mjs";
import { word } from "./words.mjs";

/** So many values of a facet are listed; a filter finds the others. */
const LISTED = 12;

function listed(facet, counts, chosen, text) {
  const wanted = text.toLowerCase();
  const places = [...facet.keys.keys(), facet.keys.length].filter((place) => {
    const key = facet.keys[place] ?? "";
    if (chosen.includes(key)) return true;
    if (!counts[place]) return false;
    return !wanted || (facet.labels[place] ?? "").toLowerCase().includes(wanted);
  });
  if (places.length <= LISTED) return { places, more: 0 };
  // Of many the most frequent, in their own order.
  const frequent = [...places].sort((a, b) => chosen.includes(facet.keys[b] ?? "") - chosen.includes(facet.keys[a] ?? "") || counts[b] - counts[a]);
  const kept = new Set(frequent.slice(0, LISTED));
  return { places: places.filter((place) => kept.has(place)), more: places.length - kept.size };
}

/** The fold of a facet; `update` writes its values and counts anew. */
export function facetFold(facet, change) {
  const summary = h("summary", {}, facet.label);
  const list = h("div", { class: "values" });
  const more = h("p", { class: "note" });
  let text = "";
  let last = null;
  let wasChosen = false;
  const many = facet.keys.length > LISTED;
  const filter = many
    ? h("input", {
        type: "search",
        "aria-label": word("choices.filter", { what: facet.label }),
        placeholder: word("choices.filter", { what: facet.label }),
        input: (event) => {
          text = event.target.value;
          fill();
        },
      })
    : null;
  const fold = h("details", { class: "facet", "data-facet": facet.name }, summary, h("fieldset", {}, h("legend", {}, facet.label), filter, list, more));

  function fill() {
    const { chosen } = last;
    const counts = last.counts();
    const at = document.activeElement?.id;
    const { places, more: hidden } = listed(facet, counts, chosen, text);
    list.replaceChildren(
      ...places.map((place) => {
        const key = facet.keys[place] ?? "";
        const id = `choice-${facet.name}-${place}`;
        return h(
          "label",
          { class: counts[place] ? null : "empty" },
          h("input", { type: "checkbox", id, checked: chosen.includes(key), change: (event) => change(facet.name, key, event.target.checked) }),
          h("span", {}, facet.labels[place] ?? word("choices.none")),
          h("span", { class: "n" }, number(counts[place])),
        );
      }),
    );
    if (at) document.getElementById(at)?.focus();
    more.textContent = hidden ? word("choices.more", { n: hidden }) : "";
    more.hidden = !hidden;
  }

  fold.addEventListener("toggle", () => fold.open && last && fill());
  return {
    element: fold,
    update(counts, chosen) {
      last = { counts, chosen };
      summary.textContent = chosen.length ? word("choices.chosen", { what: facet.label, n: chosen.length }) : facet.label;
      // What is chosen is seen; a fold that is closed by hand stays so.
      if (chosen.length && !wasChosen) fold.open = true;
      wasChosen = chosen.length > 0;
      if (fold.open) fill();
    },
  };
}
