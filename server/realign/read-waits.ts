import type { DbOrTx } from "@/db/client";
import { listEndpoints, type Server } from "@/server/generation/read-endpoints";
import { waitingWords } from "./domain/next-step";
import { readStanding } from "./read-standing";

/** For each second image that waits, what for and what to do. */
export async function readWaits(
  db: DbOrTx,
  projectId: string,
  renderIds: readonly string[],
): Promise<Map<string, string>> {
  if (renderIds.length === 0) return new Map();
  const served = await listEndpoints(db);
  const isThere = (endpoint: string) =>
    served.some(({ name, tags, servers }) => name === endpoint && tags && servers.some(isUp));
  const waiting = await readStanding(db, projectId, renderIds);
  return new Map(
    waiting.map(({ render, standing, taggedBy }) => [
      render.id,
      waitingWords(standing, { name: taggedBy, isThere: isThere(taggedBy) }),
    ]),
  );
}

const isUp = ({ health, isSilent }: Server) =>
  !isSilent && (health === "ready" || health === "busy");
