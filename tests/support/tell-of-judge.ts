import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { makeBridgeRow } from "./make/bridge";

type Said = { scorers: string[]; judges: string[] };

/** An endpoint that scores, as its bridge tells of it; nobody works for it. `tell` tells once more, null that it is away. */
export async function tellOfJudge(db: Db, description: Said) {
  const { bridge } = await makeBridgeRow(db);
  const name = `judge-${randomUUID()}`;
  const tell = (said: Said | null) => {
    const health = said ? ("ready" as const) : ("unreachable" as const);
    const told = said ?? { reason: "Nothing answers at its address." };
    const endpoint = { name, contractVersion: 1, health, concurrency: 1, description: told };
    return bridgeHello({ db, bridge }, { endpoints: [endpoint] });
  };
  await tell(description);
  return { name, bridgeId: bridge.id, tell };
}
