import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { database } from "@/server/core/database";
import { env } from "@/server/core/env";
import { AppError } from "@/server/core/errors";
import { clientAddress } from "./client-address";
import { SignIn } from "./schemas";
import {
  cookieName,
  hasSecureCookies,
  SESSION_SECONDS,
  Session,
  sessionCookieOptions,
} from "./session";
import { verifySignIn } from "./verify-sign-in";

class TooManyAttempts extends CredentialsSignin {
  override code = "too_many";
}

const credentials = Credentials({
  credentials: { mail: {}, password: {} },
  async authorize(given, request) {
    const input = SignIn.safeParse(given);
    if (!input.success) return null;
    try {
      const session = await verifySignIn(database().db, {
        ...input.data,
        address: clientAddress(request.headers),
      });
      return session && { id: session.accountId, sessionVersion: session.sessionVersion };
    } catch (error) {
      if (error instanceof AppError && error.code === "TOO_MANY") throw new TooManyAttempts();
      throw error;
    }
  },
});

const cookie = (purpose: "session" | "csrf" | "callback") => ({
  name: cookieName(purpose),
  options: sessionCookieOptions(),
});

// A function, so that the environment is read when a request comes and not while building.
const config = (): NextAuthConfig => ({
  providers: [credentials],
  secret: env().AUTH_SECRET,
  trustHost: true,
  useSecureCookies: hasSecureCookies(),
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  cookies: {
    sessionToken: cookie("session"),
    csrfToken: cookie("csrf"),
    callbackUrl: cookie("callback"),
  },
  logger: {
    // A wrong password is an answer, not a fault of the server.
    error: (error) => {
      if (!(error instanceof CredentialsSignin)) console.error("Sign-in failed", error);
    },
  },
  callbacks: {
    jwt({ token, user }) {
      if (!user) return token;
      const { sessionVersion } = user as { sessionVersion?: number };
      return Session.parse({ accountId: user.id, sessionVersion });
    },
    // Who is signed in is asked of getViewer(); this endpoint tells nothing.
    session: ({ session }) => ({ expires: session.expires }),
  },
});

export const { handlers } = NextAuth(config);
