import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** How the server treats one request: with these vectors by text, a status, or something else altogether. */
type Step = "good" | { status: number; headers?: Record<string, string> } | { body: string };
type Asked = { model: string; input: string[]; authorization: string | undefined };
export type FakeEmbeddings = {
  baseUrl: string;
  asked: Asked[];
  script: (...steps: Step[]) => void;
  close: () => Promise<void>;
};

/** A small real HTTP server that speaks embeddings: `places` says where a text lies, in degrees on a circle. */
export async function startFakeEmbeddings(
  places: (text: string) => number,
): Promise<FakeEmbeddings> {
  let steps: Step[] = ["good"];
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { model, input } = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    asked.push({ model, input, authorization: request.headers.authorization });
    const step = steps.length > 1 ? steps.shift()! : steps[0]!;
    if (step !== "good" && "status" in step) {
      response.writeHead(step.status, step.headers).end("{}");
      return;
    }
    const data = input.map((text, index) => ({ index, embedding: onCircle(places(text)) }));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(step === "good" ? JSON.stringify({ object: "list", data }) : step.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    script: (...next) => {
      steps = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const onCircle = (degrees: number) => [
  3 * Math.cos((degrees * Math.PI) / 180),
  3 * Math.sin((degrees * Math.PI) / 180),
];
