import { database } from "@/server/core/database";
import { serveUpload } from "@/server/generation/serve-upload";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ id: string; position: string }> };

export async function PUT(request: Request, { params }: Params) {
  const { id, position } = await params;
  return serveUpload({ db: database().db }, request, { renderId: id, position });
}
