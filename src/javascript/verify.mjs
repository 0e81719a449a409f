#!/usr/bin/env node
// Verifies receipts of deadlines on the command line.
// node verify.mjs [--told] RECEIPT.json...   exit code 0: all hold, 1: one does not, 2: one cannot be read
// node verify.mjs [--told] --lines           one receipt a line on standard input, its problems a line on standard output
// --told: the days are taken as the receipt tells them, and not compared with a calendar.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { verify } from "./index.mjs";

const options = process.argv.slice(2).filter((each) => each.startsWith("--"));
const names = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const problemsOf = (text) => verify(JSON.parse(text), { calendar: options.includes("--told") ? "told" : "named" });

if (options.includes("--lines")) {
  for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(problemsOf(line))}\n`);
}
for (const name of names) {
  let problems;
  try {
    problems = problemsOf(readFileSync(name, "utf8"));
  } catch {
    process.stderr.write(`${name}: cannot be read\n`);
    process.exitCode = 2;
    continue;
  }
  process.stdout.write(`${name}: ${problems.map(({ path, text }) => `${path}: ${text.en}`).join("; ") || "holds"}\n`);
  if (problems.length) process.exitCode = Math.max(Number(process.exitCode ?? 0), 1);
}
