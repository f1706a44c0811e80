import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { type Asked, below, type Draw, goodAnswer, type Mutation, pick, says } from "./mutation";

const OTHER_STATUSES = [201, 204, 206, 300, 304, 400, 401, 403, 404, 405, 418, 500, 502, 504, 599];
const BUSY_STATUSES = [409, 429, 503];
const REDIRECTS = [301, 302, 303, 307, 308];
const DETAILS = [
  undefined,
  null,
  "",
  "no",
  7,
  [],
  [{ msg: "no" }],
  [{}],
  { a: 1 },
  "x".repeat(1e5),
];
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "), { level: 9 });

const json = (asked: Asked) => JSON.stringify(asked.answer ?? goodAnswer(asked));
const plays = (name: string, play: Mutation["play"]): Mutation => ({ name, play });
const withStatus = (status: number, body: (asked: Asked) => string): Mutation =>
  plays(`status ${status}`, (response, asked) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body(asked));
  });
/** Past Node's own care for what HTTP is. */
const raw = (name: string, bytes: (asked: Asked) => string): Mutation =>
  plays(name, ({ socket }, asked) => socket?.end(bytes(asked)));

/** What is wrong with the connection or the headers; the body may be as good as any. */
export const CONNECTIONS: ((draw: Draw) => Mutation)[] = [
  (draw) => withStatus(pick(draw, OTHER_STATUSES), json),
  (draw) => {
    const detail = pick(draw, DETAILS);
    return withStatus(pick(draw, [...BUSY_STATUSES, 422]), () => JSON.stringify({ detail }));
  },
  () => withStatus(422, () => "<html>"),
  (draw) =>
    plays("a redirect to itself", (response, { id }) => {
      response.writeHead(pick(draw, REDIRECTS), { location: `/predictions/${id}?again` }).end();
    }),
  (draw) =>
    plays("a body shorter than it was said to be", (response, asked) => {
      const body = json(asked);
      response.writeHead(200, { "content-length": body.length + 1 + below(draw, 1000) });
      response.write(body, () => response.socket?.destroy());
    }),
  (draw) =>
    raw("a body longer than it was said to be", (asked) => {
      const body = json(asked);
      return `HTTP/1.1 200 OK\r\ncontent-length: ${below(draw, body.length)}\r\n\r\n${body}`;
    }),
  (draw) =>
    raw("lengths that differ", (asked) => {
      const body = json(asked);
      const lengths = [body.length, body.length + 1 + below(draw, 9)];
      const headers = lengths.map((length) => `content-length: ${length}\r\n`).join("");
      return `HTTP/1.1 200 OK\r\n${headers}\r\n${body}`;
    }),
  (draw) =>
    plays("a length that nobody sends", (response) => {
      response.writeHead(200, { "content-length": 2 ** 30 + below(draw, 2 ** 30) });
      response.write("{");
    }),
  () =>
    raw(
      "chunks that are none",
      () => "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}",
    ),
  (draw) =>
    raw("no HTTP", () => pick(draw, ["\0\0\0\0", "SSH-2.0-x\r\n", "HTTP/9.9 -1\r\n\r\n", "{}"])),
  () => raw("nothing", () => ""),
  (draw) =>
    plays("cut off", (response, asked) => {
      const body = json(asked);
      response.writeHead(200, { "content-length": body.length });
      response.write(body.slice(0, below(draw, body.length)), () => response.socket?.destroy());
    }),
  (draw) =>
    says("a header of a megabyte", json, { "x-note": "x".repeat(2 ** 20 + below(draw, 1000)) }),
  (draw) => {
    const encoding = pick(draw, ["gzip", "identity, gzip", "x-gzip"]);
    return says("a gzip bomb", () => BOMB, { "content-encoding": encoding });
  },
  () =>
    says("the answer, in gzip", (asked) => gzipSync(json(asked)), { "content-encoding": "gzip" }),
  () => ({ name: "a slow drip", isEndless: true, play: drip }),
  () => ({
    name: "headers and then nothing",
    isEndless: true,
    play: (r) => r.writeHead(200).flushHeaders(),
  }),
  () => ({ name: "never an answer", isEndless: true, play: () => undefined }),
];

function drip(response: ServerResponse, asked: Asked) {
  const body = json(asked);
  let at = 0;
  response.writeHead(200);
  const timer = setInterval(() => response.write(body[at++ % body.length] ?? ""), 20);
  response.on("close", () => clearInterval(timer));
}
