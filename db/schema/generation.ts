import { sql } from "drizzle-orm";
import {
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
import { pairs } from "./mining";
import { accounts } from "./people";
import { runPurpose, runState } from "./pg-enums";
import { projectId } from "./project-id";
import { promptSets } from "./prompts";

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
    // What its bridge says that it takes at a time.
    concurrency: integer("concurrency").notNull().default(1),
    // The most renders handed out for it at a time, as an admin says; null: as its bridge asks.
    handedOut: integer("handed_out"),
    // What an hour of its GPU costs, in hundredths of whatever currency the lab reckons in; null: nobody said.
    hourCents: integer("hour_cents"),
    // What whoever hosts it charges for an image, in the same hundredths, often less than one; null: nobody said.
    imageCents: numeric("image_cents", { mode: "number" }),
    lastSeenAt: at("last_seen_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("endpoint_bridge_name_key").on(t.bridgeId, t.name),
    check("endpoint_handed_out_is_some", sql`${t.handedOut} between 1 and 64`),
    check("endpoint_hour_cents_not_negative", sql`${t.hourCents} >= 0`),
    check("endpoint_image_cents_not_negative", sql`${t.imageCents} >= 0`),
  ],
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
    // What its endpoint said last of how these weights were trained; null when it told nothing.
    training: jsonb("training"),
    // Pinned like the weights: the model (name, revision, files) and the method (name, version, mode, parameters as
    // resolved) that its first answer told of; null before it, and where the answer came by a bridge that told neither.
    answeredModel: jsonb("answered_model"),
    answeredMethod: jsonb("answered_method"),
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

// Pairs at Level 5 drawn anew by their generator and by others, all on one fresh seed set: one run for each of them.
export const repairs = pgTable(
  "repair",
  {
    id: id(),
    projectId: projectId(),
    number: integer("number").notNull(),
    // Whose Level-5 pairs they are; every other generator is compared with this one.
    baselineRevisionId: ref("baseline_revision_id")
      .notNull()
      .references(() => generatorRevisions.id),
    seedSetId: ref("seed_set_id")
      .notNull()
      .references(() => seedSets.id),
    startedBy: ref("started_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique("repair_project_number_key").on(t.projectId, t.number),
    unique("repair_seed_set_key").on(t.seedSetId),
    index("repair_baseline_idx").on(t.baselineRevisionId),
  ],
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
    // The comparison that it is one side of.
    repairId: ref("repair_id").references(() => repairs.id),
    // Of the grids it opens; null: as the project says.
    ratersPerGrid: integer("raters_per_grid"),
    startedBy: ref("started_by").references(() => accounts.id),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    unique("run_project_number_key").on(t.projectId, t.number),
    index("run_generator_revision_idx").on(t.generatorRevisionId),
    index("run_repair_idx").on(t.repairId),
    // Fresh seeds are drawn for a comparison and for nothing else.
    check(
      "run_repair_has_comparison",
      sql`(${t.purpose} = 'repair') = (${t.repairId} is not null)`,
    ),
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
