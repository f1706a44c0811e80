import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ZodType } from "zod";

/** What it answers one call with: an output, a refusal for good in words, "busy", or nothing ever. */
export type Answer = { output: unknown } | { refused: string } | "busy" | "hangs";

export type Judge<Input> = {
  input: ZodType<Input>;
  about: () => object;
  answer: (asked: Input) => Answer;
};

/** A real HTTP server that is asked about images, as the contract says. */
export async function startFakeJudge<Input>(judge: Judge<Input>) {
  const server = createServer((request, response) => {
    serve(judge, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, "close");
    },
  };
}

async function serve<Input>(
  { input: schema, about, answer }: Judge<Input>,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (request.url === "/health-check") return send(200, { status: "READY" });
  if (request.url === "/openapi.json") {
    const paths = { "/predictions/{prediction_id}": { put: {} } };
    return send(200, { paths, "x-teacup": { contract_version: 1, ...about() } });
  }
  if (request.method !== "PUT") return send(200, {});
  const id = request.url?.split("/").at(-1);
  const { input } = JSON.parse(await text(request)) as { input: unknown };
  const asked = schema.safeParse(input);
  if (!asked.success) return send(422, { detail: asked.error.message });
  const answered = answer(asked.data);
  if (answered === "hangs") return;
  if (answered === "busy") return send(409, { detail: "Already running a prediction" });
  if ("refused" in answered)
    return send(200, { id, status: "failed", output: null, error: answered.refused });
  return send(200, { id, status: "succeeded", output: answered.output, error: null });
}
