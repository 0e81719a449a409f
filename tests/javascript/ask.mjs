// Answers what test_against_python.py asks, one question a line: node ask.mjs FOLDER-OF-THE-PACKAGE
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { AgencyCode, Clock, DossierCode, ProcedureCode, OnestopError, TimeLimit, WorkingHours, calendar, conventions, countdown, countedOtherwise, dayOf, due, verify } =
  await import(pathToFileURL(`${process.argv[2]}/index.mjs`));

const hoursOf = (hours) => (hours !== null && typeof hours === "object" ? WorkingHours.fromDocument(hours) : hours);
const options = ({ asOf, predicted, hours, ...rest }) => ({ calendar: calendar("vn-civil", { asOf, predicted }), hours: hoursOf(hours), ...rest });
const status = ({ code, measure, text }) => [code, measure && measure.amount, measure && measure.unit, text.vi, text.en];
const measure = (each) => each && [each.amount, each.unit, each.text.vi, each.text.en];
const tried = (make) => {
  try {
    return make();
  } catch (error) {
    if (error instanceof OnestopError && error.text.vi && error.text.en && error.place) return { refused: error.code };
    return { fault: String(error.stack) };
  }
};
const ofDue = (each, now) => each && [each.certainty, status(each.status({ now })), measure(each.used({ until: now }))];
const otherwise = (deadline) => Object.fromEntries(conventions().map(({ code }) => [code, tried(() => countedOtherwise(deadline, code))]));

const ANSWERS = {
  day: ({ asOf, predicted, day }) => calendar("vn-civil", { asOf, predicted }).day(day),
  about: ({ asOf, predicted }) => {
    const { coverage, announcedUntil } = calendar("vn-civil", { asOf, predicted });
    return [coverage.first, coverage.last, announcedUntil];
  },
  add: ({ asOf, predicted, day, n }) => calendar("vn-civil", { asOf, predicted }).add(day, n),
  count: ({ asOf, predicted, start, end }) => calendar("vn-civil", { asOf, predicted }).count(start, end),
  limit: ({ text }) => {
    const limit = TimeLimit.parse(text);
    return [limit.steps.map(({ unit, amount }) => [unit, amount]), limit.text.vi, limit.text.en];
  },
  hours: ({ text }) => WorkingHours.parse(text).toDocument(),
  agency: ({ text }) => {
    const { levelOne, isOldOrder } = AgencyCode.parse(text);
    return [levelOne, isOldOrder];
  },
  procedure: ({ text }) => {
    const { short, owner } = ProcedureCode.parse(text);
    return [short, owner && owner.text];
  },
  dossier: ({ text }) => {
    const { isForeign, agency, day, sequence } = DossierCode.parse(text);
    return [isForeign, agency && agency.text, day, sequence === null ? null : String(sequence)];
  },
  moment: ({ text }) => dayOf(text),
  due: ({ receivedAt, limit, nows, ...rest }) => {
    const deadline = due(receivedAt, limit, options(rest));
    return {
      at: deadline.at,
      certainty: deadline.certainty,
      pauses: deadline.pauses,
      status: nows.map((now) => tried(() => status(deadline.status({ now })))),
      left: nows.map((at) => tried(() => measure(deadline.left({ at })))),
      used: nows.map((until) => tried(() => measure(deadline.used({ until })))),
      otherwise: otherwise(deadline),
    };
  },
  clock: ({ acts, limit, nows, ...rest }) => {
    const clock = acts.reduce((before, { act, at, ...told }) => before.take(act, at, told), new Clock());
    const count = countdown(clock, limit, options(rest));
    return {
      phase: clock.phase,
      due: tried(() => ofDue(count.due(), nows[0])),
      counted: tried(() => count.counted),
      promised: count.promised,
      inForce: tried(() => count.inForce),
      inForceAt: nows.map((now) => tried(() => count.inForceAt(now))),
      status: nows.map((now) => tried(() => status(count.status({ now })))),
      left: nows.map((now) => tried(() => measure(count.left({ now })))),
      used: nows.map((now) => tried(() => measure(count.used({ now })))),
      otherwise: count.promised === null && clock.count > 0 ? otherwise(count) : {},
    };
  },
  verify: ({ receipt }) => verify(receipt).map(({ rule }) => rule),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...given } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(tried(() => ANSWERS[ask](given)))}\n`);
}
