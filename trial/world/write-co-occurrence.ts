import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readWorld } from "@/gpu-bridge/local/read-world";
import { makeCoOccurrence } from "./make-co-occurrence";

// Only when the world itself changes: a test holds the file and what this makes together.
const file = join(import.meta.dirname, "../data/co-occurrence.json");
writeFileSync(file, `${JSON.stringify(makeCoOccurrence(readWorld()), null, 2)}\n`);
