import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref, sha256Column } from "../columns";
import { bridges, generatorRevisions, runs, seedSets } from "./generation";
import { pairs } from "./mining";
import { attemptOutcome, failureKind, renderState } from "./pg-enums";
import { projectId } from "./project-id";
import { prompts } from "./prompts";

// One prompt x one seed set. The row is queue and truth at once: a bridge leases it.
export const renders = pgTable(
  "render",
  {
    id: id(),
    projectId: projectId(),
    promptId: ref("prompt_id")
      .notNull()
      .references(() => prompts.id),
    generatorRevisionId: ref("generator_revision_id")
      .notNull()
      .references(() => generatorRevisions.id),
    seedSetId: ref("seed_set_id")
      .notNull()
      .references(() => seedSets.id),
    endpointName: text("endpoint_name").notNull(),
    // Of a method that draws twice: the plain image at the same seeds that this one builds on.
    firstRenderId: ref("first_render_id").references((): AnyPgColumn => renders.id),
    // Queued, but no bridge gets it before its first image was looked at; `input` is whole only then.
    awaitsObjects: boolean("awaits_objects").notNull().default(false),
    input: jsonb("input").notNull(),
    inputHash: sha256Column("input_hash").notNull(),
    state: renderState("state").notNull().default("queued"),
    attempt: integer("attempt").notNull().default(1),
    // Failures since a person last asked for a retry; five end it.
    failures: integer("failures").notNull().default(0),
    // How often a filter took some of its images: each time spare seeds came in their places in `input`.
    filtered: integer("filtered").notNull().default(0),
    leaseToken: ref("lease_token"),
    leasedBy: ref("leased_by").references(() => bridges.id),
    leasedUntil: at("leased_until"),
    notBefore: at("not_before").notNull().defaultNow(),
    reason: text("reason"),
    // Of one image: a mean over the seeds, where they took differently many.
    evals: numeric("evals", { mode: "number" }),
    backwards: numeric("backwards", { mode: "number" }),
    timings: jsonb("timings"),
    trace: jsonb("trace"),
    // Where its answer told of them otherwise than the revision's first one; null: as the revision says.
    answeredModel: jsonb("answered_model"),
    answeredMethod: jsonb("answered_method"),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    unique("render_input_key").on(t.promptId, t.generatorRevisionId, t.inputHash),
    index("render_open_idx")
      .on(t.endpointName, t.notBefore, t.id)
      .where(sql`${t.state} in ('queued', 'leased')`),
    index("render_project_idx").on(t.projectId),
    index("render_unsettled_idx")
      .on(t.projectId, t.state)
      .where(sql`${t.state} in ('queued', 'leased', 'failed')`),
    index("render_revision_idx").on(t.generatorRevisionId),
    index("render_seed_set_idx").on(t.seedSetId),
    index("render_leased_by_idx").on(t.leasedBy),
    index("render_first_idx").on(t.firstRenderId).where(sql`${t.firstRenderId} is not null`),
    check(
      "render_awaits_undrawn",
      sql`not ${t.awaitsObjects} or (${t.firstRenderId} is not null and ${t.state} not in ('leased', 'done'))`,
    ),
    check(
      "render_leased_whole",
      sql`(${t.state} = 'leased') = (${t.leaseToken} is not null and ${t.leasedUntil} is not null and ${t.leasedBy} is not null)`,
    ),
    check("render_failed_has_reason", sql`${t.state} <> 'failed' or ${t.reason} is not null`),
  ],
);
export type Render = typeof renders.$inferSelect;

// How each attempt ended; append only.
export const renderAttempts = pgTable(
  "render_attempt",
  {
    id: id(),
    renderId: ref("render_id")
      .notNull()
      .references(() => renders.id),
    attempt: integer("attempt").notNull(),
    bridgeId: ref("bridge_id").references(() => bridges.id),
    outcome: attemptOutcome("outcome").notNull(),
    // Of one that failed: whether asking again may help. Unknown of attempts from before it was written down.
    kind: failureKind("kind"),
    reason: text("reason"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("render_attempt_key").on(t.renderId, t.attempt),
    index("render_attempt_bridge_idx").on(t.bridgeId),
  ],
);

// Two runs may share a render; cancelling one drops only its claim.
export const runRenders = pgTable(
  "run_render",
  {
    runId: ref("run_id")
      .notNull()
      .references(() => runs.id),
    renderId: ref("render_id")
      .notNull()
      .references(() => renders.id),
    pairId: ref("pair_id").references(() => pairs.id),
    // The prompt's place in its set, 1 to 5.
    position: integer("position").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.renderId] }),
    index("run_render_render_idx").on(t.renderId),
    index("run_render_pair_idx").on(t.pairId),
  ],
);

// The file exists before the row.
export const blobs = pgTable("blob", {
  sha256: sha256Column("sha256").primaryKey(),
  bytes: bigint("bytes", { mode: "number" }).notNull(),
  mime: text("mime").notNull(),
  width: integer("width").notNull(),
  height: integer("height").notNull(),
  createdAt: createdAt(),
});

export const images = pgTable(
  "image",
  {
    id: id(),
    projectId: projectId(),
    renderId: ref("render_id")
      .notNull()
      .references(() => renders.id),
    position: integer("position").notNull(),
    // Seeds stay below 2^31, so that every language and this column agree on the number.
    seed: integer("seed").notNull(),
    sha256: sha256Column("sha256")
      .notNull()
      .references(() => blobs.sha256),
    createdAt: createdAt(),
  },
  (t) => [
    unique("image_render_position_key").on(t.renderId, t.position),
    index("image_sha256_idx").on(t.sha256),
    index("image_project_idx").on(t.projectId),
  ],
);
