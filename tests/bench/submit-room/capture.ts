import type { Db } from "@/db/client";
import { database } from "@/server/core/database";
import { serveRequest } from "@/server/trpc/serve-request";
import type { Statement } from "../traced";
import type { Ready } from "./fill";
import type { Message } from "./send-for";

/** Answers this request here, as the product's server does, over this connection. */
export async function serveHere(db: Db, { path, headers, body }: Message): Promise<void> {
  const own = database();
  const before = own.db;
  own.db = db;
  try {
    const url = new URL(path, "http://localhost");
    const answer = await serveRequest(new Request(url, { method: "POST", headers, body }));
    if (!answer.ok) throw new Error(`Refused: ${await answer.text()}`);
  } finally {
    own.db = before;
  }
}

/** The same statements with places where the sitting's own ids stood. */
export const asTemplate = (statements: readonly Statement[], sample: Ready): Statement[] =>
  statements.map(({ text, parameters }) => ({
    text,
    parameters: parameters.map((value) => withPlaces(value, sample)),
  }));

function withPlaces(value: unknown, sample: Ready): unknown {
  if (typeof value !== "string") return value;
  return Object.entries(sample).reduce(
    (text, [name, id]) => text.replaceAll(id, `{${name}}`),
    value,
  );
}
