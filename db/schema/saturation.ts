import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, ref } from "../columns";
import { patterns } from "./mining";
import { projectId } from "./project-id";

// How often each key came back from one proposer of one pattern; repeats count, invalid proposals do not.
export const proposalTallies = pgTable(
  "proposal_tally",
  {
    projectId: projectId(),
    patternId: ref("pattern_id")
      .notNull()
      .references(() => patterns.id),
    proposer: text("proposer").notNull(),
    key: text("key").notNull(),
    times: integer("times").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patternId, t.proposer, t.key] }),
    check("proposal_tally_times", sql`${t.times} >= 1`),
  ],
);

// What proposal_tally sums up to, kept with it: what is exhausted is (pattern, proposer), never a pattern alone.
export const saturations = pgTable(
  "saturation",
  {
    projectId: projectId(),
    patternId: ref("pattern_id")
      .notNull()
      .references(() => patterns.id),
    proposer: text("proposer").notNull(),
    proposals: integer("proposals").notNull().default(0),
    distinct: integer("distinct").notNull().default(0),
    once: integer("once").notNull().default(0),
    twice: integer("twice").notNull().default(0),
    // Batches in a row whose upper bound of novelty was below the limit.
    dryBatches: integer("dry_batches").notNull().default(0),
    isDry: boolean("is_dry").notNull().default(false),
    // A re-test with other exemplars or temperature that was dry as well.
    isConfirmed: boolean("is_confirmed").notNull().default(false),
    reason: text("reason"),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.patternId, t.proposer] }),
    index("saturation_project_idx").on(t.projectId),
  ],
);
