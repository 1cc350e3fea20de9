// Numbers, sums, shares and days as esrdata/knowledge/wording.py writes them.

let format = {};

/** Takes the separators and patterns of the language. */
export function useFormat(given) {
  format = given;
}

export function isMissing(value) {
  return value === null || value === undefined || Number.isNaN(value);
}

/** Sign and digits of value × 10^shift, halves rounded away from zero, by the shortest decimal form. */
function rounded(value, decimals, shift) {
  const [mantissa, exponent = "0"] = String(Math.abs(value)).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  let digits = BigInt(whole + fraction);
  const cut = fraction.length - Number(exponent) - shift - decimals;
  if (cut > 0) {
    const unit = 10n ** BigInt(cut);
    digits = (2n * digits + unit) / (2n * unit);
  } else {
    digits *= 10n ** BigInt(-cut);
  }
  const text = String(digits).padStart(decimals + 1, "0");
  const end = text.length - decimals;
  const grouped = text.slice(0, end).replace(/\B(?=(\d{3})+$)/g, format.thousands);
  const sign = value < 0 && digits > 0n ? format.minus : "";
  return { sign, number: decimals ? grouped + format.decimal + text.slice(end) : grouped };
}

function filled(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function number(value, decimals = 0) {
  if (isMissing(value)) return format.missing;
  const parts = rounded(value, decimals, 0);
  return parts.sign + parts.number;
}

export function money(value, decimals = 0) {
  return isMissing(value) ? format.missing : filled(format.money, rounded(value, decimals, 0));
}

export function percent(ratio, decimals = 1) {
  return isMissing(ratio) ? format.missing : filled(format.percent, rounded(ratio, decimals, 2));
}

/** From one value to another, the unit written once; dots stand between numbers that may have a minus. */
export function span(low, high, kind) {
  const [first, last] = [low, high].map((value) => written(value, kind));
  if (isMissing(low)) return first;
  const [unit] = last.match(/\D*$/);
  const between = (first + last).includes(format.minus) ? "\u00a0… " : "–";
  return first.slice(0, first.length - unit.length) + between + last;
}

/** A day given as days since the beginning of 1970. */
export function day(days) {
  if (isMissing(days)) return format.missing;
  const date = new Date(days * 86400000);
  const month = date.getUTCMonth() + 1;
  return filled(format.date, {
    day: date.getUTCDate(),
    month,
    month_name: format[`month_${month}`],
    year: date.getUTCFullYear(),
  });
}

/** A value as a figure of its kind is written. */
export function written(value, kind) {
  if (kind === "money") return money(value);
  if (kind === "percent") return percent(value);
  if (kind === "number") return number(value, 1);
  if (kind === "date") return day(value);
  if (kind === "text") return isMissing(value) ? format.missing : String(value);
  return number(value);
}
