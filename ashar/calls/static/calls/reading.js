// Reads a draft in the browser exactly as ashar/calls/core/draft.py reads it on the server:
// nothing typed is lost, nothing is guessed. tests/calls/test_reading_port.py holds the two equal.
(() => {
  "use strict";
  const ROW_LIMIT = 200;
  const LARGEST = 2n ** 63n - 1n;
  const LARGEST_COUNT = 999999999999n;
  const TEXT_LIMITS = {title: 300, summary: 5000, method: 10000, experience: 5000, sustainability: 5000};
  const SECTIONS = {
    results: {title: 300, unit: 60, target: 40},
    activities: {title: 300, starts_on: 20, ends_on: 20},
    team: {role: 200, qualification: 500},
    budget: {title: 300, unit: 60, quantity: 40, rate: 40, source: 30},
  };
  // The white space of the server's language: not quite that of the browser's own trim().
  const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
  const EDGES = new RegExp(`^${BLANK}|${BLANK}$`, "g");
  const strip = (text) => text.replace(EDGES, "");

  const cut = (value, limit) => {
    if (value === null || value === undefined) return "";
    // Cut by signs, not by halves of signs.
    return [...String(value).replaceAll("\0", "").replaceAll("\r\n", "\n")].slice(0, limit).join("");
  };
  const isRow = (row) => row !== null && typeof row === "object" && !Array.isArray(row);
  const isBlank = (row) => Object.values(row).every((cell) => !strip(cell));
  const tidyRow = (section, row) => Object.fromEntries(
    Object.entries(SECTIONS[section]).map(([column, limit]) => [column, cut(row[column], limit)]),
  );
  const tidyRows = (section, raw) => (Array.isArray(raw) ? raw : [])
    .slice(0, ROW_LIMIT).filter(isRow).map((row) => tidyRow(section, row)).filter((row) => !isBlank(row));
  const tidy = (raw) => {
    const kept = {};
    for (const [name, limit] of Object.entries(TEXT_LIMITS)) kept[name] = cut(raw[name], limit);
    for (const section of Object.keys(SECTIONS)) kept[section] = tidyRows(section, raw[section]);
    return kept;
  };

  class Unreadable extends Error {
    constructor(reason) { super(reason); this.reason = reason; }
  }
  // The first thing wrong with an ill-written amount.
  const WRONG = [
    ["empty", /^$/],
    ["negative", /^[-\u2212\u2013(][^\n]*$/],
    ["exponent", /^[0-9.,]+[eE][-+]?[0-9]+$/],
    ["ambiguous", /^(?:[0-9]{1,3}[.,][0-9]{3}|[0-9 ]*[.,][0-9 ]*(?:[.,][0-9 ]*)+)$/],
    ["too_precise", /^[0-9 ]+[.,][0-9]{3,}$/],
    ["ambiguous", /^[0-9][0-9 ]*(?:[.,][0-9]{1,2})?$/],
  ];
  const WELL_WRITTEN = /^([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]{1,2}))?$/;
  const money = (typed) => {
    const text = strip(typed).replace(/[\u00a0\u202f\u2009\u2007]/g, " ");
    const found = WELL_WRITTEN.exec(text);
    if (!found) throw new Unreadable((WRONG.find(([, shape]) => shape.test(text)) || ["not_a_number"])[0]);
    const amount = BigInt(found[1].replaceAll(" ", "")) * 100n + BigInt((found[2] || "").padEnd(2, "0"));
    if (amount > LARGEST) throw new Unreadable("too_large");
    return amount;
  };
  const count = (typed) => {
    const hundredths = money(typed);
    if (hundredths > LARGEST_COUNT) throw new Unreadable("too_large");
    return hundredths;
  };
  const DAY = "(?:3[01]|[12][0-9]|0[1-9]|[1-9]| [1-9])";
  const MONTH = "(?:1[0-2]|0[1-9]|[1-9])";
  const DAY_SHAPES = [
    `^(?<day>${DAY})\\.(?<month>${MONTH})\\.(?<year>[0-9]{4})$`,
    `^(?<year>[0-9]{4})-(?<month>${MONTH})-(?<day>${DAY})$`,
    `^(?<day>${DAY})/(?<month>${MONTH})/(?<year>[0-9]{4})$`,
  ].map((shape) => new RegExp(shape));
  const day = (typed) => {
    if (!typed) throw new Unreadable("day_missing");
    for (const shape of DAY_SHAPES) {
      const found = shape.exec(typed);
      if (!found) continue;
      const [year, month, date] = [found.groups.year, found.groups.month, found.groups.day].map(Number);
      const lasts = new Date(Date.UTC(year, month, 0)).getUTCDate();
      if (year >= 2000 && year <= 2100 && date <= lasts) {
        return `${found.groups.year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
      }
    }
    throw new Unreadable("day");
  };

  const grouped = (tyiyn, space, point) => {
    const [som, rest] = [tyiyn / 100n, tyiyn % 100n];
    return String(som).replace(/\B(?=(?:[0-9]{3})+$)/g, space) + point + String(rest).padStart(2, "0");
  };
  const CURRENCY = {ky: "сом", ru: "сом", en: "som"};
  const saySom = (tyiyn, language) =>
    `${grouped(tyiyn, "\u00a0", language === "en" ? "." : ",")}\u00a0${CURRENCY[language] || "som"}`;

  const cell = (column, typed, sources) => {
    if ((column === "title" || column === "role") && !typed) throw new Unreadable("empty");
    if (column === "target" || column === "quantity") return count(typed);
    if (column === "rate") return money(typed);
    if (column === "starts_on" || column === "ends_on") return day(typed);
    if (column === "source" && !sources.includes(typed)) throw new Unreadable(typed ? "source" : "source_missing");
    return typed;
  };
  // Quantity (in hundredths) x price, to the nearest tyiyn, half a tyiyn upwards.
  const lineTotal = (row) => (2n * row.rate * row.quantity + 100n) / 200n;

  const readRow = (section, number, row, sources, reading) => {
    const fault = (column, reason, typed) => reading.faults.push({section, row: number, column, reason, typed});
    const before = reading.faults.length;
    const values = {};
    for (const [column, typed] of Object.entries(row)) {
      try {
        values[column] = cell(column, strip(typed), sources);
      } catch (unread) {
        if (!(unread instanceof Unreadable)) throw unread;
        fault(column, unread.reason, typed);
      }
    }
    if (reading.faults.length > before) return null;
    if (section === "activities" && values.ends_on < values.starts_on) {
      fault("ends_on", "ends_before", values.ends_on.split("-").reverse().join("."));
      return null;
    }
    if (section === "budget") {
      const total = lineTotal(values);
      // One line may not exceed what a thousand such lines can be summed up to.
      if (total > LARGEST / 1000n) {
        fault("rate", "too_large", grouped(values.rate, " ", "."));
        return null;
      }
      reading.lineTotals.set(number, total);
    }
    return values;
  };

  const readDraft = (typed, sources) => {
    const kept = tidy(typed);
    const reading = {texts: {}, faults: [], lineTotals: new Map()};
    for (const section of Object.keys(SECTIONS)) {
      reading[section] = kept[section]
        .map((row, number) => readRow(section, number, row, sources, reading)).filter((row) => row !== null);
    }
    for (const name of Object.keys(TEXT_LIMITS)) reading.texts[name] = strip(kept[name]);
    return reading;
  };
  const bySource = (reading) => {
    const found = new Map();
    for (const line of reading.budget) found.set(line.source, (found.get(line.source) || 0n) + lineTotal(line));
    return found;
  };
  const total = (reading) => reading.budget.reduce((sum, line) => sum + lineTotal(line), 0n);
  const requested = (reading, budgetSources) =>
    [...bySource(reading)].reduce((sum, [source, amount]) => (budgetSources.includes(source) ? sum + amount : sum), 0n);
  const missingParts = (reading) => {
    const faulty = new Set(reading.faults.map((fault) => fault.section));
    const sections = Object.keys(SECTIONS);
    return [
      ...["title", "summary", "method"].filter((name) => !reading.texts[name]),
      ...sections.filter((section) => !reading[section].length && !faulty.has(section)),
      ...sections.filter((section) => faulty.has(section)).map((section) => `${section}_faults`),
    ];
  };
  const differences = (mine, theirs) => {
    const [one, other] = [tidy(mine), tidy(theirs)];
    return [...Object.keys(TEXT_LIMITS), ...Object.keys(SECTIONS)]
      .filter((part) => JSON.stringify(one[part]) !== JSON.stringify(other[part]));
  };

  window.asharReading = {
    ROW_LIMIT, TEXT_LIMITS, SECTIONS, tidy, isBlank, tidyRow, readDraft, bySource, total, requested,
    missingParts, differences, saySom,
  };
})();
