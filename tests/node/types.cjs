// Makes types of schemas: TypeScript by json-schema-to-typescript, Java and C# by quicktype. Answers the names of the types.
const { readFileSync } = require("node:fs");
const { compile } = require("json-schema-to-typescript");
const { quicktypeMultiFile, FetchingJSONSchemaStore, InputData, JSONSchemaInput } = require("quicktype-core");

async function typescript(name, schema) {
  const text = await compile(structuredClone(schema), name, { additionalProperties: false, bannerComment: "" });
  return [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map((found) => found[1]);
}

async function quicktype(lang, name, schema) {
  const input = new JSONSchemaInput(new FetchingJSONSchemaStore());
  await input.addSource({ name, schema: JSON.stringify(schema) });
  const inputData = new InputData();
  inputData.addInput(input);
  const files = await quicktypeMultiFile({ inputData, lang, rendererOptions: { "just-types": "true" } });
  const text = [...files.values()].map((file) => file.lines.join("\n")).join("\n");
  return [...text.matchAll(/(?:class|enum) (\w+)/g)].map((found) => found[1]);
}

(async () => {
  const answer = {};
  for (const [name, schema] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
    answer[name] = {
      typescript: await typescript(name, schema),
      java: await quicktype("java", name, schema),
      csharp: await quicktype("csharp", name, schema),
    };
  }
  process.stdout.write(JSON.stringify(answer));
})();
