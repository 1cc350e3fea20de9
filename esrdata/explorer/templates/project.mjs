// A project's own page: what is known of it, each value with the line it was read from.

import { h } from "./dom.mjs";
import { codeOf } from "./facts.mjs";
import { folded } from "./find.mjs";
import { word } from "./words.mjs";

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\u0300-\u036f\u00ad])*(?:[-\u2010\u2011][\p{L}\p{N}][\p{L}\p{N}\u0300-\u036f\u00ad]*)*/gu;
/** The order of the tables of values on the page; others come behind. */
const FIRST = ["projects", "funding", "indicators", "locations", "partners", "horizontal", "sustainability", "narratives"];

/** A text with the words that were searched marked. */
function marked(text, forms) {
  if (!forms.size) return [text];
  const found = [];
  let from = 0;
  for (const match of text.matchAll(WORD)) {
    const own = folded(match[0]);
    if (forms.has(own) || own.split("-").some((piece) => forms.has(piece))) {
      found.push(text.slice(from, match.index), h("mark", { class: "found" }, match[0]));
      from = match.index + match[0].length;
    }
  }
  return [...found, text.slice(from)];
}

function placeOf(core, value) {
  const [, , , , file, page, line] = value;
  return word(page > 1 ? "project.place_page" : "project.place", { file: core.files[file], page: String(page ?? "–"), line: line === null ? "–" : String(line) });
}

function values(core, details, focus) {
  const groups = new Map();
  details.values.forEach((value, at) => {
    const [, table] = core.fields[value[0]];
    if (!groups.has(table)) groups.set(table, []);
    groups.get(table).push([value, at]);
  });
  const order = [...groups.keys()].sort((a, b) => (FIRST.indexOf(a) + 1 || 99) - (FIRST.indexOf(b) + 1 || 99));
  return order.map((table) =>
    h(
      "section",
      {},
      h("h3", {}, core.tables[table]),
      h(
        "div",
        { class: "wide", tabindex: 0, role: "region", "aria-label": core.tables[table] },
        h(
          "table",
          { class: "values" },
          h("thead", {}, h("tr", {}, ["field", "value", "place_head"].map((name) => h("th", { scope: "col" }, word(`project.${name}`))))),
          h(
            "tbody",
            {},
            groups.get(table).map(([value, at]) => {
              const [field, status, text, raw, , , , used] = value;
              const [code, label] = core.statuses[status];
              const read = code === "read";
              const line = details.sources?.length && read ? h("button", { type: "button", click: () => focus(at) }, placeOf(core, value)) : placeOf(core, value);
              return h(
                "tr",
                { class: used ? null : "unused", id: `value-${at}` },
                h("th", { scope: "row", "data-label": word("project.field") }, core.fields[field][2]),
                h(
                  "td",
                  { "data-label": word("project.value") },
                  read ? (text ?? word(core.narratives ? "project.in_text" : "project.in_text_without")) : h("span", { class: "status" }, label),
                  raw !== null && raw !== text && h("span", { class: "raw" }, word("project.raw", { raw })),
                  !used && h("span", { class: "status" }, word("project.not_used")),
                ),
                h("td", { "data-label": word("project.place_head") }, code === "absent" ? "–" : line),
              );
            }),
          ),
        ),
      ),
    ),
  );
}

function notes(list) {
  return h("ul", { class: "notes" }, list.map(([severity, label, text]) => h("li", { class: severity }, h("strong", {}, `${label}: `), text)));
}

function source(core, one) {
  const lines = one.lines.map(([number, page, left, pieces, beside]) => [
    page !== null && h("p", { class: "page" }, word("project.page", { page: String(page) })),
    left ? h("p", { class: "left-out" }, word("project.left_out")) : null,
    h(
      "div",
      { class: "line" },
      h("span", { class: "number" }, String(number)),
      h(
        "span",
        { class: "said", lang: one.lang },
        pieces.map((piece) =>
          typeof piece === "string"
            ? piece
            : h("mark", { class: piece[1], "data-values": piece[2].join(" "), title: piece[2].map((at) => core.title_of(at)).join("\n") }, piece[0]),
        ),
      ),
      beside.length ? notes(beside) : null,
    ),
  ]);
  return h(
    "section",
    { class: "source" },
    h("h3", {}, `${one.kind}: ${core.files[one.file]}`),
    one.note && h("p", { class: "whom" }, one.note),
    one.lines.length ? h("p", { class: "whom" }, word("project.marks")) : null,
    h("div", { class: "text" }, lines),
  );
}

export function project(context, at, details, forms) {
  const { core } = context;
  const titled = { ...core, title_of: (place) => core.fields[details.values[place][0]][2] };
  const page = h("article", { class: "project", "aria-labelledby": "project-name" });
  const focus = (place) => {
    const mark = page.querySelector(`mark[data-values~="${place}"]`);
    page.querySelectorAll("mark.here").forEach((one) => one.classList.remove("here"));
    if (!mark) return;
    mark.classList.add("here");
    mark.setAttribute("tabindex", "-1");
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  };
  const texts = details.texts ?? [];
  const conflicts = details.conflicts ?? [];
  const sources = details.sources ?? [];
  page.append(
    h("p", { class: "code" }, context.link({ project: "" }, word("project.back")), ` · ${codeOf(core, at)}`),
    h("h2", { id: "project-name", tabindex: -1 }, marked(core.name[at] ?? codeOf(core, at), forms)),
    ...(details.findings ? [h("section", {}, h("h3", {}, word("project.findings")), notes(details.findings))] : []),
    ...(conflicts.length
      ? [
          h(
            "section",
            {},
            h("h3", {}, word("project.conflicts")),
            h(
              "ul",
              { class: "notes" },
              conflicts.map(([field, kind, value, file, line, used]) =>
                h("li", { class: used ? "used" : null }, h("strong", {}, `${field}: `), word(used ? "project.conflict_used" : "project.conflict", { kind, value, file: core.files[file], line: line === null ? "–" : String(line) })),
              ),
            ),
          ),
        ]
      : []),
    ...values(titled, details, focus),
    ...(texts.length
      ? [
          h(
            "section",
            {},
            h("h3", {}, word("project.texts")),
            texts.map(([, title, text]) => h("details", { open: texts.length < 4 }, h("summary", {}, title), h("p", { class: "prose" }, marked(text, forms)))),
          ),
        ]
      : []),
    ...sources.map((one) => source(titled, one)),
  );
  return page;
}
