#!/usr/bin/env node
// Answers the conformance suite: onestop conformance --exec "node adapter.mjs" --area workdays (and time-limits, deadlines, codes).
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { AgencyCode, Clock, DossierCode, OnestopError, ProcedureCode, TimeLimit, calendar, countdown, due, transferDue } from "./index.mjs";

const on = (asOf) => calendar("vn-civil", { asOf });

const OPERATIONS = {
  is_workday: ({ date, as_of: asOf }) => on(asOf).isWorkday(date),
  add_workdays: ({ date, n, as_of: asOf }) => on(asOf).add(date, n),
  count_workdays: ({ start, end, as_of: asOf }) => on(asOf).count(start, end),
  parse_limit: ({ text }) => ({ steps: TimeLimit.parse(text).steps.map(({ amount, unit }) => ({ amount, unit })) }),
  due: ({ received_at: receivedAt, limit, as_of: asOf, hours, pauses, end_on_day_off: endOnDayOff, late_receipt: lateReceipt }) => {
    const { at, certainty } = due(receivedAt, limit, { calendar: on(asOf), hours, pauses, endOnDayOff, lateReceipt });
    return { due_at: at, certainty };
  },
  clock_due: ({ limit, acts }) => {
    const clock = acts.reduce((before, { act, at, ...told }) => before.take(act, at, told), new Clock());
    const { counted, inForce } = countdown(clock, limit);
    if (counted === null) throw new OnestopError("invalid-event", "acts", { vi: "chưa bắt đầu tính", en: "nothing began" });
    return { due_at: counted, in_force: inForce, state: clock.phase };
  },
  transfer_due: ({ received_at: receivedAt, hours }) => transferDue(receivedAt, { hours }),
  parse_agency_code: ({ text }) => {
    const { levelOne, isOldOrder } = AgencyCode.parse(text);
    return { level_one: levelOne, old_order: isOldOrder };
  },
  parse_procedure_code: ({ text }) => {
    const { short, owner } = ProcedureCode.parse(text);
    return { short, owner: owner && owner.text };
  },
  parse_dossier_code: ({ text }) => {
    const { isForeign, agency, day, sequence } = DossierCode.parse(text);
    return isForeign ? { foreign: true } : { foreign: false, agency: agency.text, day, sequence };
  },
  write_dossier_code: ({ agency, day, sequence, digits_of_day: digitsOfDay, width }) => {
    return DossierCode.of(agency, day, sequence, { digitsOfDay, width }).text;
  },
};

/** A question. The sequence of a dossier has up to twenty digits, more than a JavaScript number holds. */
function read(line) {
  const asked = JSON.parse(line);
  const exact = asked.operation === "write_dossier_code" ? /"sequence"\s*:\s*(-?[0-9]+)\s*[,}]/.exec(line) : null;
  return exact === null ? asked : { ...asked, input: { ...asked.input, sequence: BigInt(exact[1]) } };
}

function written(value) {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${written(each)}`)
    .join(",")}}`;
}

function answer(line) {
  const { hello, id, operation, input } = read(line);
  const { name, version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
  if (hello !== undefined)
    return { hello: "2", name: `${name} (JavaScript)`, version, operations: Object.keys(OPERATIONS), tables: `of ${name} ${version}` };
  try {
    return { id, result: OPERATIONS[operation](input) };
  } catch (error) {
    if (error instanceof OnestopError) return { id, refused: error.code };
    return { id, error: String(error) }; // a fault of ours, and the next question
  }
}

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${written(answer(line))}\n`);
