import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref } from "../columns";
import { generatorRevisions, seedSets } from "./generation";
import { pairs } from "./mining";
import { accounts } from "./people";
import { gridState, ratingMode, runPurpose, sittingState } from "./pg-enums";
import { projectId } from "./project-id";
import { promptSets } from "./prompts";
import { images } from "./renders";

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
    // `screen`: rating stops at the first correct image; it can be completed to `full` later.
    mode: ratingMode("mode").notNull().default("full"),
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
    // What the rater saw in place of the missing concept, in their own words.
    seenInstead: text("seen_instead"),
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
    index("sitting_submitted_idx")
      .on(t.projectId, t.submittedAt)
      .where(sql`${t.state} = 'submitted'`),
    index("sitting_seen_idx").on(t.projectId).where(sql`${t.seenInstead} is not null`),
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
