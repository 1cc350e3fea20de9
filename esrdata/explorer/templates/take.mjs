// What can be taken away: tables as CSV, pictures as SVG and PNG, a citation, a line of Python.

import { day } from "./number.mjs";
import { choosing } from "./state.mjs";
import { word } from "./words.mjs";

export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Rows as CSV that spreadsheets of the language open; a text that begins like a formula is none. */
export function csv(heads, rows, lang) {
  const decimal = lang === "en" ? "." : ",";
  const cell = (value) => {
    if (value === null || value === undefined || Number.isNaN(value)) return "";
    if (typeof value === "number") return String(value).replace(".", decimal);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /["\n\r;,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const mark = lang === "en" ? "," : ";";
  return `\ufeff${[heads, ...rows].map((row) => row.map(cell).join(mark)).join("\r\n")}\r\n`;
}

/** A picture as a file of its own: colours written out, those of paper. */
export function svgText(svg, paints) {
  const copy = svg.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", "#fff");
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy).replace(/var\(--([\w-]+)\)/g, (_, name) => paints[name]);
}

/** A picture as PNG, three times as fine as on the page. */
export async function png(svg, paints) {
  const scale = 3;
  const picture = new Image();
  const address = URL.createObjectURL(new Blob([svgText(svg, paints)], { type: "image/svg+xml" }));
  try {
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = svg.width.baseVal.value * scale;
    canvas.height = svg.height.baseVal.value * scale;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

export function citation(core, n, what) {
  const source = core.source || core.title;
  const today = day(Math.floor((Date.now() - new Date().getTimezoneOffset() * 60000) / 86400000));
  return word("take.citation_line", { source, today, n, what, all: core.code.length, version: core.version });
}

const quoted = (text) => JSON.stringify(text);
const listed = (values) => (values.length === 1 ? quoted(values[0]) : `[${values.map(quoted).join(", ")}]`);
/** Facets that `Portfolio.select` takes as they are. */
const COLUMNS = ["programme_period", "fund", "status_code", "organisation_type", "project_type"];

/** The line of Python that gives the same selection. */
export function python(core, state) {
  const filters = Object.entries(state.filters).filter(([, values]) => values.length);
  if (!filters.length && !state.q) return "chosen = portfolio";
  const plain = filters.every(([name, values]) => COLUMNS.includes(name) && !values.includes(""));
  if (plain && !state.q) {
    return `chosen = portfolio.select(${filters.map(([name, values]) => `${name}=${listed(values)}`).join(", ")})`;
  }
  const more = core.narratives ? "" : ", narratives=False";
  return `chosen = esrdata.explorer.selected(portfolio, ${quoted(choosing(state, core.facets))}${more})`;
}
