import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref } from "../columns";
import { generatorRevisions } from "./generation";
import { pairs, patterns } from "./mining";
import { accounts } from "./people";
import { budgetKind, judge, phaseState, quickLookKind, quickLookState, waitKind } from "./pg-enums";
import { projectId } from "./project-id";
import { exchanges } from "./prompts";
import { renders } from "./renders";

// The four phases of a project. Phases 3 and 4 stand open only by a person's name.
export const phases = pgTable(
  "phase",
  {
    id: id(),
    projectId: projectId(),
    number: integer("number").notNull(),
    state: phaseState("state").notNull(),
    // Why it is offered or paused, in a sentence.
    reason: text("reason"),
    openedBy: ref("opened_by").references(() => accounts.id),
    openedAt: at("opened_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("phase_project_number_key").on(t.projectId, t.number),
    check("phase_number_known", sql`${t.number} between 1 and 4`),
    check(
      "phase_later_opened_by_person",
      sql`${t.number} < 3 or ${t.state} in ('closed', 'offered') or ${t.openedBy} is not null`,
    ),
  ],
);

// A person is waited for. No job stays active meanwhile; ending the row enqueues what comes next.
export const waiting = pgTable(
  "waiting",
  {
    id: id(),
    projectId: projectId(),
    kind: waitKind("kind").notNull(),
    patternId: ref("pattern_id").references(() => patterns.id),
    /** Which budget stops the work; of `kind` budget alone. */
    budget: budgetKind("budget"),
    reason: text("reason").notNull(),
    createdAt: createdAt(),
    endedAt: at("ended_at"),
    endedBy: ref("ended_by").references(() => accounts.id),
  },
  (t) => [
    uniqueIndex("waiting_open_key")
      .on(
        t.projectId,
        t.kind,
        sql`coalesce(${t.patternId}, ${t.projectId})`,
        sql`coalesce(${t.budget}, 'tokens'::budget_kind)`,
      )
      .where(sql`${t.endedAt} is null`),
    index("waiting_pattern_idx").on(t.patternId),
    check("waiting_budget_is_named", sql`(${t.kind} = 'budget') = (${t.budget} is not null)`),
  ],
);

// Two sets of concepts for one pattern; a person picks the combinations.
export const conceptSets = pgTable(
  "concept_set",
  {
    id: id(),
    projectId: projectId(),
    patternId: ref("pattern_id")
      .notNull()
      .references(() => patterns.id),
    number: integer("number").notNull(),
    conceptsA: text("concepts_a").array().notNull(),
    conceptsB: text("concepts_b").array().notNull(),
    exchangeId: ref("exchange_id").references(() => exchanges.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique("concept_set_pattern_number_key").on(t.patternId, t.number),
    index("concept_set_exchange_idx").on(t.exchangeId),
  ],
);

// Four images of "A, B" or twenty of one concept, judged at a glance: is this pair plainly fine, can the
// generator draw this concept at all?
export const quickLooks = pgTable(
  "quick_look",
  {
    id: id(),
    projectId: projectId(),
    kind: quickLookKind("kind").notNull(),
    generatorRevisionId: ref("generator_revision_id")
      .notNull()
      .references(() => generatorRevisions.id),
    pairId: ref("pair_id").references(() => pairs.id),
    conceptKey: text("concept_key"),
    concept: text("concept"),
    renderId: ref("render_id")
      .notNull()
      .references(() => renders.id),
    state: quickLookState("state").notNull().default("drawing"),
    reason: text("reason"),
    // Of how many images; correct counts those that show what was asked for.
    rated: integer("rated"),
    correct: integer("correct"),
    judge: judge("judge"),
    judgedBy: ref("judged_by").references(() => accounts.id),
    judgedAt: at("judged_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("quick_look_subject_key")
      .on(t.generatorRevisionId, t.kind, t.pairId, t.conceptKey)
      .nullsNotDistinct(),
    index("quick_look_project_idx").on(t.projectId, t.state, t.id),
    index("quick_look_pair_idx").on(t.pairId),
    index("quick_look_render_idx").on(t.renderId),
    index("quick_look_concept_idx").on(t.projectId, t.conceptKey),
    check(
      "quick_look_has_subject",
      sql`(${t.kind} = 'precheck') = (${t.pairId} is not null) and (${t.kind} = 'capability') = (${t.conceptKey} is not null and ${t.concept} is not null)`,
    ),
    check(
      "quick_look_judged_whole",
      sql`(${t.state} = 'judged') = (${t.correct} is not null and ${t.rated} is not null and ${t.judge} is not null)`,
    ),
    check("quick_look_counts", sql`${t.correct} between 0 and ${t.rated}`),
  ],
);

// What a long import, a re-test or a bulk action tells of itself is shown by its own table; this holds draws
// of the allocator: which arm was suggested, by which seed, and what the person did.
export const allocations = pgTable(
  "allocation",
  {
    id: id(),
    projectId: projectId(),
    seed: integer("seed").notNull(),
    // [{patternId, strategy, share, draw, reason}], as it was shown.
    suggestions: jsonb("suggestions").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("allocation_project_idx").on(t.projectId, t.id)],
);
