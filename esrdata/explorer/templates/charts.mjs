// Charts as pictures of their own: what they show stands in a table behind them too.

import { s } from "./dom.mjs";
import { number, percent } from "./number.mjs";
import { word } from "./words.mjs";

const FONT = 13;
const LINE = 17;
/** Under this width labels stand above their bars. */
const NARROW = 560;
const pen = document.createElement("canvas").getContext("2d");

const measured = new Map();
let family = null;

const familyOf = () => (family ??= getComputedStyle(document.body).fontFamily);

function wide(words, bold, size = FONT) {
  const font = `${bold ? "600 " : ""}${size}px ${familyOf()}`;
  const what = `${font} ${words}`;
  if (!measured.has(what)) {
    pen.font = font;
    measured.set(what, pen.measureText(words).width);
  }
  return measured.get(what);
}

/** Lines of a text that fit a width; what does not fit the last one is cut. */
function lines(words, width, most = 3, bold = false, size = FONT) {
  const found = [""];
  for (const part of words.split(/(?<=[\s/–-])/)) {
    if (wide(found.at(-1) + part.trimEnd(), bold, size) <= width || !found.at(-1)) found[found.length - 1] += part;
    else found.push(part);
  }
  const kept = found.slice(0, most).map((line) => line.trimEnd());
  if (found.length > most) kept[most - 1] += " …";
  return kept.map((line) => {
    let cut = line;
    while (cut.length > 2 && wide(cut, bold, size) > width + 2) cut = `${cut.slice(0, -2).trimEnd()}…`;
    return cut;
  });
}

function text(x, y, words, more = {}) {
  return s("text", { x, y, "font-size": FONT, fill: "var(--ink)", ...more }, words);
}

/** A picture of a width and a height; its family is written in it, for it may leave the page. */
function picture(width, height, label, parts) {
  return s(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": label,
      "font-family": familyOf(),
    },
    parts,
  );
}

function rule(width, y, paint = "var(--line)") {
  return s("line", { x1: 0, x2: width, y1: y, y2: y, stroke: paint, "stroke-width": 1 });
}

/**
 * Bars with figures beside them. Rows are {label, heading, bars: [{value, paint, thick}], cells, strong}.
 * Bars of a row lie on each other; the longest there could be is `most`.
 */
export function bars(width, alt, heads, rows, most) {
  const narrow = width < NARROW;
  const cellWide = heads.map((head, at) =>
    Math.max(...[head.split(" "), ...rows.map((row) => row.cells[at])].flat().map((one) => wide(one, true))) + 14,
  );
  const cells = cellWide.reduce((a, b) => a + b, 0);
  const labelWide = narrow ? width : Math.max(130, Math.min(0.4 * width, width - cells - 120));
  const left = narrow ? 0 : labelWide + 10;
  // On a narrow page bars have a line of their own.
  const long = narrow ? width : Math.max(30, width - cells - left - 8);
  const parts = [];
  let y = 0;
  const headLines = heads.map((head, at) => lines(head, cellWide[at] - 6, 3, true));
  const tall = Math.max(...headLines.map((some) => some.length), 0);
  const ends = cellWide.map((_, at) => width - cellWide.slice(at + 1).reduce((a, b) => a + b, 0));
  headLines.forEach((some, at) =>
    some.forEach((line, k) =>
      parts.push(
        text(ends[at], LINE * (tall - some.length + k + 1) - 4, line, { "text-anchor": "end", "font-weight": 600 }),
      ),
    ),
  );
  y += tall * LINE + 2;
  parts.push(rule(width, y, "var(--ink)"));
  let heading = null;
  for (const row of rows) {
    if (row.heading && row.heading !== heading) {
      heading = row.heading;
      parts.push(text(0, y + LINE + 2, heading, { "font-weight": 600 }));
      y += LINE + 6;
    }
    const label = lines(row.label, labelWide, 3, row.strong);
    const top = y + 5;
    label.forEach((line, k) =>
      parts.push(text(0, top + LINE * (k + 1) - 4, line, { "font-weight": row.strong ? 600 : 400 })),
    );
    const under = narrow ? top + label.length * LINE : top;
    const middle = under + LINE / 2;
    const cellsAt = narrow && row.bars.length ? middle + LINE : middle;
    for (const bar of row.bars) {
      if (bar.value === null || bar.value === undefined) continue;
      const thick = bar.thick ?? 14;
      parts.push(
        s("rect", {
          x: left,
          y: middle - thick / 2,
          width: Math.max(0, (long * Math.max(0, bar.value)) / most),
          height: thick,
          fill: bar.paint,
          stroke: bar.outline ? "var(--line)" : null,
        }),
      );
    }
    row.cells.forEach((cell, at) =>
      parts.push(text(ends[at], cellsAt + 4.5, cell, { "text-anchor": "end", "font-weight": row.strong ? 600 : 400 })),
    );
    y = Math.max(cellsAt + LINE / 2, top + label.length * LINE) + 5;
    if (row.strong) parts.push(rule(width, top - 3));
  }
  parts.push(rule(width, y + 1));
  return picture(width, y + 3, alt, parts);
}

/** A key of paints in one or more lines, and the height that it takes. */
function key(width, entries, top) {
  const parts = [];
  let x = 0;
  let y = top + LINE;
  for (const { paint, label } of entries) {
    const own = wide(label) + 34;
    if (x && x + own > width) {
      x = 0;
      y += LINE + 2;
    }
    parts.push(s("rect", { x, y: y - 11, width: 12, height: 12, fill: paint, stroke: "var(--line)" }));
    parts.push(text(x + 18, y, label));
    x += own;
  }
  return { parts, tall: y - top + 8 };
}

/** Shares of a whole as one bar a row. Rows are {label, heading, shares, cell}. */
export function stacks(width, alt, entries, head, rows) {
  const narrow = width < NARROW;
  const cellWide = Math.max(...[head.split(" "), ...rows.map((row) => row.cell)].flat().map((one) => wide(one, true))) + 12;
  const labelWide = narrow ? width : 0.4 * width;
  const left = narrow ? 0 : labelWide + 10;
  const long = width - left - cellWide;
  const made = key(width, entries, 0);
  const parts = [...made.parts];
  let y = made.tall;
  lines(head, cellWide, 3, true).forEach((line) => {
    parts.push(text(width, y + LINE - 4, line, { "text-anchor": "end", "font-weight": 600 }));
    y += LINE;
  });
  parts.push(rule(width, y + 2, "var(--ink)"));
  y += 4;
  let heading = null;
  for (const row of rows) {
    if (row.heading && row.heading !== heading) {
      heading = row.heading;
      const some = lines(heading, width, 3, true);
      some.forEach((line, k) => parts.push(text(0, y + LINE * (k + 1) + 4, line, { "font-weight": 600 })));
      y += LINE * some.length + 8;
    }
    const label = lines(row.label, labelWide);
    label.forEach((line, k) => parts.push(text(0, y + LINE * (k + 1), line)));
    const under = narrow ? y + label.length * LINE + 4 : y + 4;
    let x = left;
    row.shares.forEach((share, at) => {
      const own = (share ?? 0) * long;
      if (own > 0) {
        const { paint, ink } = entries[at];
        parts.push(s("rect", { x, y: under, width: own, height: LINE, fill: paint, stroke: "var(--line)", "stroke-width": 0.5 }));
        const part = percent(share, 0);
        if (own > wide(part) + 6) {
          parts.push(text(x + own / 2, under + 13, part, { "text-anchor": "middle", "font-size": 12, fill: ink ?? "var(--ink)" }));
        }
      }
      x += own;
    });
    parts.push(text(width, under + 13, row.cell, { "text-anchor": "end" }));
    y = Math.max(under + LINE, y + label.length * LINE) + 4;
  }
  parts.push(rule(width, y + 3));
  return picture(width, y + 5, alt, parts);
}

/** Ratios of projects from 70 to 110 per cent in steps of two; what is outside is counted at the edges. */
export function histogram(width, alt, classes, median, most) {
  const inner = classes.slice(1, -1);
  const highest = Math.max(...inner.map((one) => one.n));
  const edge = 56;
  const long = width - 2 * edge;
  const step = long / inner.length;
  const tall = 180;
  const top = 40;
  const base = top + tall;
  const parts = [text(0, 13, word("absorption.projects"), { "font-weight": 600 })];
  inner.forEach((one, at) => {
    const own = (tall * one.n) / most;
    const paint = one.low >= 1 ? "var(--pale)" : "var(--mid)";
    parts.push(s("rect", { x: edge + at * step + 0.5, y: base - own, width: step - 1, height: own, fill: paint, stroke: "var(--line)", "stroke-width": 0.5 }));
    if (one.n && (one.n === highest || wide(number(one.n)) < step)) {
      parts.push(text(edge + (at + 0.5) * step, base - own - 5, number(one.n), { "text-anchor": "middle" }));
    }
  });
  parts.push(rule(width, base, "var(--line)"));
  const place = (ratio) => edge + ((ratio - 0.7) / 0.4) * long;
  for (let tick = 70; tick <= 110; tick += 10) {
    parts.push(text(place(tick / 100), base + LINE, percent(tick / 100, 0), { "text-anchor": "middle", fill: "var(--soft)" }));
  }
  parts.push(s("line", { x1: place(1), x2: place(1), y1: top, y2: base, stroke: "var(--ink)", "stroke-dasharray": "3 3" }));
  const edges = [
    [0, "start", classes[0], word("absorption.below", { share: percent(0.7, 0) })],
    [width, "end", classes.at(-1), word("absorption.above", { share: percent(1.1, 0) })],
  ];
  for (const [x, anchor, one, label] of edges) {
    parts.push(text(x, base - 22, number(one.n), { "text-anchor": anchor, "font-weight": 600 }));
    parts.push(text(x, base - 6, label, { "text-anchor": anchor, "font-size": 11, fill: "var(--soft)" }));
  }
  if (median !== null && median >= 0.7 && median <= 1.1) {
    const x = place(median);
    parts.push(s("path", { d: `M${x} ${base + 22} l-6 10 h12 z`, fill: "var(--dark)" }));
    const label = word("absorption.median", { share: percent(median) });
    const room = wide(label) / 2;
    const at = Math.min(Math.max(x, room), width - room);
    parts.push(text(at, base + 47, label, { "text-anchor": "middle", "font-weight": 600 }));
  }
  return picture(width, base + 54, alt, parts);
}

/** Regions as equal tiles. Tiles are {label, row, column, cell, rest, paint, ink}. */
export function tiles(width, alt, some) {
  const across = Math.max(...some.map((tile) => tile.column));
  const down = Math.max(...some.map((tile) => tile.row));
  const gap = 4;
  const wideTile = Math.min(150, (width - gap * (across - 1)) / across);
  const tall = 80;
  const parts = [];
  for (const tile of some) {
    const x = (tile.column - 1) * (wideTile + gap);
    const y = (tile.row - 1) * (tall + gap);
    parts.push(s("rect", { x: x + 0.5, y: y + 0.5, width: wideTile - 1, height: tall - 1, fill: tile.paint, stroke: "var(--line)" }));
    const longest = Math.max(...tile.label.split(/(?<=[\s–-])/).map((one) => wide(one.trimEnd(), false, 12)));
    // A name of one long word is written smaller rather than cut.
    const size = longest > wideTile - 10 ? Math.max(9, (12 * (wideTile - 10)) / longest) : 12;
    const name = lines(tile.label, wideTile - 10, 2, false, size);
    [
      ...name.map((line, at) => [line, 16 + 14 * at, size, 400]),
      [lines(tile.cell, wideTile - 8, 1, true)[0], 53, 13, 600],
      [lines(tile.rest, wideTile - 8, 1, false, 12)[0], 70, 12, 400],
    ].forEach(([words, dy, own, weight]) => {
      parts.push(text(x + 6, y + dy, words, { "font-size": own, "font-weight": weight, fill: tile.ink }));
    });
  }
  return picture(Math.min(width, across * (wideTile + gap)), down * (tall + gap), alt, parts);
}

/** Years: what ran above, what started below, each with its figure. */
export function yearColumns(width, alt, years, rows) {
  const step = width / years.length;
  const tall = 110;
  const parts = [];
  let y = 0;
  for (const { label, of, paint, most } of rows) {
    parts.push(text(0, y + 13, label, { "font-weight": 600 }));
    const base = y + 40 + tall;
    const widest = Math.max(...years.map((year) => wide(number(of(year)))));
    years.forEach((year, at) => {
      const own = (tall * of(year)) / most;
      parts.push(s("rect", { x: at * step + step * 0.12, y: base - own, width: step * 0.76, height: own, fill: paint, stroke: "var(--line)", "stroke-width": 0.5 }));
      if (of(year) && widest < step + 6) {
        parts.push(text((at + 0.5) * step, base - own - 4, number(of(year)), { "text-anchor": "middle", "font-size": step < 30 ? 10 : 12 }));
      }
    });
    parts.push(rule(width, base));
    y = base + 10;
  }
  const every = step < 34 ? 2 : 1;
  years.forEach((year, at) => {
    const room = wide("2007", false, 12) / 2;
    const x = Math.min(Math.max((at + 0.5) * step, room), width - room);
    if (at % every === 0) parts.push(text(x, y + 8, String(year.year), { "text-anchor": "middle", "font-size": 12, fill: "var(--soft)" }));
  });
  return picture(width, y + 14, alt, parts);
}
