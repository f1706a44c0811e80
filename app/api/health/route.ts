import { viewerOf } from "@/server/auth/get-viewer";
import { database } from "@/server/core/database";
import { readHealth, readHealthDetails } from "@/server/core/health";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const { db } = database();
  const health = await readHealth(db);
  // Without the database nobody can be told from anybody else.
  const mayKnow = health.status === "ok" || health.reason === "worker";
  const viewer = mayKnow ? await viewerOf(request.headers) : null;
  const details = viewer?.isAdmin ? await readHealthDetails(db) : {};
  return Response.json(
    { ...health, ...details },
    { status: health.status === "ok" ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
