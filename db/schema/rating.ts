import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
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
import { generatorRevisions, images, seedSets } from "./generation";
import { pairs, promptSets } from "./mining";
import { accounts } from "./people";
import {
  gridState,
  levelSource,
  ratingMode,
  runPurpose,
  sittingState,
  verdictMethod,
  verdictValue,
} from "./pg-enums";
import { projects } from "./project";

const projectId = () =>
  ref("project_id")
    .notNull()
    .references(() => projects.id);

// The 20 images of one pair by one generator revision.
export const grids = pgTable(
  "grid",
  {
    id: id(),
    projectId: projectId(),
    pairId: ref("pair_id")
      .notNull()
      .references(() => pairs.id),
    generatorRevisionId: ref("generator_revision_id")
      .notNull()
      .references(() => generatorRevisions.id),
    promptSetId: ref("prompt_set_id")
      .notNull()
      .references(() => promptSets.id),
    seedSetId: ref("seed_set_id")
      .notNull()
      .references(() => seedSets.id),
    protocolVersion: integer("protocol_version").notNull().default(1),
    round: integer("round").notNull().default(1),
    purpose: runPurpose("purpose").notNull(),
    state: gridState("state").notNull().default("open"),
    priority: integer("priority").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    unique("grid_content_key").on(
      t.pairId,
      t.generatorRevisionId,
      t.promptSetId,
      t.seedSetId,
      t.protocolVersion,
      t.round,
    ),
    index("grid_project_idx").on(t.projectId, t.state),
    index("grid_revision_idx").on(t.generatorRevisionId),
    index("grid_prompt_set_idx").on(t.promptSetId),
    index("grid_seed_set_idx").on(t.seedSetId),
  ],
);

// The frozen list of what is judged: position = (row - 1) * 5 + column, columns are prompts, rows seeds.
export const gridImages = pgTable(
  "grid_image",
  {
    gridId: ref("grid_id")
      .notNull()
      .references(() => grids.id),
    position: integer("position").notNull(),
    imageId: ref("image_id")
      .notNull()
      .references(() => images.id),
  },
  (t) => [
    primaryKey({ columns: [t.gridId, t.position] }),
    unique("grid_image_grid_image_key").on(t.gridId, t.imageId),
    index("grid_image_image_idx").on(t.imageId),
  ],
);

// A seat is capacity: a grid that needs three raters has three rows, so the database itself
// cannot hand out a fourth. Who sits there is a sitting, which outlives its lease.
export const seats = pgTable(
  "seat",
  {
    id: id(),
    projectId: projectId(),
    gridId: ref("grid_id")
      .notNull()
      .references(() => grids.id),
    number: integer("number").notNull(),
    sittingId: ref("sitting_id").references((): AnyPgColumn => sittings.id),
    leasedUntil: at("leased_until"),
    completedAt: at("completed_at"),
  },
  (t) => [
    unique("seat_grid_number_key").on(t.gridId, t.number),
    unique("seat_sitting_key").on(t.sittingId),
    index("seat_open_idx").on(t.projectId, t.number).where(sql`${t.completedAt} is null`),
    check(
      "seat_completed_has_sitting",
      sql`${t.completedAt} is null or ${t.sittingId} is not null`,
    ),
  ],
);
export type Seat = typeof seats.$inferSelect;

export const sittings = pgTable(
  "sitting",
  {
    id: id(),
    projectId: projectId(),
    gridId: ref("grid_id")
      .notNull()
      .references(() => grids.id),
    raterId: ref("rater_id")
      .notNull()
      .references(() => accounts.id),
    occasion: integer("occasion").notNull().default(1),
    mode: ratingMode("mode").notNull().default("full"),
    state: sittingState("state").notNull().default("live"),
    reason: text("reason"),
    note: text("note"),
    orderSeed: integer("order_seed").notNull().default(0),
    guidelineVersion: integer("guideline_version").notNull().default(1),
    // Put behind the others by its rater with L; null when not.
    laterAt: at("later_at"),
    paintedAt: at("painted_at"),
    firstActionAt: at("first_action_at"),
    submittedAt: at("submitted_at"),
    activeMs: integer("active_ms"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("sitting_grid_rater_occasion_key").on(t.gridId, t.raterId, t.occasion),
    unique("sitting_id_grid_key").on(t.id, t.gridId),
    index("sitting_rater_idx").on(t.raterId, t.state),
    index("sitting_project_idx").on(t.projectId),
    check(
      "sitting_cannot_judge_has_reason",
      sql`${t.state} <> 'cannot_judge' or ${t.reason} is not null`,
    ),
    check(
      "sitting_submitted_has_time",
      sql`${t.state} <> 'submitted' or ${t.submittedAt} is not null`,
    ),
  ],
);

// Append only (trigger in the migrations). verdict null = taken back.
export const verdictEvents = pgTable(
  "verdict_event",
  {
    id: id(),
    sittingId: ref("sitting_id").notNull(),
    gridId: ref("grid_id").notNull(),
    imageId: ref("image_id").notNull(),
    verdict: verdictValue("verdict"),
    // {aSeen, bSeen, relation, latentSeen}: optional per-image detail.
    detail: jsonb("detail"),
    method: verdictMethod("method").notNull(),
    clientKey: ref("client_key").notNull(),
    clientSeq: integer("client_seq").notNull(),
    clientAt: at("client_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("verdict_event_sitting_client_key").on(t.sittingId, t.clientKey),
    unique("verdict_event_id_sitting_image_key").on(t.id, t.sittingId, t.imageId),
    foreignKey({
      name: "verdict_event_sitting_grid_fk",
      columns: [t.sittingId, t.gridId],
      foreignColumns: [sittings.id, sittings.gridId],
    }),
    foreignKey({
      name: "verdict_event_grid_image_fk",
      columns: [t.gridId, t.imageId],
      foreignColumns: [gridImages.gridId, gridImages.imageId],
    }),
    index("verdict_event_image_idx").on(t.gridId, t.imageId),
  ],
);

// The present state of each cell; a row goes when its verdict is taken back.
export const verdicts = pgTable(
  "verdict",
  {
    sittingId: ref("sitting_id")
      .notNull()
      .references(() => sittings.id),
    imageId: ref("image_id")
      .notNull()
      .references(() => images.id),
    verdict: verdictValue("verdict").notNull(),
    detail: jsonb("detail"),
    eventId: ref("event_id").notNull(),
    clientSeq: integer("client_seq").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sittingId, t.imageId] }),
    foreignKey({
      name: "verdict_event_fk",
      columns: [t.eventId, t.sittingId, t.imageId],
      foreignColumns: [verdictEvents.id, verdictEvents.sittingId, verdictEvents.imageId],
    }),
    index("verdict_image_idx").on(t.imageId),
  ],
);

export const levels = pgTable(
  "level",
  {
    id: id(),
    projectId: projectId(),
    gridId: ref("grid_id")
      .notNull()
      .references(() => grids.id),
    source: levelSource("source").notNull(),
    sittingId: ref("sitting_id").references(() => sittings.id),
    ruleVersion: integer("rule_version").notNull(),
    mode: ratingMode("mode").notNull(),
    correct: integer("correct").notNull(),
    rated: integer("rated").notNull(),
    level: integer("level"),
    low: real("low").notNull(),
    high: real("high").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("level_grid_source_sitting_rule_key")
      .on(t.gridId, t.source, t.sittingId, t.ruleVersion)
      .nullsNotDistinct(),
    index("level_project_idx").on(t.projectId),
    index("level_sitting_idx").on(t.sittingId),
    // What one person judged stands on that person's verdicts.
    check(
      "level_rater_has_sitting",
      sql`${t.source} not in ('rater', 'simulated') or ${t.sittingId} is not null`,
    ),
    check("level_counts", sql`${t.correct} between 0 and ${t.rated}`),
    // The rule of version 1, held by the database: 0 -> 5, 1-5 -> 4, 6-10 -> 3, 11-15 -> 2, 16-20 -> 1.
    check(
      "level_full_follows_rule",
      sql`${t.mode} <> 'full' or (${t.rated} = 20 and ${t.level} is not null and ${t.level} = 5 - ceil(least(${t.correct}, 20) / 5.0)::int)`,
    ),
    check(
      "level_screen_is_censored",
      sql`${t.mode} <> 'screen' or ${t.correct} = 0 or ${t.level} is null`,
    ),
  ],
);

export const guidelines = pgTable(
  "guideline",
  {
    id: id(),
    projectId: projectId(),
    version: integer("version").notNull(),
    text: text("text").notNull(),
    createdBy: ref("created_by").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (t) => [unique("guideline_project_version_key").on(t.projectId, t.version)],
);
