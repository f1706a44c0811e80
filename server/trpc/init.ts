import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import type { ProjectRole } from "@/db/enums";
import { type Admitted, admit } from "@/server/auth/admit";
import { nothing } from "@/server/auth/asking";
import { findBridge } from "@/server/auth/find-bridge";
import type { MemberCall } from "@/server/auth/member-call";
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
  // A machine that vanished closes nothing: its stream is told to be lost by its silence.
  sse: {
    ping: { enabled: true, intervalMs: 3_000 },
    client: { reconnectAfterInactivityMs: 10_000 },
  },
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

const pleaseSignIn = () => new TRPCError({ code: "UNAUTHORIZED", message: "Please sign in" });

/** Somebody who shows a session; whether it still counts is looked up with what is asked first. */
const askingProcedure = publicProcedure.use(({ ctx, next }) => {
  const asker = ctx.viewer ?? ctx.session;
  if (!asker) throw pleaseSignIn();
  return next({ ctx: { ...ctx, asker } });
});

export const signedInProcedure = askingProcedure.use(async ({ ctx, next }) => {
  const viewer = ctx.viewer ?? (await ctx.session?.viewer());
  if (!viewer) throw pleaseSignIn();
  return next({ ctx: { ...ctx, viewer } });
});

export const adminProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.viewer.isAdmin)
    throw new TRPCError({ code: "FORBIDDEN", message: "Only an admin may do this" });
  return next({ ctx });
});

/** Carries the project's slug. */
const InProject = z.object({ project: z.string().max(100) });
/** A stranger learns nothing, not even that the project exists. */
function letIn<Context, Answer>(
  ctx: Context,
  admitted: Admitted<Answer> | null,
  roles: readonly ProjectRole[],
) {
  if (!admitted) throw pleaseSignIn();
  const { viewer, inside } = admitted;
  if (!inside) throw new TRPCError({ code: "NOT_FOUND", message: NO_SUCH_PROJECT });
  const { member, answer } = inside;
  if (!roles.includes(member.role)) {
    throw new TRPCError({
      code: "FORBIDDEN",
      message: "Your role in this project does not allow this",
    });
  }
  return { ctx: { ...ctx, viewer, member }, answer };
}

const inProject = (roles: readonly ProjectRole[]) =>
  askingProcedure.input(InProject).use(async ({ ctx, input: { project }, next }) => {
    const admitted = await (ctx.session?.admitted(project) ??
      admit(ctx.db, ctx.asker, project, nothing));
    return next({ ctx: letIn(ctx, admitted, roles).ctx });
  });

const ANY_ROLE = ["owner", "researcher", "expert"] as const;

/** Anyone in the project, an expert too: use only for what a rater may see. */
export const memberProcedure = inProject(ANY_ROLE);

/**
 * The same for a verb that begins with a database function: `admit` asks it in the statement that looks who asks, so in
 * one wait. Before it nobody is known to be a member, and there is no `member` to hand to a verb.
 */
export const memberCallProcedure = askingProcedure
  .input(InProject)
  .use(async ({ ctx, input, next }) => {
    let isAsked = false;
    const admitTheirs = async <Answer>(call: MemberCall<Answer>) => {
      isAsked = true;
      return letIn(ctx, await admit(ctx.db, ctx.asker, input.project, call), ANY_ROLE);
    };
    const result = await next({ ctx: { ...ctx, admit: admitTheirs } });
    // A wrong input ends before the verb: what is wrong with it is told to members alone.
    if (!isAsked) await admitTheirs(nothing);
    return result;
  });

export const researcherProcedure = inProject(["owner", "researcher"]);
export const ownerProcedure = inProject(["owner"]);

/** A bridge shows its token as `Authorization: Bearer ...`. */
export const bridgeProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const bridge = ctx.bearerToken ? await findBridge(ctx.db, ctx.bearerToken) : null;
  if (!bridge)
    throw new TRPCError({ code: "UNAUTHORIZED", message: "Unknown or revoked bridge token" });
  return next({ ctx: { ...ctx, bridge } });
});
