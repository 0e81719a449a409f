// Asks the JSON language service of VS Code: hover over every key, hover and completion at a value, what is underlined.
const { readFileSync } = require("node:fs");
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");

const { schema, text, at, broken } = JSON.parse(readFileSync(0, "utf8"));
const service = getLanguageService({});
service.configure({ validate: true, schemas: [{ uri: "file:///s.json", fileMatch: ["*.json"], schema }] });

function opened(content) {
  const document = TextDocument.create("file:///d.json", "json", 1, content);
  return [document, service.parseJSONDocument(document)];
}

(async () => {
  const [document, tree] = opened(text);
  const hover = async (offset) => (await service.doHover(document, document.positionAt(offset), tree))?.contents.join("\n") ?? "";
  const keys = [];
  const walk = async (node) => {
    if (node.type === "property") keys.push([node.keyNode.value, await hover(node.keyNode.offset + 1)]);
    for (const child of node.children ?? []) await walk(child);
  };
  await walk(tree.root);
  const values = {};
  for (const [key, offset] of Object.entries(at)) {
    const { items } = await service.doComplete(document, document.positionAt(offset), tree);
    const said = items.map((item) => [item.label, item.documentation?.value ?? item.documentation ?? ""]);
    values[key] = { hover: await hover(offset), complete: said };
  }
  const wrong = [];
  for (const content of broken) wrong.push((await service.doValidation(...opened(content))).map((found) => found.message));
  process.stdout.write(JSON.stringify({ keys, values, wrong }));
})();
