import { z } from "zod";

const Pair = z.object({ a: z.string(), b: z.string() });
const Data = z.object({
  pattern: z.object({ name: z.string() }),
  proven: z.array(Pair),
  drawn_well: z.array(Pair),
});

export type ReadPrompt = {
  pattern: string;
  proven: z.infer<typeof Pair>[];
  drawnWell: z.infer<typeof Pair>[];
  n: number;
};

/** All that the scripted LLM learns of a project is what stands in the product's own messages. */
export function readPrompt(messages: readonly { content: string }[]): ReadPrompt {
  const text = messages.at(-1)?.content ?? "";
  const [, json] = /<data>\n([\s\S]*)\n<\/data>/.exec(text) ?? [];
  const [, n] = /exactly (\d+) new pairs/.exec(text) ?? [];
  if (!json || !n) throw new Error("The message asks for no new pairs");
  const { pattern, proven, drawn_well } = Data.parse(JSON.parse(json));
  return { pattern: pattern.name, proven, drawnWell: drawn_well, n: Number(n) };
}
