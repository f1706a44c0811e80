import { z } from "zod";
import { drawNormal } from "@/server/mining/domain/allocation/draw-beta";
import { seededDraws } from "@/server/mining/domain/random";
import data from "../data/co-occurrence.json";

export const CoOccurrence = z.object({
  /** Content, host, how often they were seen together. */
  counts: z.record(z.string(), z.record(z.string(), z.number().int().min(0))),
});
export type CoOccurrence = z.infer<typeof CoOccurrence>;

/** What the scripted LLM believes of how often two concepts meet, in logarithms. */
export type Knowledge = (content: string, host: string) => number;

export const coOccurrence = (): CoOccurrence => CoOccurrence.parse(data);

/** The logarithms of the table, each off by Gaussian noise of one standard deviation of the table. */
export function noisyKnowledge({ counts }: CoOccurrence, seed: number): Knowledge {
  const logs = Object.values(counts).flatMap((row) => Object.values(row).map(Math.log1p));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const spread = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
  const draw = seededDraws(seed);
  const believed = new Map(
    Object.entries(counts).flatMap(([content, row]) =>
      Object.entries(row).map(
        ([host, count]) =>
          [`${content}|${host}`, Math.log1p(count) + spread * drawNormal(draw)] as const,
      ),
    ),
  );
  return (content, host) => believed.get(`${content}|${host}`) ?? 0;
}
