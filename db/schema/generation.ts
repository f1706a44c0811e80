import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref, sha256Column } from "../columns";
import { pairs, promptSets, prompts } from "./mining";
import { accounts } from "./people";
import { attemptOutcome, renderState, runPurpose, runState } from "./pg-enums";
import { projects } from "./project";

const projectId = () =>
  ref("project_id")
    .notNull()
    .references(() => projects.id);

// A process beside the GPUs that fetches work. It belongs to the instance, not to a project.
export const bridges = pgTable(
  "bridge",
  {
    id: id(),
    name: text("name").notNull(),
    tokenHash: sha256Column("token_hash").notNull(),
    // The one that `npm start` runs beside the product; cannot be revoked by hand.
    isEmbedded: boolean("is_embedded").notNull().default(false),
    lastSeenAt: at("last_seen_at"),
    revokedAt: at("revoked_at"),
    createdBy: ref("created_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [unique("bridge_name_key").on(t.name), unique("bridge_token_hash_key").on(t.tokenHash)],
);

export const endpoints = pgTable(
  "endpoint",
  {
    id: id(),
    bridgeId: ref("bridge_id")
      .notNull()
      .references(() => bridges.id),
    name: text("name").notNull(),
    contractVersion: integer("contract_version").notNull(),
    // What the endpoint says of itself: methods, model, limits (shown, never queried).
    description: jsonb("description").notNull().default({}),
    health: text("health").notNull().default("unknown"),
    concurrency: integer("concurrency").notNull().default(1),
    lastSeenAt: at("last_seen_at"),
    createdAt: createdAt(),
  },
  (t) => [unique("endpoint_bridge_name_key").on(t.bridgeId, t.name)],
);

export const generators = pgTable(
  "generator",
  {
    id: id(),
    projectId: projectId(),
    name: text("name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("generator_project_name_key").on(t.projectId, t.name)],
);

export const generatorRevisions = pgTable(
  "generator_revision",
  {
    id: id(),
    projectId: projectId(),
    generatorId: ref("generator_id")
      .notNull()
      .references(() => generators.id),
    number: integer("number").notNull(),
    endpointName: text("endpoint_name").notNull(),
    method: text("method").notNull(),
    // The whole contract input but prompt and seeds: steps, guidance_scale, width, height, scheduler, method_params.
    parameters: jsonb("parameters").notNull(),
    contentHash: sha256Column("content_hash").notNull(),
    // Pinned by the first answer; a later mismatch fails permanently.
    weightsHash: text("weights_hash"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("generator_revision_number_key").on(t.generatorId, t.number),
    unique("generator_revision_content_key").on(t.generatorId, t.contentHash),
    index("generator_revision_project_idx").on(t.projectId),
  ],
);

// seed[i] = hash32(project, number, i): equal for every pair, prompt and generator of the set.
export const seedSets = pgTable(
  "seed_set",
  {
    id: id(),
    projectId: projectId(),
    number: integer("number").notNull(),
    purpose: runPurpose("purpose").notNull(),
    seeds: integer("seeds").array().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("seed_set_project_number_key").on(t.projectId, t.number)],
);

export const runs = pgTable(
  "run",
  {
    id: id(),
    projectId: projectId(),
    number: integer("number").notNull(),
    generatorRevisionId: ref("generator_revision_id")
      .notNull()
      .references(() => generatorRevisions.id),
    seedSetId: ref("seed_set_id")
      .notNull()
      .references(() => seedSets.id),
    purpose: runPurpose("purpose").notNull(),
    state: runState("state").notNull().default("active"),
    startedBy: ref("started_by").references(() => accounts.id),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    unique("run_project_number_key").on(t.projectId, t.number),
    index("run_generator_revision_idx").on(t.generatorRevisionId),
  ],
);

// The pairs a run is about, each with the prompt set it was asked with.
export const runPairs = pgTable(
  "run_pair",
  {
    runId: ref("run_id")
      .notNull()
      .references(() => runs.id),
    pairId: ref("pair_id")
      .notNull()
      .references(() => pairs.id),
    promptSetId: ref("prompt_set_id")
      .notNull()
      .references(() => promptSets.id),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.pairId] }),
    index("run_pair_pair_idx").on(t.pairId),
    index("run_pair_prompt_set_idx").on(t.promptSetId),
  ],
);

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
    input: jsonb("input").notNull(),
    inputHash: sha256Column("input_hash").notNull(),
    state: renderState("state").notNull().default("queued"),
    attempt: integer("attempt").notNull().default(1),
    // Failures since a person last asked for a retry; five end it.
    failures: integer("failures").notNull().default(0),
    leaseToken: ref("lease_token"),
    leasedBy: ref("leased_by").references(() => bridges.id),
    leasedUntil: at("leased_until"),
    notBefore: at("not_before").notNull().defaultNow(),
    reason: text("reason"),
    evals: integer("evals"),
    backwards: integer("backwards"),
    timings: jsonb("timings"),
    trace: jsonb("trace"),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    unique("render_input_key").on(t.promptId, t.generatorRevisionId, t.inputHash),
    index("render_open_idx")
      .on(t.endpointName, t.notBefore, t.id)
      .where(sql`${t.state} in ('queued', 'leased')`),
    index("render_project_idx").on(t.projectId),
    index("render_revision_idx").on(t.generatorRevisionId),
    index("render_seed_set_idx").on(t.seedSetId),
    index("render_leased_by_idx").on(t.leasedBy),
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
