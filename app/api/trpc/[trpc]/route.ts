import { serveRequest } from "@/server/trpc/serve-request";

export const dynamic = "force-dynamic";
export { serveRequest as GET, serveRequest as POST };
