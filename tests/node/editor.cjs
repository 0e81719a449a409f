// Asks the JSON language service of VS Code: hover over every key, hover and completion at every word, the properties proposed
// at a place, what is underlined.
const { readFileSync } = require("node:fs");
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");

const { schema, text, at, broken, empty } = JSON.parse(readFileSync(0, "utf8"));
const service = getLanguageService({});
service.configure({ validate: true, schemas: [{ uri: "file:///s.json", fileMatch: ["*.json"], schema }] });

function opened(content) {
  const document = TextDocument.create("file:///d.json", "json", 1, content);
  return [document, service.parseJSONDocument(document)];
}

(async () => {
  const [document, tree] = opened(text);
  const hover = async (offset) => (await service.doHover(document, document.positionAt(offset), tree))?.contents.join("\n") ?? "";
  const complete = async (doc, parsed, offset) => {
    const { items } = await service.doComplete(doc, doc.positionAt(offset), parsed);
    return items.map((item) => [item.label, item.documentation?.value ?? item.documentation ?? ""]);
  };
  const keys = [];
  const words = [];
  const walk = async (node, key) => {
    if (node.type === "property") {
      keys.push([node.keyNode.value, await hover(node.keyNode.offset + 1)]);
      key = node.keyNode.value;
    }
    for (const child of node.children ?? []) {
      if (child.type === "string" && child !== node.keyNode) {
        const offset = child.offset + 1;
        words.push([key, child.value, await hover(offset), await complete(document, tree, offset)]);
      }
      await walk(child, key);
    }
  };
  await walk(tree.root, "");
  const proposed = {};
  for (const [name, offset] of Object.entries(at)) proposed[name] = await complete(...opened(empty), offset);
  const wrong = [];
  for (const content of broken) wrong.push((await service.doValidation(...opened(content))).map((found) => found.message));
  process.stdout.write(JSON.stringify({ keys, words, proposed, wrong }));
})();
