import { sql } from "drizzle-orm";
import { bit, customType, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt } from "../columns";
import { projectId } from "./project-id";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

// Every concept a project has named, for finding what looks or means alike. Never removed: pairs decide.
export const concepts = pgTable(
  "concept",
  {
    projectId: projectId(),
    key: text("key").notNull(),
    // As the comparison sees it: comparable words joined by single spaces.
    text: text("text").notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.key] })],
);

// What an embedder said of a concept, stored once: a cache and the log that a replay reads.
export const conceptVectors = pgTable(
  "concept_vector",
  {
    // Model and version; an endpoint's and the built-in one never meet.
    embedder: text("embedder").notNull(),
    key: text("key").notNull(),
    // Unit length, float32, little-endian.
    vector: bytes("vector").notNull(),
    // Locality-sensitive hashes: near neighbours share one with near certainty.
    bands: integer("bands").array().notNull(),
    // All the sides of all bands in a row, for telling how far apart two vectors are without reading them.
    sketch: bit("sketch", { dimensions: 1280 })
      .generatedAlwaysAs(sql`teacup_sketch(bands)`)
      .notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.embedder, t.key] })],
);
