import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  unique,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref } from "../columns";
import { levelSource, ratingMode, verdictMethod, verdictValue } from "./pg-enums";
import { projectId } from "./project-id";
import { gridImages, grids, sittings } from "./rating";
import { images } from "./renders";

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
    index("verdict_detail_idx").on(t.sittingId).where(sql`${t.detail} is not null`),
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
      .on(t.gridId, t.source, t.sittingId, t.ruleVersion, t.mode)
      .nullsNotDistinct(),
    index("level_project_idx").on(t.projectId, t.createdAt),
    index("level_sitting_idx").on(t.sittingId),
    // What one person judged stands on that person's verdicts; what several did, on no single sitting.
    check("level_rater_has_sitting", sql`${t.source} <> 'rater' or ${t.sittingId} is not null`),
    check(
      "level_joint_has_no_sitting",
      sql`${t.source} not in ('consensus', 'adjudicated') or ${t.sittingId} is null`,
    ),
    check("level_counts", sql`${t.correct} between 0 and ${t.rated}`),
    // The rule of version 1, held by the database: 0 -> 5, 1-5 -> 4, 6-10 -> 3, 11-15 -> 2, 16-20 -> 1.
    check(
      "level_full_follows_rule",
      sql`${t.mode} <> 'full' or (${t.rated} = 20 and ${t.level} is not null and ${t.level} = 5 - ceil(least(${t.correct}, 20) / 5.0)::int)`,
    ),
    // A correct image ends it: the Level is at most 4, which is no number. None of 20 is Level 5, and nothing else is.
    check(
      "level_screen_is_censored",
      sql`${t.mode} <> 'screen' or (${t.correct} > 0 and ${t.level} is null) or (${t.correct} = 0 and ${t.rated} = 20 and ${t.level} is not distinct from 5)`,
    ),
  ],
);
