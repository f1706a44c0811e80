import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
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
import { adjudicationReason, goldUse, judge, verdictValue } from "./pg-enums";
import { projectId } from "./project-id";
import { gridImages, grids } from "./rating";

// What raters read; sittings name the version they were done under.
export const guidelines = pgTable(
  "guideline",
  {
    id: id(),
    projectId: projectId(),
    version: integer("version").notNull(),
    text: text("text").notNull(),
    // [{imageId, verdict, caption}], shown beside the text.
    examples: jsonb("examples").notNull().default([]),
    createdBy: ref("created_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [unique("guideline_project_version_key").on(t.projectId, t.version)],
);

// What the raters of a grid say together, anew after each of them; the Level itself is in `level`.
export const consensuses = pgTable(
  "consensus",
  {
    gridId: ref("grid_id")
      .notNull()
      .references(() => grids.id),
    judge: judge("judge").notNull(),
    projectId: projectId(),
    ruleVersion: integer("rule_version").notNull(),
    // Completed seats that were counted.
    raters: integer("raters").notNull(),
    // Images by where their verdict comes from; the four add up to what the grid shows.
    unanimous: integer("unanimous").notNull(),
    majority: integer("majority").notNull(),
    adjudicated: integer("adjudicated").notNull(),
    open: integer("open").notNull(),
    // Share of rater pairs that differ, averaged over the images; null for a single rater.
    disagreement: real("disagreement"),
    // One vote more could change the Level.
    isBoundary: boolean("is_boundary").notNull(),
    // Of the first look and of the second one, where there was an audit.
    firstLevel: integer("first_level"),
    auditedLevel: integer("audited_level"),
    at: at("at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.gridId, t.judge] }),
    index("consensus_open_idx").on(t.projectId, t.disagreement).where(sql`${t.open} > 0`),
    index("consensus_boundary_idx").on(t.projectId).where(sql`${t.isBoundary}`),
    check("consensus_raters", sql`${t.raters} >= 1`),
    check("consensus_disagreement", sql`${t.disagreement} between 0 and 1`),
  ],
);

// The last word on one image, by a person who saw all votes.
export const adjudications = pgTable(
  "adjudication",
  {
    gridId: ref("grid_id").notNull(),
    imageId: ref("image_id").notNull(),
    projectId: projectId(),
    verdict: verdictValue("verdict").notNull(),
    reason: adjudicationReason("reason").notNull(),
    note: text("note"),
    isGuidelineGap: boolean("is_guideline_gap").notNull().default(false),
    adjudicatedBy: ref("adjudicated_by")
      .notNull()
      .references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.gridId, t.imageId] }),
    foreignKey({
      name: "adjudication_grid_image_fk",
      columns: [t.gridId, t.imageId],
      foreignColumns: [gridImages.gridId, gridImages.imageId],
    }),
    index("adjudication_by_idx").on(t.adjudicatedBy),
    index("adjudication_project_idx").on(t.projectId),
    check("adjudication_decides", sql`${t.verdict} in ('correct', 'incorrect')`),
    check("adjudication_other_has_note", sql`${t.reason} <> 'other' or ${t.note} is not null`),
  ],
);

// A grid whose right answers are known: measures raters in silence, or teaches them.
export const goldGrids = pgTable(
  "gold_grid",
  {
    gridId: ref("grid_id")
      .primaryKey()
      .references(() => grids.id),
    projectId: projectId(),
    use: goldUse("use").notNull(),
    createdBy: ref("created_by")
      .notNull()
      .references(() => accounts.id),
    createdAt: createdAt(),
    // No longer handed out; what was rated stays.
    retiredAt: at("retired_at"),
  },
  (t) => [index("gold_grid_project_idx").on(t.projectId, t.use)],
);

export const goldVerdicts = pgTable(
  "gold_verdict",
  {
    gridId: ref("grid_id")
      .notNull()
      .references(() => goldGrids.gridId),
    imageId: ref("image_id").notNull(),
    verdict: verdictValue("verdict").notNull(),
    // Told in training.
    explanation: text("explanation"),
  },
  (t) => [
    primaryKey({ columns: [t.gridId, t.imageId] }),
    foreignKey({
      name: "gold_verdict_grid_image_fk",
      columns: [t.gridId, t.imageId],
      foreignColumns: [gridImages.gridId, gridImages.imageId],
    }),
    check("gold_verdict_decides", sql`${t.verdict} in ('correct', 'incorrect')`),
  ],
);
