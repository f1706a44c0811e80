import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, real, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, ref } from "../columns";
import { pairs, patterns } from "./mining";
import { accounts } from "./people";
import { exemplarMode, methodInputKind, methodInputSource } from "./pg-enums";
import { projectId } from "./project-id";
import { exchanges } from "./prompts";

// The researcher's own words to the proposer, for the project or one pattern; a change is a new version.
export const guidance = pgTable(
  "guidance",
  {
    id: id(),
    projectId: projectId(),
    patternId: ref("pattern_id").references(() => patterns.id),
    version: integer("version").notNull(),
    text: text("text").notNull(),
    createdBy: ref("created_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique("guidance_version_key").on(t.projectId, t.patternId, t.version).nullsNotDistinct(),
    index("guidance_pattern_idx").on(t.patternId),
  ],
);

// A pair that the proposer must or must not be shown as an example of its pattern.
export const exemplars = pgTable(
  "exemplar",
  {
    pairId: ref("pair_id")
      .primaryKey()
      .references(() => pairs.id),
    projectId: projectId(),
    mode: exemplarMode("mode"),
    weight: real("weight").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [check("exemplar_weight", sql`${t.weight} > 0 and ${t.weight} <= 10`)],
);

// Never updated: an edit is a new number.
export const methodInputs = pgTable(
  "method_input",
  {
    id: id(),
    projectId: projectId(),
    pairId: ref("pair_id")
      .notNull()
      .references(() => pairs.id),
    kind: methodInputKind("kind").notNull(),
    number: integer("number").notNull(),
    content: jsonb("content").notNull(),
    source: methodInputSource("source").notNull(),
    exchangeId: ref("exchange_id").references(() => exchanges.id),
    createdBy: ref("created_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique("method_input_pair_kind_number_key").on(t.pairId, t.kind, t.number),
    index("method_input_project_idx").on(t.projectId),
    index("method_input_exchange_idx").on(t.exchangeId),
  ],
);

// What others published or counted elsewhere; never mixed with `level`. Unknown stays null.
export const reportedLevels = pgTable(
  "reported_level",
  {
    id: id(),
    projectId: projectId(),
    pairId: ref("pair_id")
      .notNull()
      .references(() => pairs.id),
    generator: text("generator"),
    ratedOn: text("rated_on"),
    raters: text("raters"),
    level: integer("level"),
    correct: integer("correct"),
    rated: integer("rated"),
    sourceFile: text("source_file").notNull(),
    createdBy: ref("created_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [
    index("reported_level_pair_idx").on(t.pairId),
    index("reported_level_project_idx").on(t.projectId),
    check("reported_level_known", sql`${t.level} between 1 and 5`),
    check("reported_level_counts", sql`${t.correct} between 0 and ${t.rated}`),
  ],
);
