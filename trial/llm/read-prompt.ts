import { z } from "zod";

const Pair = z.object({ a: z.string(), b: z.string() });
const Data = z.object({
  pattern: z.object({ name: z.string() }),
  examples: z.array(Pair),
  turned_down: z.array(Pair),
});

export type ReadPrompt = {
  pattern: string;
  examples: z.infer<typeof Pair>[];
  turnedDown: z.infer<typeof Pair>[];
  n: number;
};

/** All that the scripted LLM learns of a project is what stands in the product's own messages. */
export function readPrompt(messages: readonly { content: string }[]): ReadPrompt {
  const text = messages.at(-1)?.content ?? "";
  const [, json] = /<data>\n([\s\S]*)\n<\/data>/.exec(text) ?? [];
  const [, n] = /exactly (\d+) new pairs/.exec(text) ?? [];
  if (!json || !n) throw new Error("The message asks for no new pairs");
  const { pattern, examples, turned_down } = Data.parse(JSON.parse(json));
  return { pattern: pattern.name, examples, turnedDown: turned_down, n: Number(n) };
}
