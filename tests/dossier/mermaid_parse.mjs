// Reads a JSON array of Mermaid texts from standard input and says of each what Mermaid itself understood.
// Run: node mermaid_parse.mjs FOLDER, where FOLDER is the node_modules that holds mermaid and jsdom.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const modules = resolve(process.argv[2]);
const { JSDOM } = createRequire(pathToFileURL(`${modules}/x.js`))(`${modules}/jsdom`);
globalThis.window = new JSDOM("").window;
globalThis.document = globalThis.window.document;
const { default: mermaid } = await import(pathToFileURL(`${modules}/mermaid/dist/mermaid.core.mjs`));

const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    await mermaid.parse(text); // loads the grammar of this kind of diagram
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const states = [...db.getStates().keys()];
    const arrows = db.getRelations().map((arrow) => [arrow.id1, arrow.id2, arrow.relationTitle ?? ""]);
    answers.push({ states, arrows });
  } catch (error) {
    answers.push({ error: String(error.message ?? error) });
  }
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
