// Elements. Texts come in as text nodes only, so that nothing in them is ever markup.

const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** An HTML element; an attribute that is a function listens to the event of its name. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** An element of a picture. */
export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** A table; columns are {label, kind, of, sort}, and a cell may be an element. */
export function table(caption, columns, rows, strong = () => false) {
  return h(
    "div",
    { class: "wide", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      { class: columns.length > 9 ? "many" : null },
      h("caption", {}, caption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map((column) =>
            h(
              "th",
              { scope: "col", class: column.kind === "text" ? null : "figure", "aria-sort": column.sorted },
              column.sort
                ? h("button", { type: "button", click: column.sort, "data-sort": column.name }, column.label)
                : column.label,
            ),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            { class: strong(row) ? "total" : null },
            columns.map((column, at) =>
              h(
                at ? "td" : "th",
                { scope: at ? null : "row", class: column.kind === "text" ? null : "figure", "data-label": column.label },
                column.of(row),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
