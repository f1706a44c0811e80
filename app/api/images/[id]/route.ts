import { getViewer } from "@/server/auth/get-viewer";
import { database } from "@/server/core/database";
import { serveImage } from "@/server/generation/serve-image";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return serveImage({ db: database().db, viewer: await getViewer() }, request, id);
}
