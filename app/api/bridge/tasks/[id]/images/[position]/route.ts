import { database } from "@/server/core/database";
import { serveJudgedImage } from "@/server/judging/serve-judged-image";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ id: string; position: string }> };

export async function GET(request: Request, { params }: Params) {
  const { id, position } = await params;
  return serveJudgedImage({ db: database().db }, request, { taskId: id, position });
}
