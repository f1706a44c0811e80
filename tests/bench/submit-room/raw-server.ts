import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "@/db/client";
import type { Statement } from "../traced";
import type { Ready } from "./fill";

// The least that could do it: a body, the product's own statements one after the other, an answer. Started by submit.ts with the database's
// address and the statements; says its port.
const [, , url = "", statements = "[]"] = process.argv;
const template: Statement[] = JSON.parse(statements);
const sql = connect(url).db.$client;

// What is written is told what was read, by the mark that came with it.
const MARK = /^[0-9a-f]{32}$/;

async function submit(ids: Ready): Promise<void> {
  let mark: unknown = null;
  for (const { text, parameters } of template) {
    const values = parameters.map((value) => fill(value, ids, mark));
    const [row] = await sql.unsafe<{ answer?: { stamp?: string } }[]>(text, values as never[], {
      prepare: true,
    });
    mark = row?.answer?.stamp ?? mark;
  }
}

function fill(value: unknown, ids: Ready, mark: unknown): unknown {
  if (typeof value !== "string") return value;
  if (MARK.test(value)) return mark;
  return value.replace(/\{(sittingId|gridId|accountId)\}/g, (_, name: keyof Ready) => ids[name]);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer(async (request, response) => {
  try {
    await submit(JSON.parse(await read(request)));
    response.setHeader("content-type", "application/json").end('{"feedback":null}');
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
);
process.once("SIGTERM", () => process.exit());
