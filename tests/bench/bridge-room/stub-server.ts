import { randomFillSync } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import type { RenderInput } from "@/gpu-bridge/contract/schemas";
import { FAKE_WEIGHTS } from "@/tests/support/fake-endpoint-answers";
import { makePng } from "@/tests/support/make-png";

// An endpoint that only keeps time, started by bridge.ts with the milliseconds of a prediction and how many have to be there
// before the first one is answered; says its port. `/notes` tells what it saw; `DELETE` begins anew.
const [, , milliseconds = "0", crowd = "1"] = process.argv;
const drawingMs = Number(milliseconds);
const wanted = Number(crowd);

const pictures = new Map<number, string>();
const everybody = Promise.withResolvers<void>();
let notes = { idleMs: [] as number[], busyMs: 0, atOnce: 0 };
let running = 0;
let freeSince: number | undefined;

/** As heavy as a photograph: half of each line is noise. */
function pictureOf(side: number): string {
  const known = pictures.get(side);
  if (known) return known;
  const paint = (row: Buffer) => randomFillSync(row.subarray(0, row.length / 2));
  const url = `data:image/png;base64,${makePng({ width: side, height: side, paint }).toString("base64")}`;
  pictures.set(side, url);
  return url;
}

function answerTo(id: string, { seeds, width }: RenderInput): string {
  const picture = JSON.stringify(pictureOf(width));
  const said = {
    seeds,
    evals: 40,
    timings: { render: drawingMs / 1000 },
    model: { name: "stub", revision: "1", weights_hash: FAKE_WEIGHTS },
    method: { name: "plain", version: "1" },
  };
  const images = seeds.map(() => picture).join(",");
  return `{"id":"${id}","status":"succeeded","output":{"images":[${images}],${JSON.stringify(said).slice(1)}}`;
}

async function predict(id: string, input: RenderInput, askedAt: number, response: ServerResponse) {
  if (running === 0 && freeSince !== undefined) notes.idleMs.push(askedAt - freeSince);
  running += 1;
  notes.atOnce = Math.max(notes.atOnce, running);
  const answer = answerTo(id, input);
  if (running >= wanted) everybody.resolve();
  await everybody.promise;
  await wait(drawingMs);
  running -= 1;
  freeSince = performance.now();
  notes.busyMs += freeSince - askedAt;
  response.end(answer);
}

const server = createServer(async (request, response) => {
  const askedAt = performance.now();
  const [, id] = /^\/predictions\/([^/]+)$/.exec(request.url ?? "") ?? [];
  if (id) {
    const { input } = (await json(request)) as { input: RenderInput };
    return predict(id, input, askedAt, response);
  }
  if (request.url === "/notes") {
    response.end(JSON.stringify(notes));
    if (request.method === "DELETE") notes = { idleMs: [], busyMs: 0, atOnce: 0 };
    return;
  }
  response.end('{"status":"READY"}');
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
