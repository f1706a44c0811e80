import { env } from "@/server/core/env";

/**
 * A page of another site can make a browser send our cookie along. What it cannot do is forge
 * `Sec-Fetch-Site` or `Origin`, or send JSON without asking first.
 */
export function refuseForeignRequest(request: Request): Response | null {
  if (request.method === "GET" || request.method === "HEAD") return null;
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    return refusal(415, "Please send JSON");
  }
  if (request.headers.has("authorization")) return null;
  return isFromOurPages(request) ? null : refusal(403, "This request came from another site");
}

/** A file is no JSON; it too comes from our own pages only. */
export const refuseForeignUpload = (request: Request): Response | null =>
  isFromOurPages(request) ? null : refusal(403, "This request came from another site");

function isFromOurPages({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  return origin !== null && ownOrigins(headers).includes(origin);
}

// A browser reaches a plain-HTTP instance by any of its names; the cookie is bound to that name.
function ownOrigins(headers: Headers): string[] {
  const host = headers.get("host");
  const { origin } = new URL(env().APP_URL);
  return host ? [origin, `http://${host}`, `https://${host}`] : [origin];
}

const refusal = (status: number, message: string) =>
  Response.json({ error: { message } }, { status, headers: { "cache-control": "no-store" } });
