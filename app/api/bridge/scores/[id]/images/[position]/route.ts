import { database } from "@/server/core/database";
import { serveScoredImage } from "@/server/scoring/serve-scored-image";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ id: string; position: string }> };

export async function GET(request: Request, { params }: Params) {
  const { id, position } = await params;
  return serveScoredImage({ db: database().db }, request, { taskId: id, position });
}
