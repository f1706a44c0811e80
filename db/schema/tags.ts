import { sql } from "drizzle-orm";
import { check, doublePrecision, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, ref, sha256Column } from "../columns";
import { projectId } from "./project-id";
import { images } from "./renders";
import { judgeTasks } from "./scores";

// What said where things stand: a detector and a segmenter, with their weights and every setting. Another of any is another tagger.
export const taggers = pgTable(
  "tagger",
  {
    id: id(),
    projectId: projectId(),
    // The detector's beside the segmenter's.
    weightsHash: text("weights_hash").notNull(),
    // Name, version, settings and model of each (shown, never queried).
    detector: jsonb("detector").notNull(),
    segmenter: jsonb("segmenter").notNull(),
    contentHash: sha256Column("content_hash").notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("tagger_content_key").on(t.projectId, t.contentHash)],
);

// A phrase that was found in an image. One that was looked for and has no row was not found.
export const tags = pgTable(
  "tag",
  {
    id: id(),
    projectId: projectId(),
    taskId: ref("task_id")
      .notNull()
      .references(() => judgeTasks.id),
    imageId: ref("image_id")
      .notNull()
      .references(() => images.id),
    taggerId: ref("tagger_id")
      .notNull()
      .references(() => taggers.id),
    phrase: text("phrase").notNull(),
    // Of its best box, as the detector reckons it.
    score: doublePrecision("score").notNull(),
    // Left, top, right, bottom, in pixels, the best one first.
    boxes: jsonb("boxes").notNull(),
    // A PNG as a data URL, as the contract has it: white where the thing is.
    mask: text("mask").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("tag_found_key").on(t.taskId, t.imageId, t.phrase),
    index("tag_image_idx").on(t.imageId),
    index("tag_tagger_idx").on(t.taggerId),
    index("tag_project_idx").on(t.projectId),
    check("tag_score_is_share", sql`${t.score} between 0 and 1`),
  ],
);
