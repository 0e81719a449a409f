// Whatever comes in at every door, only errors of the package go out, in both languages: node doors.mjs FOLDER
import { pathToFileURL } from "node:url";

const core = await import(pathToFileURL(`${process.argv[2]}/index.mjs`));
const { AgencyCode, Clock, DossierCode, OnestopError, ProcedureCode, TimeLimit, WorkingHours, calendar, countdown, countedOtherwise, dayOf, due, officeHours, transferDue, verify } = core;

const AT = "2026-02-12T09:30+07:00";
const FAR = "9999-12-31T23:59:59+07:00";
const deadline = due(AT, "5 days");
const { week } = officeHours().toDocument();
const hostile = { get a() { throw new TypeError("hostile"); } };
const circle = {};
circle.circle = circle;
const VALUES = [
  null, 0, -1, 1.5, NaN, Infinity, 1n, 10n ** 30n, "", " ", "x", "\ud800", "\0", "x".repeat(100_000), "2026-02-12", "2026-13-40", "0001-01-01", "9999-12-31",
  FAR, "0001-01-01T00:00:00Z", AT, true, Symbol("s"), () => 1, [], [1], [null, null], {}, { a: 1 }, hostile, circle, new Date(NaN), new Date(8.64e15),
  new Date(-8.64e15), Object.create(null), new Map(), calendar(), officeHours(), TimeLimit.parse("5 days"), new Clock(), deadline, "constructor", "__proto__",
  "toString", "9999 days", "100 years", "9999 working days", { week: {} }, { week: { monday: [null] } },
];
const DOORS = {
  calendar: (v) => calendar(v), asOf: (v) => calendar("vn-civil", { asOf: v }), predicted: (v) => calendar("vn-civil", { predicted: v }),
  isWorkday: (v) => calendar().isWorkday(v), next: (v) => calendar().next(v), previous: (v) => calendar().previous(v), day: (v) => calendar().day(v),
  add: (v) => calendar().add(v, 1), n: (v) => calendar().add("2026-02-12", v), start: (v) => calendar().count(v, "2026-02-12"), end: (v) => calendar().count("2026-02-12", v),
  limit: (v) => TimeLimit.parse(v), amount: (v) => TimeLimit.of(v, "days"), unit: (v) => TimeLimit.of(1, v),
  hours: (v) => WorkingHours.parse(v), document: (v) => WorkingHours.fromDocument(v), week: (v) => WorkingHours.fromDocument({ week: v }),
  monday: (v) => WorkingHours.fromDocument({ week: { ...week, monday: v } }), seasons: (v) => WorkingHours.fromDocument({ week, seasons: v }),
  first: (v) => WorkingHours.fromDocument({ week, seasons: [{ first: v, last: "01-02", week }] }), makeUp: (v) => WorkingHours.fromDocument({ week, make_up: v }),
  "calendar of sessions": (v) => officeHours().sessions(v, "2026-02-12"), "day of sessions": (v) => officeHours().sessions(calendar(), v),
  receivedAt: (v) => due(v, "5 days"), "limit of due": (v) => due(AT, v), "calendar of due": (v) => due(AT, "5 days", { calendar: v }),
  "hours of due": (v) => due(AT, "5 days", { hours: v }), endOnDayOff: (v) => due(AT, "5 days", { endOnDayOff: v }), lateReceipt: (v) => due(AT, "5 days", { lateReceipt: v }),
  pauses: (v) => due(AT, "5 days", { pauses: v }), pause: (v) => due(AT, "5 days", { pauses: [v] }), from: (v) => due(AT, "5 days", { pauses: [[v, null]] }),
  to: (v) => due(AT, "5 days", { pauses: [[AT, v]] }), "far wait": (v) => due(AT, "9999 days", { endOnDayOff: "none", pauses: [[AT, v]] }),
  "far wait in hours": (v) => due(AT, "9999 hours", { pauses: [[AT, v]] }), "far months": (v) => due(v, "1200 months", { endOnDayOff: "none" }),
  "far part": (v) => due(v, "9998.5 days", { endOnDayOff: "none" }), "far strictly": (v) => due(v, "1400 weeks", { endOnDayOff: "strict_civil_code" }),
  now: (v) => deadline.status({ now: v }), at: (v) => deadline.left({ at: v }), until: (v) => deadline.used({ until: v }),
  transfer: (v) => transferDue(v), "hours of transfer": (v) => transferDue(AT, { hours: v }), "calendar of transfer": (v) => transferDue(AT, { calendar: v }),
  act: (v) => new Clock().take(v, AT), "at of act": (v) => new Clock().start(v), promise: (v) => new Clock().start(AT, { promise: v }),
  by: (v) => new Clock().start(AT).extend(AT, { by: v }), reason: (v) => new Clock().start(AT).reschedule(AT, { promise: AT, reason: v }),
  clock: (v) => countdown(v, "5 days"), "limit of countdown": (v) => countdown(new Clock(), v), "now of countdown": (v) => countdown(new Clock().start(AT), "5 days").status({ now: v }),
  inForceAt: (v) => countdown(new Clock().start(AT), "5 days").inForceAt(v), due: (v) => countedOtherwise(v, "receipt_day_counted"), code: (v) => countedOtherwise(deadline, v),
  agency: (v) => AgencyCode.parse(v), procedure: (v) => ProcedureCode.parse(v), dossier: (v) => DossierCode.parse(v), "agency of dossier": (v) => DossierCode.of(v, "2026-02-12", 1),
  "day of dossier": (v) => DossierCode.of("G09", v, 1), sequence: (v) => DossierCode.of("G09", "2026-02-12", v), width: (v) => DossierCode.of("G09", "2026-02-12", 1, { width: v }),
  digitsOfDay: (v) => DossierCode.of("G09", "2026-02-12", 1, { digitsOfDay: v }), moment: (v) => dayOf(v), receipt: (v) => verify(v), told: (v) => verify({}, { calendar: v }),
};

const leaks = [];
let refused = 0;
for (const [door, open] of Object.entries(DOORS)) {
  VALUES.forEach((value, place) => {
    try {
      open(value);
    } catch (error) {
      const whole = error instanceof OnestopError && error.code && error.place && error.text.vi && error.text.en === error.message && error.message.length < 1000;
      if (whole) refused += 1;
      else leaks.push(`${door}, value ${place}: ${error.stack}`);
    }
  });
}
console.log(JSON.stringify({ doors: Object.keys(DOORS).length, refused, leaks }));
