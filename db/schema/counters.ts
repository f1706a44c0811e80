import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { at, ref } from "../columns";
import { generatorRevisions } from "./generation";
import { pairs, patterns } from "./mining";
import { projectId } from "./project-id";

// Counters, kept by triggers (drizzle/0003) and compared with a recount by a sweep.
export const pairCounts = pgTable(
  "pair_count",
  {
    projectId: projectId(),
    patternId: ref("pattern_id")
      .notNull()
      .references(() => patterns.id),
    phase: integer("phase").notNull(),
    origin: text("origin").notNull(),
    state: text("state").notNull(),
    // '' when the pair has none.
    stage: text("stage").notNull(),
    pairs: integer("pairs").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patternId, t.phase, t.origin, t.state, t.stage] }),
    index("pair_count_project_idx").on(t.projectId),
    check("pair_count_pairs", sql`${t.pairs} >= 0`),
  ],
);

// The Level of record of (pair, generator revision, judge), as the view level_of_record chooses it (drizzle/0011).
export const pairLevels = pgTable(
  "pair_level",
  {
    pairId: ref("pair_id")
      .notNull()
      .references(() => pairs.id),
    generatorRevisionId: ref("generator_revision_id")
      .notNull()
      .references(() => generatorRevisions.id),
    // Who judged: 'human', 'simulated' or 'automatic'; never mixed.
    judge: text("judge").notNull(),
    projectId: projectId(),
    patternId: ref("pattern_id").notNull(),
    phase: integer("phase").notNull(),
    levelId: ref("level_id").notNull(),
    gridId: ref("grid_id").notNull(),
    mode: text("mode").notNull(),
    // null: censored, at most 4.
    level: integer("level"),
    correct: integer("correct").notNull(),
    rated: integer("rated").notNull(),
    // Level 5 although A or B alone cannot be drawn; null while a capability is unknown.
    isTrivial: boolean("is_trivial"),
    at: at("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.pairId, t.generatorRevisionId, t.judge] }),
    index("pair_level_project_idx").on(t.projectId, t.generatorRevisionId, t.judge, t.level, t.at),
    // The newest finds of each phase: Level 5, and not because a concept cannot be drawn at all.
    index("pair_level_finds_idx")
      .on(t.projectId, t.generatorRevisionId, t.judge, t.phase, t.at)
      .where(sql`${t.level} = 5 and ${t.isTrivial} is not true`),
    index("pair_level_pattern_idx").on(t.patternId, t.generatorRevisionId, t.judge),
  ],
);

export const levelCounts = pgTable(
  "level_count",
  {
    projectId: projectId(),
    patternId: ref("pattern_id").notNull(),
    phase: integer("phase").notNull(),
    generatorRevisionId: ref("generator_revision_id").notNull(),
    judge: text("judge").notNull(),
    mode: text("mode").notNull(),
    // 0: censored.
    level: integer("level").notNull(),
    // 'yes', 'no', 'unknown'.
    trivial: text("trivial").notNull(),
    pairs: integer("pairs").notNull(),
  },
  (t) => [
    primaryKey({
      columns: [t.patternId, t.phase, t.generatorRevisionId, t.judge, t.mode, t.level, t.trivial],
    }),
    index("level_count_project_idx").on(t.projectId, t.generatorRevisionId, t.judge),
    check("level_count_pairs", sql`${t.pairs} >= 0`),
  ],
);

const counted = () => ({
  round: integer("round").notNull(),
  // null: of the round itself, its grids and seats.
  raterId: ref("rater_id"),
  field: text("field").notNull(),
  n: bigint("n", { mode: "number" }).notNull(),
});

// How far a round of rating is, and each rater in it (fields: drizzle/0013).
export const ratingCounts = pgTable(
  "rating_count",
  { projectId: projectId(), ...counted() },
  (t) => [
    unique("rating_count_key").on(t.projectId, t.round, t.raterId, t.field).nullsNotDistinct(),
    index("rating_count_rater_idx").on(t.projectId, t.raterId),
  ],
);

// What a transaction changes in rating_count, until it folds it in at its end: empty for everybody else.
export const ratingDeltas = pgTable("rating_delta", {
  projectId: ref("project_id").notNull(),
  ...counted(),
});
