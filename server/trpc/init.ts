import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import type { ProjectRole } from "@/db/enums";
import { findBridge } from "@/server/auth/find-bridge";
import { findMember } from "@/server/auth/find-member";
import { OverBudget } from "@/server/budget/over-budget";
import { AppError, type AppErrorCode } from "@/server/core/errors";
import { loggable } from "@/server/core/loggable";
import type { RequestContext } from "./context";
import { inOneLine } from "./in-one-line";
import { inWords } from "./in-words";

/** The same for a project that is not and for one that is not theirs. */
export const NO_SUCH_PROJECT = "No such project among yours: one of its owners can add you.";

const t = initTRPC.context<RequestContext>().create({
  transformer: superjson,
  // A stack trace or a database message must never reach a client.
  errorFormatter: ({ shape, error: { cause } }) => ({
    ...shape,
    // Which budget refused, so that the notice can lead there.
    data: {
      ...shape.data,
      stack: undefined,
      budget: cause instanceof OverBudget ? cause.kind : null,
    },
  }),
});

const TRPC_CODE = {
  NOT_FOUND: "NOT_FOUND",
  FORBIDDEN: "FORBIDDEN",
  CONFLICT: "CONFLICT",
  EXPIRED: "PRECONDITION_FAILED",
  INVALID: "BAD_REQUEST",
  TOO_MANY: "TOO_MANY_REQUESTS",
} satisfies Record<AppErrorCode, TRPCError["code"]>;

const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause, code } = result.error;
  if (cause instanceof AppError) {
    const refusal = { code: TRPC_CODE[cause.code], message: cause.message, cause };
    throw inOneLine(new TRPCError(refusal));
  }
  if (code === "INTERNAL_SERVER_ERROR") {
    console.error("A procedure failed", loggable(cause ?? result.error));
    throw new TRPCError({ code, message: "Something went wrong", cause });
  }
  if (cause instanceof z.ZodError)
    throw inOneLine(new TRPCError({ code, message: inWords(cause), cause }));
  inOneLine(result.error);
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

export const publicProcedure = t.procedure.use(translateErrors);

export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.viewer) throw new TRPCError({ code: "UNAUTHORIZED", message: "Please sign in" });
  return next({ ctx: { ...ctx, viewer: ctx.viewer } });
});

export const adminProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.viewer.isAdmin)
    throw new TRPCError({ code: "FORBIDDEN", message: "Only an admin may do this" });
  return next({ ctx });
});

/** Input carries the project's slug; a stranger learns nothing, not even that it exists. */
const inProject = (roles: readonly ProjectRole[]) =>
  signedInProcedure
    .input(z.object({ project: z.string().max(100) }))
    .use(async ({ ctx, input, next }) => {
      const member = await findMember(ctx.db, ctx.viewer.accountId, input.project);
      if (!member) throw new TRPCError({ code: "NOT_FOUND", message: NO_SUCH_PROJECT });
      if (!roles.includes(member.role)) {
        throw new TRPCError({
          code: "FORBIDDEN",
          message: "Your role in this project does not allow this",
        });
      }
      return next({ ctx: { ...ctx, member } });
    });

/** Anyone in the project, an expert too: use only for what a rater may see. */
export const memberProcedure = inProject(["owner", "researcher", "expert"]);
export const researcherProcedure = inProject(["owner", "researcher"]);
export const ownerProcedure = inProject(["owner"]);

/** A bridge shows its token as `Authorization: Bearer ...`. */
export const bridgeProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const bridge = ctx.bearerToken ? await findBridge(ctx.db, ctx.bearerToken) : null;
  if (!bridge)
    throw new TRPCError({ code: "UNAUTHORIZED", message: "Unknown or revoked bridge token" });
  return next({ ctx: { ...ctx, bridge } });
});
