// Working days and deadlines of Vietnamese one-stop shops: what Python's onestop_core says of them, in any browser and Node.js.
export { calendar } from "./calendar.mjs";
export { Clock, countdown } from "./clock.mjs";
export { AgencyCode, DossierCode, ProcedureCode } from "./codes.mjs";
export { conventions, countedOtherwise } from "./conventions.mjs";
export { due, transferDue } from "./due.mjs";
export { OnestopError } from "./errors.mjs";
export { WorkingHours, officeHours } from "./hours.mjs";
export { TimeLimit } from "./limits.mjs";
export { dayOf } from "./moments.mjs";
export { digestOf, verify } from "./receipts.mjs";
