// Words of names and narratives by their basic forms: esrdata/explorer/words.py finds the same.

const ANY = "*";
/** Shorter words stand in too many others. */
const SHORTEST = 3;

export function folded(word) {
  const plain = word.normalize("NFC").replaceAll("\u00ad", "").split(":")[0];
  return plain.replace(/[\u2010\u2011]/g, "-").toLowerCase().replaceAll("ß", "ss");
}

/** The index as the page has it, made ready to be asked. */
export function indexed(packed) {
  const lemmas = packed.lemmas.split("\n");
  return { forms: packed.forms.split("\n"), lemmas: packed.of.map((at) => lemmas[at]), places: packed.places };
}

/** Places of forms that a word finds. */
export function matching(index, word) {
  const before = word.startsWith(ANY);
  const behind = word.length > 1 && word.endsWith(ANY);
  const text = folded(word.replace(/^\*+|\*+$/g, ""));
  if (!text) return [];
  const found = [];
  const wanted = new Set([text]);
  if (!before && !behind) {
    const own = index.forms.indexOf(text);
    if (own >= 0) wanted.add(index.lemmas[own]);
  }
  index.forms.forEach((form, at) => {
    const is =
      before && behind
        ? form.includes(text)
        : before
          ? form.endsWith(text)
          : behind
            ? form.startsWith(text)
            : form === text || wanted.has(index.lemmas[at]);
    if (is) found.push(at);
  });
  return found;
}

/** A query that finds its words inside others too; null where it does so already, or they are too short. */
export function wider(index, query) {
  const words = query.split(/\s+/).filter(Boolean);
  const found = words.map((word) => {
    const text = folded(word);
    if (word.includes(ANY) || text.length < SHORTEST) return word;
    const at = index.forms.indexOf(text);
    return ANY + (at < 0 ? text : index.lemmas[at]) + ANY;
  });
  return found.some((word, at) => word !== words[at]) ? found.join(" ") : null;
}

/** Which of n projects have every word of a query, and the forms that were found. */
export function find(index, query, n) {
  const hits = new Uint8Array(n);
  const forms = new Set();
  const words = query.split(/\s+/).filter(Boolean);
  for (const word of words) {
    const own = new Uint8Array(n);
    for (const at of matching(index, word)) {
      forms.add(index.forms[at]);
      let place = 0;
      for (const step of index.places[at]) {
        place += step;
        own[place] = 1;
      }
    }
    for (let i = 0; i < n; i++) hits[i] += own[i];
  }
  return { hits: hits.map((count) => (count === words.length ? 1 : 0)), forms, words };
}
