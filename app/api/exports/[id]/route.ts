import { getViewer } from "@/server/auth/get-viewer";
import { database } from "@/server/core/database";
import { serveExport } from "@/server/release/serve-export";

export const dynamic = "force-dynamic";

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return serveExport({ db: database().db, viewer: await getViewer() }, id);
}
