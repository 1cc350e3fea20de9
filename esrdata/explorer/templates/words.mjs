// The words of the page, in its language.

import { number } from "./number.mjs";

let words = {};

export function useWords(given) {
  words = given;
}

export function hasWord(key) {
  return key in words;
}

/** A word or sentence; whole numbers in its braces are written as numbers. */
export function word(key, values = {}) {
  if (!(key in words)) throw new Error(`There is no word ${key}.`);
  return words[key].replace(/\{(\w+)\}/g, (_, name) => {
    if (!(name in values)) throw new Error(`The word ${key} takes ${name}.`);
    const value = values[name];
    return typeof value === "number" ? number(value) : value;
  });
}
