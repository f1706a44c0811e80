import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { at, id } from "../columns";
import { projectId } from "./project-id";

// The figures of a page as the worker last reckoned them, one row for each set of filters somebody looked at.
const keptFigures = (name: string) =>
  pgTable(
    name,
    {
      id: id(),
      projectId: projectId(),
      // The filters as JSON, always written the same way.
      asked: text("asked").notNull(),
      figures: jsonb("figures"),
      // What stood when they were reckoned: anything else now, and they are of the past.
      basis: text("basis"),
      reckonedAt: at("reckoned_at"),
      // A job reckons them anew; null when none does.
      wantedAt: at("wanted_at"),
    },
    (t) => [
      unique(`${name}_asked_key`).on(t.projectId, t.asked),
      check(
        `${name}_has_basis`,
        sql`(${t.figures} is null) = (${t.basis} is null) and (${t.figures} is null) = (${t.reckonedAt} is null)`,
      ),
    ],
  );

export const agreementFigures = keptFigures("agreement_figure");
export const metricFigures = keptFigures("metric_figure");
