// Reads {schema, documents} from standard input, prints for each document whether Ajv finds it valid.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;
const { schema, documents } = JSON.parse(readFileSync(0, "utf-8"));
const ajv = new Ajv({ strict: false, validateFormats: true });
addFormats(ajv);
const validate = ajv.compile(schema);
process.stdout.write(JSON.stringify(documents.map((document) => validate(document))));
