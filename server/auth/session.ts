import { encode, getToken } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/server/core/env";
import { sha256 } from "@/server/core/secret";
import { keptWhileValid } from "./kept-while-valid";

export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** What a signed-in browser carries. The database decides whether it still counts. */
export const Session = z.object({ accountId: z.uuid(), sessionVersion: z.number().int() });
export type Session = z.infer<typeof Session>;

// To open a cookie takes longer than all else that a short request costs, and what it says stays the same until it
// expires. Whether it still counts is asked of the database each time.
const opened = keptWhileValid<Session>(2000);

export const hasSecureCookies = () => env().APP_URL.startsWith("https://");

// Browsers share cookies between ports of one host: without a name of its own,
// signing in to one instance would sign the same browser out of another.
export function cookieName(purpose: "session" | "csrf" | "callback"): string {
  const prefix = hasSecureCookies() ? "__Secure-" : "";
  return `${prefix}teacup-${sha256(env().AUTH_SECRET).slice(0, 8)}.${purpose}`;
}

export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: hasSecureCookies() }) as const;

/** Null for no cookie, a forged one, an expired one: all of them are strangers. */
export async function readSession(headers: Headers): Promise<Session | null> {
  const name = cookieName("session");
  const asked = {
    // Only the cookie: a session never comes in an Authorization header.
    req: { headers: { cookie: headers.get("cookie") ?? "" } },
    secret: env().AUTH_SECRET,
    salt: name,
    cookieName: name,
    secureCookie: hasSecureCookies(),
  };
  const sealed = await getToken({ ...asked, raw: true });
  if (!sealed) return null;
  return opened.read(`${name} ${sealed}`) ?? open(sealed, name, await getToken(asked));
}

const Opened = Session.extend({ exp: z.number() });

function open(sealed: string, name: string, payload: unknown): Session | null {
  const { data } = Opened.safeParse(payload);
  if (!data) return null;
  const { exp, ...session } = data;
  opened.keep(`${name} ${sealed}`, session, exp * 1000);
  return session;
}

/** The `Set-Cookie` line that keeps this browser signed in under a new session version. */
export async function sessionCookie(session: Session): Promise<string> {
  const name = cookieName("session");
  const token = await encode({
    token: session,
    secret: env().AUTH_SECRET,
    salt: name,
    maxAge: SESSION_SECONDS,
  });
  const secure = hasSecureCookies() ? "; Secure" : "";
  return `${name}=${token}; Path=/; Max-Age=${SESSION_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
