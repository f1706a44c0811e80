import { type NextRequest, NextResponse } from "next/server";

/** Tells pages their own address, so that signing in leads back to it. No boundary: rights are checked by procedures. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  const { pathname, searchParams } = request.nextUrl;
  const query = new URLSearchParams(searchParams);
  query.delete("_rsc");
  headers.set("x-page", query.size > 0 ? `${pathname}?${query}` : pathname);
  return NextResponse.next({ request: { headers } });
}

// A proxy cuts bodies at 10 MB without an error: nothing under /api may pass through it.
export const config = { matcher: "/((?!api/|_next/|.*\\.[a-z]+$).*)" };
