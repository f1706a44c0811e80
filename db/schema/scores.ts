import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref, sha256Column } from "../columns";
import { bridges, repairs, runs } from "./generation";
import { accounts } from "./people";
import { renderState, runState, scoreName } from "./pg-enums";
import { projectId } from "./project-id";
import { images, renders } from "./renders";

// What a person asked to have scored: the finished images of a run or of a comparison, by one endpoint.
export const scorings = pgTable(
  "scoring",
  {
    id: id(),
    projectId: projectId(),
    number: integer("number").notNull(),
    runId: ref("run_id").references(() => runs.id),
    repairId: ref("repair_id").references(() => repairs.id),
    endpointName: text("endpoint_name").notNull(),
    scorers: text("scorers").array().notNull(),
    state: runState("state").notNull().default("active"),
    startedBy: ref("started_by").references(() => accounts.id),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    unique("scoring_project_number_key").on(t.projectId, t.number),
    index("scoring_run_idx").on(t.runId),
    index("scoring_repair_idx").on(t.repairId),
    check("scoring_has_one_subject", sql`num_nonnulls(${t.runId}, ${t.repairId}) = 1`),
  ],
);

// The images of one render, for an endpoint that judges them: against their texts, or for where things stand in them. The row is
// queue and truth at once, like a render's: a bridge leases it.
export const judgeTasks = pgTable(
  "judge_task",
  {
    id: id(),
    projectId: projectId(),
    // The newest that asked for it; null: it asks for tags, which a method that draws twice waits for.
    scoringId: ref("scoring_id").references(() => scorings.id),
    renderId: ref("render_id")
      .notNull()
      .references(() => renders.id),
    endpointName: text("endpoint_name").notNull(),
    // Which scorer is asked about which texts, and what each text is; or which phrases are looked for.
    input: jsonb("input").notNull(),
    inputHash: sha256Column("input_hash").notNull(),
    state: renderState("state").notNull().default("queued"),
    attempt: integer("attempt").notNull().default(1),
    // Failures since a person last asked for it; five end it.
    failures: integer("failures").notNull().default(0),
    leaseToken: ref("lease_token"),
    leasedBy: ref("leased_by").references(() => bridges.id),
    leasedUntil: at("leased_until"),
    notBefore: at("not_before").notNull().defaultNow(),
    reason: text("reason"),
    timings: jsonb("timings"),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    unique("judge_task_input_key").on(t.renderId, t.endpointName, t.inputHash),
    index("judge_task_open_idx")
      .on(t.endpointName, t.notBefore, t.id)
      .where(sql`${t.state} in ('queued', 'leased')`),
    index("judge_task_scoring_idx").on(t.scoringId, t.state),
    index("judge_task_project_idx").on(t.projectId),
    index("judge_task_leased_by_idx").on(t.leasedBy),
    check(
      "judge_task_leased_whole",
      sql`(${t.state} = 'leased') = (${t.leaseToken} is not null and ${t.leasedUntil} is not null and ${t.leasedBy} is not null)`,
    ),
    check("judge_task_failed_has_reason", sql`${t.state} <> 'failed' or ${t.reason} is not null`),
  ],
);
export type JudgeTask = typeof judgeTasks.$inferSelect;

// What made a number: a model and every setting that changes its numbers. Another of either is another scorer.
export const scorers = pgTable(
  "scorer",
  {
    id: id(),
    projectId: projectId(),
    name: text("name").notNull(),
    version: text("version").notNull(),
    model: text("model").notNull(),
    modelRevision: text("model_revision").notNull(),
    weightsHash: text("weights_hash").notNull(),
    settings: jsonb("settings").notNull(),
    contentHash: sha256Column("content_hash").notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique("scorer_content_key").on(t.projectId, t.contentHash)],
);

export const scores = pgTable(
  "score",
  {
    id: id(),
    projectId: projectId(),
    imageId: ref("image_id")
      .notNull()
      .references(() => images.id),
    scorerId: ref("scorer_id")
      .notNull()
      .references(() => scorers.id),
    // What the text is to the image: its prompt, or one of its pair's concepts.
    name: scoreName("name").notNull(),
    text: text("text").notNull(),
    value: doublePrecision("value").notNull(),
    // The end of the text that the scorer did not read.
    unread: text("unread"),
    // The same scorer chose this image among others while it was drawn: it cannot judge it as well.
    steeredMethod: boolean("steered_method").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("score_image_key").on(t.imageId, t.text, t.scorerId, t.name),
    index("score_scorer_idx").on(t.scorerId, t.name),
    index("score_project_idx").on(t.projectId),
    check("score_is_number", sql`${t.value} > '-infinity' and ${t.value} < 'infinity'`),
  ],
);
