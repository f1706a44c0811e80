import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
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
import { batches, pairs } from "./mining";
import { accounts } from "./people";
import { exchangeOutcome, exchangePurpose, promptKind, textAuthor } from "./pg-enums";
import { projectId } from "./project-id";

export const exchanges = pgTable(
  "exchange",
  {
    id: id(),
    projectId: projectId(),
    purpose: exchangePurpose("purpose").notNull(),
    batchId: ref("batch_id").references(() => batches.id),
    pairId: ref("pair_id").references(() => pairs.id),
    templateVersion: text("template_version").notNull(),
    model: text("model").notNull(),
    parameters: jsonb("parameters").notNull(),
    messages: jsonb("messages").notNull(),
    answer: text("answer"),
    outcome: exchangeOutcome("outcome").notNull().default("pending"),
    reason: text("reason"),
    tokensIn: integer("tokens_in"),
    tokensOut: integer("tokens_out"),
    latencyMs: integer("latency_ms"),
    // The exchange whose answer this one asks to mend.
    repairsId: ref("repairs_id").references((): AnyPgColumn => exchanges.id),
    createdAt: createdAt(),
    answeredAt: at("answered_at"),
  },
  (t) => [
    index("exchange_batch_idx").on(t.batchId),
    index("exchange_pair_idx").on(t.pairId),
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
    projectId: projectId(),
    actorId: ref("actor_id").references(() => accounts.id),
    action: text("action").notNull(),
    subjectId: ref("subject_id"),
    payload: jsonb("payload").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("decision_project_idx").on(t.projectId, t.id)],
);
