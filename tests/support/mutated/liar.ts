import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { RenderInput } from "@/gpu-bridge/contract/schemas";
import { seededDraws } from "@/server/mining/domain/random";
import { CONNECTIONS } from "./connections";
import { FIELDS } from "./fields";
import { goodAnswer, type Mutation } from "./mutation";
import { PICTURES } from "./pictures";
import { TEXTS } from "./texts";

const KINDS = [...FIELDS, ...PICTURES, ...TEXTS, ...CONNECTIONS];

/** Every kind in turn, each time with other draws. */
export function mutationOf(seed: number): Mutation {
  const kind = KINDS[seed % KINDS.length];
  if (!kind) throw new RangeError(`${seed} is no seed`);
  return kind(seededDraws(seed));
}

/** An endpoint that answers each prediction as it was told to, and well when it was told nothing. */
export async function startLiar() {
  const lies = new Map<string, Mutation>();
  const server = createServer(async (request, response) => {
    const [, id = "", cancel] = /^\/predictions\/([^/?]+)(\/cancel)?/.exec(request.url ?? "") ?? [];
    if (cancel) return response.writeHead(404).end();
    const { input } = (await json(request)) as { input: RenderInput };
    const lie = lies.get(id);
    if (lie) return lie.play(response, { id, ...input });
    return response.end(JSON.stringify(goodAnswer({ id, ...input })));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Until it is told to forget: a lie may be megabytes long. */
    tell: (id: string, lie: Mutation) => {
      lies.set(id, lie);
      return { forget: () => lies.delete(id) };
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}
