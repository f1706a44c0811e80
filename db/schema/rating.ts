import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
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
import {
  gridLayout,
  gridState,
  ratingMode,
  runPurpose,
  seatKind,
  sittingKind,
  sittingState,
} from "./pg-enums";
import { projectId } from "./project-id";
import { promptSets } from "./prompts";
import { images } from "./renders";

// A time of rating under one set of rules; a closed one takes no verdict any more. Each project begins with number 1.
export const ratingRounds = pgTable(
  "rating_round",
  {
    projectId: projectId(),
    number: integer("number").notNull(),
    openedBy: ref("opened_by").references(() => accounts.id),
    openedAt: at("opened_at").notNull().defaultNow(),
    closedAt: at("closed_at"),
    closedBy: ref("closed_by").references(() => accounts.id),
    // Said to raters who come too late.
    closedReason: text("closed_reason"),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.number] }),
    check("rating_round_number", sql`${t.number} >= 1`),
    check(
      "rating_round_closed_has_reason",
      sql`(${t.closedAt} is null) = (${t.closedReason} is null)`,
    ),
  ],
);

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
    // How many independent raters it was planned for; later looks add seats, not to this.
    raters: integer("raters").notNull().default(1),
    layout: gridLayout("layout").notNull().default("columns"),
    // Counted by trigger (drizzle/0013): seats not completed, completed, and not completed and for whoever comes.
    seatsOpen: integer("seats_open").notNull().default(0),
    seatsDone: integer("seats_done").notNull().default(0),
    seatsFree: integer("seats_free").notNull().default(0),
    // The transaction in which it last came to stand further in front, or was free anew (drizzle/0021).
    offeredBy: bigint("offered_by", { mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({
      name: "grid_round_fk",
      columns: [t.projectId, t.round],
      foreignColumns: [ratingRounds.projectId, ratingRounds.number],
    }),
    check("grid_raters", sql`${t.raters} between 1 and 20`),
    unique("grid_content_key").on(
      t.pairId,
      t.generatorRevisionId,
      t.promptSetId,
      t.seedSetId,
      t.protocolVersion,
      t.round,
    ),
    index("grid_project_idx").on(t.projectId, t.state),
    // In the order in which grids are handed out.
    index("grid_claim_idx")
      .on(t.projectId, t.round, sql`(-${t.priority})`, t.seatsDone, t.id)
      .where(sql`${t.state} = 'open' and ${t.seatsFree} > 0`),
    index("grid_offered_idx")
      .on(t.projectId, t.round, t.offeredBy)
      .where(sql`${t.state} = 'open' and ${t.seatsFree} > 0`),
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
    kind: seatKind("kind").notNull().default("plan"),
    // Kept for one rater; null: for whoever comes.
    raterId: ref("rater_id").references(() => accounts.id),
    sittingId: ref("sitting_id").references((): AnyPgColumn => sittings.id),
    leasedUntil: at("leased_until"),
    completedAt: at("completed_at"),
  },
  (t) => [
    unique("seat_grid_number_key").on(t.gridId, t.number),
    unique("seat_sitting_key").on(t.sittingId),
    unique("seat_grid_rater_key").on(t.gridId, t.raterId),
    index("seat_kept_idx")
      .on(t.raterId)
      .where(sql`${t.raterId} is not null and ${t.completedAt} is null`),
    // Who sits somewhere at the moment: few, however many seats there are.
    index("seat_leased_idx")
      .on(t.projectId, t.leasedUntil)
      .where(sql`${t.leasedUntil} is not null and ${t.completedAt} is null`),
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
    kind: sittingKind("kind").notNull().default("seat"),
    // Submitted after its seat had gone to another: kept, and counted for nothing but overlap.
    isExtra: boolean("is_extra").notNull().default(false),
    mode: ratingMode("mode").notNull().default("full"),
    state: sittingState("state").notNull().default("live"),
    reason: text("reason"),
    note: text("note"),
    // The rater found that the guidelines do not say what to do here.
    isGuidelineGap: boolean("is_guideline_gap").notNull().default(false),
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
    // On the rater's own clock; submitted_at is the database's.
    clientSubmittedAt: at("client_submitted_at"),
    // Goes up with each batch of verdicts: a second window that did not see them is told so.
    version: integer("version").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    unique("sitting_grid_rater_occasion_key").on(t.gridId, t.raterId, t.occasion),
    unique("sitting_id_grid_key").on(t.id, t.gridId),
    index("sitting_rater_idx").on(t.raterId, t.state),
    index("sitting_project_idx").on(t.projectId),
    // A rater's own, newest first: done list, pace, what may be repeated.
    index("sitting_done_idx")
      .on(t.projectId, t.raterId, t.submittedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${t.state} = 'submitted'`),
    index("sitting_submitted_idx")
      .on(t.projectId, t.submittedAt)
      .where(sql`${t.state} = 'submitted'`),
    index("sitting_seen_idx").on(t.projectId).where(sql`${t.seenInstead} is not null`),
    check(
      "sitting_cannot_judge_has_reason",
      sql`${t.state} <> 'cannot_judge' or ${t.reason} is not null`,
    ),
    check("sitting_repeat_is_later", sql`(${t.kind} = 'repeat') = (${t.occasion} > 1)`),
    check("sitting_active_ms", sql`${t.activeMs} >= 0`),
    check(
      "sitting_submitted_has_time",
      sql`${t.state} <> 'submitted' or ${t.submittedAt} is not null`,
    ),
  ],
);
