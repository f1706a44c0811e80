import { isIP } from "node:net";
import { env } from "@/server/core/env";

/**
 * The client's address as the reverse proxy saw it, else null: without a proxy the header is
 * whatever the client typed. The proxy appends, so only the last entry is its own word.
 */
export function clientAddress(headers: Headers): string | null {
  if (env().TRUSTED_PROXY !== "1") return null;
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIP(last) ? last : null;
}
