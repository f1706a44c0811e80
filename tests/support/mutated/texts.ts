import { below, type Draw, goodAnswer, type Mutation, pick, says } from "./mutation";

const PAGE = "<!doctype html><html><body>Welcome to the captive portal</body></html>";
const NOT_PREDICTIONS = ["", "null", "7", '"succeeded"', "[]", "{}", "[[[", PAGE, "\0", "NaN"];

const rewritten = (name: string, rewrite: (json: string) => string | Buffer): Mutation =>
  says(name, (asked) => rewrite(JSON.stringify(goodAnswer(asked))));

/** What is no JSON, or JSON of something else. */
export const TEXTS: ((draw: Draw) => Mutation)[] = [
  (draw) => {
    const text = pick(draw, NOT_PREDICTIONS);
    return says(`the text ${JSON.stringify(text.slice(0, 20))}`, () => text);
  },
  (draw) => {
    const share = draw();
    return rewritten("half JSON", (json) =>
      json.slice(0, 1 + Math.floor(share * (json.length - 1))),
    );
  },
  (draw) => {
    const literal = pick(draw, [
      "NaN",
      "Infinity",
      "-Infinity",
      "1e999",
      "undefined",
      "0x28",
      "4_0",
    ]);
    return rewritten(`evals of ${literal}`, (json) =>
      json.replace('"evals":40', `"evals":${literal}`),
    );
  },
  () => rewritten("a byte order mark", (json) => `\uFEFF${json}`),
  () => rewritten("UTF-16", (json) => Buffer.from(json, "utf16le")),
  () => rewritten("single quotes", (json) => json.replaceAll('"', "'")),
  () => rewritten("a trailing comma", (json) => `${json.slice(0, -1)},}`),
  () => rewritten("two answers", (json) => json + json),
  () => rewritten("the answer in a text", (json) => JSON.stringify(json)),
  () => rewritten("the answer in a list", (json) => `[${json}]`),
  () => rewritten("a status twice", (json) => `${json.slice(0, -1)},"status":"failed"}`),
  () => rewritten("server-sent events", (json) => `data: ${json}\n\n`),
  (draw) => {
    const depth = 1_000_000 + below(draw, 1_000_000);
    return says("a million brackets", () => "[".repeat(depth));
  },
  (draw) => {
    const depth = 100_000 + below(draw, 100_000);
    return rewritten("a trace without a bottom", (json) =>
      json.replace('"trace":{', `"trace":{"deep":${"[".repeat(depth)}${"]".repeat(depth)},`),
    );
  },
  (draw) => {
    const text = "A".repeat(9_000_000 + below(draw, 1_000_000));
    return rewritten("nine megabytes", (json) =>
      json.replace('"status"', `"note":"${text}","status"`),
    );
  },
];
