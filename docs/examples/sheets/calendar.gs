/**
 * Working days of Vietnam as functions of a sheet: =ADD_WORKING_DAYS(A2, 5), =WORKING_DAYS_BETWEEN(A2, B2),
 * =IS_WORKING_DAY(A2), =DAYS_OVERDUE(due, TODAY()), =DAY_CERTAINTY(A2).
 *
 * They count by a tab named "days" that holds the published file all/days.csv as it is. Nothing else is needed; with an
 * address in CALENDAR_URL the menu "Working days" fetches the file and writes the tab.
 */
const TAB = "days";
const CALENDAR_URL = ""; // where your office keeps all/days.csv, for the menu
const CACHE_KEY = "onestop-days";
const CACHE_SECONDS = 300; // a tab that was changed by hand is seen after so long; the menu forgets at once

/**
 * The n-th working day after a day (before it for n < 0; for 0 the day itself, or the next working day).
 * @param {Date|Date[][]} start a day, or a range of days
 * @param {number} n how many working days
 * @customfunction
 */
function ADD_WORKING_DAYS(start, n) {
  const calendar = calendar_();
  const count = whole_(n);
  return overEach_(start, (day) => calendar.dateOf(calendar.add(calendar.indexOf(day), count)));
}

/**
 * How many working days lie after one day, up to and with another; negative when the other is earlier.
 * @customfunction
 */
function WORKING_DAYS_BETWEEN(start, end) {
  const calendar = calendar_();
  const last = calendar.indexOf(end);
  return overEach_(start, (day) => calendar.count(calendar.indexOf(day), last));
}

/**
 * Whether a day is worked, make-up Saturdays included.
 * @customfunction
 */
function IS_WORKING_DAY(day) {
  const calendar = calendar_();
  return overEach_(day, (each) => calendar.works(calendar.indexOf(each)));
}

/**
 * By how many working days a due day has passed; 0 when it has not.
 * @customfunction
 */
function DAYS_OVERDUE(due, today) {
  const calendar = calendar_();
  const now = calendar.indexOf(today);
  return overEach_(due, (day) => Math.max(0, calendar.count(calendar.indexOf(day), now)));
}

/**
 * "announced", or "predicted" while no decision has fixed the day.
 * @customfunction
 */
function DAY_CERTAINTY(day) {
  const calendar = calendar_();
  return overEach_(day, (each) => (calendar.marks[calendar.indexOf(each)] > "1" ? "predicted" : "announced"));
}

/** Adds the menu when the sheet is opened. */
function onOpen() {
  SpreadsheetApp.getUi().createMenu("Working days").addItem("Fetch the calendar", "fetchCalendar").addToUi();
}

/** Writes the published file into the tab, whole or not at all. */
function fetchCalendar() {
  if (!CALENDAR_URL) throw new Error("Hãy điền CALENDAR_URL / fill in CALENDAR_URL");
  const rows = Utilities.parseCsv(UrlFetchApp.fetch(CALENDAR_URL).getContentText("UTF-8").replace(/^\uFEFF/, ""));
  read_(rows); // refused here, before the tab is touched
  const book = SpreadsheetApp.getActive();
  const sheet = book.getSheetByName(TAB) || book.insertSheet(TAB);
  sheet.clearContents();
  sheet.getRange(1, 1, rows.length, rows[0].length).setValues(rows);
  CacheService.getDocumentCache().remove(CACHE_KEY);
}

function calendar_() {
  const cache = CacheService.getDocumentCache();
  const kept = cache.get(CACHE_KEY);
  if (kept) {
    const [first, marks] = kept.split(" ");
    return counting_(Number(first), marks);
  }
  const sheet = SpreadsheetApp.getActive().getSheetByName(TAB);
  if (!sheet) throw new Error(`Thiếu trang tính "${TAB}" / there is no tab "${TAB}"`);
  const { first, marks } = read_(sheet.getDataRange().getValues());
  cache.put(CACHE_KEY, `${first} ${marks}`, CACHE_SECONDS);
  return counting_(first, marks);
}

/** Each day as one digit: 1 where it is worked, and 2 more where it is only predicted. */
function read_(rows) {
  const head = rows[0].map((cell) => String(cell).replace(/^\uFEFF/, "").trim());
  const [date, works, certainty] = ["date", "is_workday", "certainty"].map((name) => head.indexOf(name));
  if (Math.min(date, works, certainty) < 0) throw new Error(`Trang tính "${TAB}" không phải là days.csv / is not days.csv`);
  const days = rows.slice(1).filter((row) => row[date] !== "");
  const first = days.length ? dayNumber_(days[0][date]) : NaN;
  const marks = days.map((row, at) => {
    const worked = String(row[works]).toLowerCase();
    if (dayNumber_(row[date]) !== first + at || !["0", "1", "true", "false"].includes(worked)) {
      throw new Error(`Trang tính "${TAB}", dòng ${at + 2}: sai ngày / wrong day in row ${at + 2}`);
    }
    return (worked === "1" || worked === "true" ? 1 : 0) + (row[certainty] === "announced" ? 0 : 2);
  });
  if (!marks.length) throw new Error(`Trang tính "${TAB}" trống / the tab "${TAB}" is empty`);
  return { first, marks: marks.join("") };
}

function counting_(first, marks) {
  const works = (index) => {
    if (marks[index] === undefined) throw new Error("Ngày ngoài bảng lịch / the calendar does not hold this day");
    return marks[index] === "1" || marks[index] === "3";
  };
  const indexOf = (day) => {
    const index = dayNumber_(day) - first;
    works(index);
    return index;
  };
  const add = (from, n) => {
    let index = from;
    if (n === 0) while (!works(index)) index += 1;
    for (let left = Math.abs(n); left > 0; ) {
      index += Math.sign(n);
      if (works(index)) left -= 1;
    }
    return index;
  };
  const count = (from, to) => {
    // The day one starts from is never counted, in either direction: a count undoes an addition.
    let found = 0;
    for (let index = from; index !== to; ) {
      index += Math.sign(to - from);
      if (works(index)) found += 1;
    }
    return to < from ? -found : found;
  };
  // A Date of the script's own zone may be another day in the sheet's.
  const dateOf = (index) => {
    const day = new Date((first + index) * 86400000).toISOString().slice(0, 10);
    return Utilities.parseDate(day, zone_(), "yyyy-MM-dd");
  };
  return { marks, works, indexOf, add, count, dateOf };
}

function zone_() {
  return SpreadsheetApp.getActive().getSpreadsheetTimeZone();
}

/** Days since 1970 of a date in the zone of the sheet, or of a text such as 2026-02-12. */
function dayNumber_(day) {
  const isDate = Object.prototype.toString.call(day) === "[object Date]" && !isNaN(day);
  const text = isDate ? Utilities.formatDate(day, zone_(), "yyyy-MM-dd") : String(day).trim();
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const number = parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / 86400000 : NaN;
  if (!parts || new Date(number * 86400000).toISOString().slice(0, 10) !== text) {
    throw new Error(`"${text}" không phải là ngày / is not a day`);
  }
  return number;
}

function whole_(n) {
  if (typeof n !== "number" || !Number.isInteger(n)) throw new Error(`"${n}" không phải là số nguyên / is not a whole number`);
  return n;
}

function overEach_(value, ask) {
  return Array.isArray(value) ? value.map((row) => row.map((cell) => (cell === "" ? "" : ask(cell)))) : ask(value);
}
