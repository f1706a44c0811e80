import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref } from "../columns";
import { accounts } from "./people";
import {
  budgetKind,
  duplicateStep,
  loopStep,
  pairOrigin,
  pairStage,
  pairState,
  patternCategory,
  patternState,
  proposalOutcome,
  proposalStrategy,
  rejectReason,
  workState,
} from "./pg-enums";
import { projectId } from "./project-id";

export const patterns = pgTable(
  "pattern",
  {
    id: id(),
    projectId: projectId(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    definition: text("definition").notNull().default(""),
    category: patternCategory("category").notNull(),
    phase: integer("phase").notNull().default(1),
    state: patternState("state").notNull().default("approved"),
    // What the LLM said when it proposed this pattern: how it differs, and example pairs [{a, b, latent}].
    difference: text("difference"),
    examples: jsonb("examples").notNull().default([]),
    // The exchange that proposed it. No foreign key: exchanges refer to pairs, which refer to patterns.
    exchangeId: ref("exchange_id"),
    mergedIntoId: ref("merged_into_id").references((): AnyPgColumn => patterns.id),
    // Auto-mode: the loop goes on by itself, except at the steps that it is told to ask about.
    isAuto: boolean("is_auto").notNull().default(false),
    askSteps: loopStep("ask_steps").array().notNull().default([]),
    batchSize: integer("batch_size").notNull().default(20),
    // Proposals that came back and how many of them were new, over all batches.
    returned: integer("returned").notNull().default(0),
    fresh: integer("fresh").notNull().default(0),
    createdBy: ref("created_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique("pattern_project_name_key").on(t.projectId, t.nameKey),
    index("pattern_merged_into_idx").on(t.mergedIntoId),
    check("pattern_phase_known", sql`${t.phase} in (1, 3, 4)`),
    check("pattern_batch_size", sql`${t.batchSize} between 1 and 100`),
  ],
);
export type Pattern = typeof patterns.$inferSelect;

export const patternParents = pgTable(
  "pattern_parent",
  {
    childId: ref("child_id")
      .notNull()
      .references(() => patterns.id, { onDelete: "cascade" }),
    parentId: ref("parent_id")
      .notNull()
      .references(() => patterns.id),
  },
  (t) => [
    primaryKey({ columns: [t.childId, t.parentId] }),
    index("pattern_parent_parent_idx").on(t.parentId),
    check("pattern_parent_not_self", sql`${t.childId} <> ${t.parentId}`),
  ],
);

// One request for n new pairs of one pattern.
export const batches = pgTable(
  "batch",
  {
    id: id(),
    projectId: projectId(),
    patternId: ref("pattern_id")
      .notNull()
      .references(() => patterns.id),
    number: integer("number").notNull(),
    // Model and template version: what is exhausted is (pattern, proposer), never the pattern alone.
    proposer: text("proposer").notNull(),
    state: workState("state").notNull().default("queued"),
    reason: text("reason"),
    // Waits until this budget is raised, and then goes on by itself; null: waits for a person, or not at all.
    heldBy: budgetKind("held_by"),
    asked: integer("asked").notNull(),
    returned: integer("returned").notNull().default(0),
    fresh: integer("fresh").notNull().default(0),
    seed: integer("seed").notNull(),
    strategy: proposalStrategy("strategy").notNull().default("direct"),
    // null: the proposer's own.
    temperature: real("temperature"),
    // Asked for with other exemplars or another temperature, to see whether a pattern is really dry.
    isRetest: boolean("is_retest").notNull().default(false),
    // Proposals that could be judged: returned less the invalid ones. Novelty is fresh / judged.
    judged: integer("judged").notNull().default(0),
    meanSimilarity: real("mean_similarity"),
    requestedBy: ref("requested_by").references(() => accounts.id),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    unique("batch_pattern_number_key").on(t.patternId, t.number),
    index("batch_project_idx").on(t.projectId, t.createdAt),
    index("batch_project_open_idx")
      .on(t.projectId, t.state)
      .where(sql`${t.state} in ('queued', 'running', 'waiting')`),
    check("batch_asked_positive", sql`${t.asked} between 1 and 100`),
    check("batch_waiting_has_reason", sql`${t.state} <> 'waiting' or ${t.reason} is not null`),
  ],
);

export const pairs = pgTable(
  "pair",
  {
    id: id(),
    projectId: projectId(),
    patternId: ref("pattern_id")
      .notNull()
      .references(() => patterns.id),
    conceptA: text("concept_a").notNull(),
    conceptB: text("concept_b").notNull(),
    latent: text("latent"),
    // The unordered pair of normalised concepts (server/mining/domain/pair-key.ts).
    key: text("key").notNull(),
    phase: integer("phase").notNull(),
    origin: pairOrigin("origin").notNull(),
    state: pairState("state").notNull(),
    reason: rejectReason("reason"),
    reasonText: text("reason_text"),
    // Why the proposer expects it to fail; shown to researchers, never to raters.
    rationale: text("rationale"),
    decidedBy: ref("decided_by").references(() => accounts.id),
    decidedAt: at("decided_at"),
    // null: no prompts asked for yet.
    promptsState: workState("prompts_state"),
    promptsReason: text("prompts_reason"),
    promptsHeldBy: budgetKind("prompts_held_by"),
    // null: not accepted, or accepted before stages were kept and not in a loop.
    stage: pairStage("stage"),
    batchId: ref("batch_id").references(() => batches.id),
    // A concept of another pair that this A or B merely rewords: marked, not dropped.
    variantOfA: text("variant_of_a"),
    variantOfB: text("variant_of_b"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("pair_project_key").on(t.projectId, t.key),
    // Target of the composite foreign keys that keep a child in its pair's project.
    unique("pair_id_project_key").on(t.id, t.projectId),
    index("pair_pattern_idx").on(t.patternId),
    index("pair_project_state_idx").on(t.projectId, t.state, t.id),
    index("pair_batch_idx").on(t.batchId),
    // What the loop has still to do in a pattern: small, whatever the pattern's size.
    index("pair_open_stage_idx")
      .on(t.patternId, t.stage, t.id)
      .where(sql`${t.state} = 'accepted' and ${t.stage} <> 'rated'`),
    index("pair_prompts_open_idx")
      .on(t.projectId, t.promptsState)
      .where(sql`${t.promptsState} in ('queued', 'running', 'waiting', 'cancelled')`),
    index("pair_unwritten_idx")
      .on(t.projectId, t.id)
      .where(sql`${t.state} = 'accepted' and ${t.promptsState} is null`),
    // What may have prompts and no images yet; the rest has gone on to its Level.
    index("pair_undrawn_idx")
      .on(t.projectId, t.id)
      .where(
        sql`${t.state} = 'accepted' and (${t.stage} is null or ${t.stage} in ('prompts', 'grid'))`,
      ),
    index("pair_key_one_idx").on(t.projectId, sql`split_part(${t.key}, '|', 1)`),
    index("pair_key_two_idx").on(t.projectId, sql`split_part(${t.key}, '|', 2)`),
    check("pair_concepts_differ", sql`lower(${t.conceptA}) <> lower(${t.conceptB})`),
    check("pair_rejected_has_reason", sql`${t.state} <> 'rejected' or ${t.reason} is not null`),
  ],
);
export type Pair = typeof pairs.$inferSelect;

// Every proposal is kept, also a repeated one: saturation cannot be computed without them.
export const proposals = pgTable(
  "proposal",
  {
    id: id(),
    projectId: projectId(),
    batchId: ref("batch_id")
      .notNull()
      .references(() => batches.id),
    ordinal: integer("ordinal").notNull(),
    conceptA: text("concept_a").notNull(),
    conceptB: text("concept_b").notNull(),
    latent: text("latent"),
    rationale: text("rationale"),
    // What the proposer said beside the pair: a checklist, what to draw first, how sure it is. Nothing follows from it.
    extras: jsonb("extras"),
    key: text("key").notNull(),
    outcome: proposalOutcome("outcome").notNull(),
    reason: text("reason"),
    twinId: ref("twin_id").references(() => pairs.id),
    step: duplicateStep("step"),
    similarity: real("similarity"),
    pairId: ref("pair_id").references(() => pairs.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique("proposal_batch_ordinal_key").on(t.batchId, t.ordinal),
    index("proposal_project_key_idx").on(t.projectId, t.key),
    index("proposal_twin_idx").on(t.twinId),
    index("proposal_pair_idx").on(t.pairId),
    check("proposal_new_has_pair", sql`${t.outcome} <> 'new' or ${t.pairId} is not null`),
    check("proposal_duplicate_has_step", sql`${t.outcome} <> 'duplicate' or ${t.step} is not null`),
  ],
);
