import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref } from "../columns";
import { batches, pairs, patterns } from "./mining";
import { accounts } from "./people";
import {
  budgetKind,
  exchangeOutcome,
  exchangePurpose,
  promptKind,
  textAuthor,
  workState,
} from "./pg-enums";
import { projectId } from "./project-id";

// A question to the LLM that is neither a batch nor a pair's prompts: patterns, sets, a guess, an order.
export const inquiries = pgTable(
  "inquiry",
  {
    id: id(),
    projectId: projectId(),
    purpose: exchangePurpose("purpose").notNull(),
    patternId: ref("pattern_id").references(() => patterns.id),
    otherPatternId: ref("other_pattern_id").references(() => patterns.id),
    pairId: ref("pair_id").references(() => pairs.id),
    // The exchange that a person wants to see again with other settings; its answer changes nothing.
    rerunsId: ref("reruns_id"),
    // {n, temperature, seed, ...}: what was asked, by purpose.
    parameters: jsonb("parameters").notNull().default({}),
    state: workState("state").notNull().default("queued"),
    reason: text("reason"),
    heldBy: budgetKind("held_by"),
    requestedBy: ref("requested_by").references(() => accounts.id),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    index("inquiry_project_idx").on(t.projectId, t.id),
    index("inquiry_open_idx")
      .on(t.projectId, t.state)
      .where(sql`${t.state} in ('queued', 'running', 'waiting')`),
    index("inquiry_pattern_idx").on(t.patternId),
    index("inquiry_other_pattern_idx").on(t.otherPatternId),
    index("inquiry_pair_idx").on(t.pairId),
    index("inquiry_reruns_idx").on(t.rerunsId),
    check("inquiry_waiting_has_reason", sql`${t.state} <> 'waiting' or ${t.reason} is not null`),
  ],
);

export type Inquiry = typeof inquiries.$inferSelect;

export const exchanges = pgTable(
  "exchange",
  {
    id: id(),
    projectId: projectId(),
    purpose: exchangePurpose("purpose").notNull(),
    batchId: ref("batch_id").references(() => batches.id),
    pairId: ref("pair_id").references(() => pairs.id),
    inquiryId: ref("inquiry_id").references(() => inquiries.id),
    templateVersion: text("template_version").notNull(),
    model: text("model").notNull(),
    parameters: jsonb("parameters").notNull(),
    messages: jsonb("messages").notNull(),
    answer: text("answer"),
    outcome: exchangeOutcome("outcome").notNull().default("pending"),
    reason: text("reason"),
    tokensIn: integer("tokens_in"),
    tokensOut: integer("tokens_out"),
    // What the budget was charged; null while nothing is known, and in exchanges from before it was kept.
    tokensCharged: integer("tokens_charged"),
    latencyMs: integer("latency_ms"),
    // The exchange whose answer this one asks to mend.
    repairsId: ref("repairs_id").references((): AnyPgColumn => exchanges.id),
    createdAt: createdAt(),
    answeredAt: at("answered_at"),
  },
  (t) => [
    index("exchange_batch_idx").on(t.batchId),
    index("exchange_pair_idx").on(t.pairId),
    index("exchange_inquiry_idx").on(t.inquiryId),
    index("exchange_repairs_idx").on(t.repairsId),
    index("exchange_project_idx").on(t.projectId, t.id),
  ],
);

export const prompts = pgTable(
  "prompt",
  {
    id: id(),
    projectId: projectId(),
    kind: promptKind("kind").notNull(),
    pairId: ref("pair_id").references(() => pairs.id),
    text: text("text").notNull(),
    author: textAuthor("author").notNull(),
    exchangeId: ref("exchange_id").references(() => exchanges.id),
    createdBy: ref("created_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [
    index("prompt_pair_idx").on(t.pairId),
    index("prompt_project_idx").on(t.projectId),
    check(
      "prompt_scene_has_pair",
      sql`${t.kind} not in ('scene', 'plain') or ${t.pairId} is not null`,
    ),
  ],
);

export const promptSets = pgTable(
  "prompt_set",
  {
    id: id(),
    projectId: projectId(),
    pairId: ref("pair_id")
      .notNull()
      .references(() => pairs.id),
    number: integer("number").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("prompt_set_pair_number_key").on(t.pairId, t.number),
    index("prompt_set_project_idx").on(t.projectId),
  ],
);

export const promptSetPrompts = pgTable(
  "prompt_set_prompt",
  {
    promptSetId: ref("prompt_set_id")
      .notNull()
      .references(() => promptSets.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    promptId: ref("prompt_id")
      .notNull()
      .references(() => prompts.id),
  },
  (t) => [
    primaryKey({ columns: [t.promptSetId, t.position] }),
    index("prompt_set_prompt_prompt_idx").on(t.promptId),
    check("prompt_set_prompt_position", sql`${t.position} between 1 and 5`),
  ],
);

// Append only: every choice a person (or a random draw) made in the loop.
export const decisions = pgTable(
  "decision",
  {
    id: id(),
    // The order of truth: writers of one project's pairs take turns, so a replay may follow it.
    seq: bigint("seq", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    projectId: projectId(),
    actorId: ref("actor_id").references(() => accounts.id),
    action: text("action").notNull(),
    subjectId: ref("subject_id"),
    payload: jsonb("payload").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("decision_project_idx").on(t.projectId, t.id),
    // The last of one kind, however many of the others there are.
    index("decision_action_idx").on(t.projectId, t.action, t.seq),
    unique("decision_seq_key").on(t.seq),
    index("decision_project_seq_idx").on(t.projectId, t.seq),
  ],
);
