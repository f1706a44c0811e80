import { getViewer } from "@/server/auth/get-viewer";
import { database } from "@/server/core/database";
import { serveImportUpload } from "@/server/import/serve-import-upload";
import { refuseForeignUpload } from "@/server/trpc/refuse-foreign-request";

export const dynamic = "force-dynamic";

export async function POST(request: Request): Promise<Response> {
  const refusal = refuseForeignUpload(request);
  return refusal ?? serveImportUpload({ db: database().db, viewer: await getViewer() }, request);
}
