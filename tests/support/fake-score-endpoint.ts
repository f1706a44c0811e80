import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { ScoreInput } from "@/gpu-bridge/contract/score-schemas";

/** What the fake says of one image and one text. */
export type NumberOf = (image: Buffer, text: string, scorer: string) => number;
export type ScoreStep = "good" | "busy" | "one-image-short" | "not-a-number" | "refused" | "hangs";
export type FakeScoreEndpoint = Awaited<ReturnType<typeof startFakeScoreEndpoint>>;

/** A real HTTP server that speaks the score contract, and misbehaves by script. Out of script it is good. */
export async function startFakeScoreEndpoint(
  scorers: readonly string[],
  numberOf: NumberOf = () => 0.5,
) {
  const fake = {
    scorers,
    numberOf,
    weightsHash: "f".repeat(64),
    calls: [] as ScoreInput[],
    steps: [] as ScoreStep[],
  };
  const server = createServer((request, response) => {
    answer(fake, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fake,
    async close() {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, "close");
    },
  };
}

type Fake = {
  scorers: readonly string[];
  numberOf: NumberOf;
  weightsHash: string;
  calls: ScoreInput[];
  steps: ScoreStep[];
};

async function answer(fake: Fake, request: IncomingMessage, response: ServerResponse) {
  if (request.url === "/health-check") return send(response, 200, { status: "READY" });
  if (request.url === "/openapi.json") return send(response, 200, described(fake));
  if (request.method !== "PUT") return send(response, 200, {});
  const id = request.url?.split("/").at(-1);
  const { input } = JSON.parse(await text(request)) as { input: unknown };
  const asked = ScoreInput.safeParse(input);
  if (!asked.success) return send(response, 422, { detail: asked.error.message });
  fake.calls.push(asked.data);
  const step = fake.steps.shift() ?? "good";
  if (step === "hangs") return;
  if (step === "busy") return send(response, 409, { detail: "Already running a prediction" });
  if (step === "refused") {
    const error = "permanent: this endpoint has no such scorer";
    return send(response, 200, { id, status: "failed", output: null, error });
  }
  return send(response, 200, {
    id,
    status: "succeeded",
    output: outputOf(fake, asked.data, step),
    error: null,
  });
}

const described = ({ scorers }: Fake) => ({
  paths: { "/predictions/{prediction_id}": { put: {} } },
  "x-teacup": { contract_version: 1, scorers: scorers.map((name) => ({ name, version: "1" })) },
});

function outputOf(
  { numberOf, weightsHash }: Fake,
  { images, scores }: ScoreInput,
  step: ScoreStep,
) {
  const seen = images.map((url) => Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
  const shown = step === "one-image-short" ? seen.slice(1) : seen;
  return {
    scores: scores.map(({ scorer, texts }) => ({
      scorer,
      version: "1",
      settings: { prefix: "A photo depicts " },
      model: { name: "tiny", revision: "local", weights_hash: weightsHash },
      texts,
      values: shown.map((image) =>
        texts.map((said) => (step === "not-a-number" ? "NaN" : numberOf(image, said, scorer))),
      ),
      truncated: {},
    })),
    timings: { decode: 0.01 },
  };
}

function send(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
