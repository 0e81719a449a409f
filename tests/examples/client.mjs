// A client made from the OpenAPI of the service, in another language: prints what the operations answer.
import { createRequire } from "node:module";
const SwaggerClient = createRequire(process.env.NODE_PATH + "/")("swagger-client");
const Client = SwaggerClient.default ?? SwaggerClient;

const client = await Client({ url: process.argv[2] + "/openapi.json" });
const ask = async (operation, body, parameters = {}) => {
  const of = Object.values(client.apis).find((tag) => tag[operation]);
  try {
    return (await of[operation](parameters, { requestBody: body })).body;
  } catch (error) {
    return { status: error.response.status, ...JSON.parse(error.response.text ?? error.response.data) };
  }
};
const question = { received_at: "2026-02-12T09:30:00+07:00", limit: "05 ngày làm việc" };
const receipt = await ask("receipt", question);
console.log(JSON.stringify({
  due: await ask("due", question),
  refused: await ask("due", { ...question, limit: "5 ngày làm" }),
  unknown: await ask("quote", { procedure: "9.999999" }),
  status: await ask("status", { ...question, now: "2026-02-13T09:00:00+07:00" }, { language: "en" }),
  sound: await ask("verify", receipt),
  forged: (await ask("verify", { ...receipt, due_at: "2026-02-27T23:59:59+07:00" })).length > 0,
  quote: await ask("quote", { procedure: "1.004222", answers: { case: "owner" } }),
  check: (await ask("check", { schema_version: "1.0" })).length > 0,
  score: await ask("score", { counts: { "2.1": [528684, 597918] }, on: "2026-09-24", level: "province" }),
  calendar: await ask("calendar", undefined, { year: 2026 }),
}));
