// Runs the script of docs/examples/sheets as a sheet does, with stand-ins for what Google brings along.
// In: JSON with rows (of the tab), zone, kind of cells, questions. Out: JSON with one answer a question, an error as {error}.
const fs = require("node:fs");
const vm = require("node:vm");

const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const formats = new Map();
const formatDate = (date, zone, pattern) => {
  if (pattern !== "yyyy-MM-dd") throw new Error(pattern);
  if (!formats.has(zone)) formats.set(zone, new Intl.DateTimeFormat("en-CA", { timeZone: zone }));
  return formats.get(zone).format(date);
};
// The first moment of a day in a zone; a whole quarter of an hour in every zone of our time.
const starts = new Map();
const parseDate = (text, zone, pattern) => {
  if (starts.has(text)) return new Date(starts.get(text));
  let moment = Date.parse(`${text}T00:00Z`) - 15 * 3600000;
  while (formatDate(new Date(moment), zone, pattern) < text) moment += 900000;
  starts.set(text, moment);
  return new Date(moment);
};
const cache = new Map();
let rows = asked.rows.map((row, at) =>
  at && asked.cells === "dates" ? [parseDate(row[0], asked.zone, "yyyy-MM-dd"), ...row.slice(1)] : row,
);
const menu = [];
const sheet = {
  getDataRange: () => ({ getValues: () => rows }),
  clearContents: () => (rows = []),
  getRange: () => ({ setValues: (values) => (rows = values) }),
};
const book = {
  getSpreadsheetTimeZone: () => asked.zone,
  getSheetByName: (name) => (name === "days" && rows.length ? sheet : null),
  insertSheet: () => sheet,
};
const world = vm.createContext({
  SpreadsheetApp: {
    getActive: () => book,
    getUi: () => ({ createMenu: (title) => ({ addItem: (...item) => (menu.push(title, ...item), { addToUi() {} }) }) }),
  },
  Utilities: { formatDate, parseDate, parseCsv: (text) => text.trim().split("\n").map((line) => line.split("|")) },
  UrlFetchApp: { fetch: () => ({ getContentText: () => asked.fetched }) },
  CacheService: {
    getDocumentCache: () => ({
      get: (key) => cache.get(key) ?? null,
      put: (key, value) => (value.length < 100000 ? cache.set(key, value) : undefined),
      remove: (key) => cache.delete(key),
    }),
  },
});
vm.runInContext(fs.readFileSync(process.argv[2], "utf8").replace('CALENDAR_URL = ""', `CALENDAR_URL = "${asked.url ?? ""}"`), world);
const read = (value) => (Array.isArray(value) ? value.map(read) : asked.cells === "dates" && /^\d{4}-\d\d-\d\d$/.test(value) ? parseDate(value, asked.zone, "yyyy-MM-dd") : value);
const written = (value) => (Array.isArray(value) ? value.map(written) : Object.prototype.toString.call(value) === "[object Date]" ? formatDate(value, asked.zone, "yyyy-MM-dd") : value);
const answers = asked.questions.map(([name, ...values]) => {
  try {
    return written(world[name](...values.map(read)) ?? null);
  } catch (error) {
    return { error: String(error.message) };
  }
});
process.stdout.write(JSON.stringify({ answers, menu, rows: rows.length }));
