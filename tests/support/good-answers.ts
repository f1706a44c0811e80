export type Asked = { messages: { role: string; content: string }[]; model: string };

// Concrete things that no rule confuses: every pair of them is new, and no word is another's plural.
const THINGS = ["amber", "birch", "copper", "delta", "ember", "fjord", "garnet", "heron", "iris"];
const KINDS = [
  "lamp",
  "ladder",
  "kettle",
  "drum",
  "anchor",
  "basket",
  "candle",
  "mirror",
  "saddle",
];
const thing = (index: number) =>
  `${THINGS[index % THINGS.length]} ${KINDS[Math.floor(index / THINGS.length) % KINDS.length]}`;

const count = (asked: Asked, noun: string): number =>
  Number(new RegExp(`exactly (\\d+) (?:new |different )?${noun}`).exec(question(asked))?.[1] ?? 0);
const question = (asked: Asked): string => asked.messages[1]?.content ?? "";
export const dataOf = (asked: Asked) =>
  JSON.parse(/<data>\n([\s\S]*?)\n<\/data>/.exec(question(asked))![1]!);

export const pairsAnswer = (asked: Asked, prefix = "thing", less = 0) => ({
  pairs: Array.from({ length: Math.max(1, count(asked, "new pairs") - less) }, (_, index) => ({
    a: `${prefix} ${THINGS[index % 8]} ${Math.floor(index / 8)}`,
    b: `holder ${THINGS[(index + 3) % 8]}`,
    latent: `usual ${THINGS[index % 8]}`,
    reason: "They are nearly always seen apart.",
  })),
});

/** Good prompts for the pair that the question is about. */
const promptsAnswer = (asked: Asked) => {
  const { a, b } = dataOf(asked);
  const core = `${a} with ${b}`;
  const tails = ["", " at dawn", " at dawn on a table", " at dawn on a wooden table outdoors"];
  const all = [...tails, " at dawn on a wooden table outdoors under a wide bright sky"];
  return { prompts: all.map((tail) => core + tail) };
};

const examples = (from: number) =>
  [0, 1, 2].map((index) => ({
    a: thing(from + index),
    b: thing(from + index + 40),
    latent: `usual ${thing(from + index)}`,
  }));

/** New names, whatever the project has named already. */
const patternsAnswer = (asked: Asked, n: number) => {
  const taken: string[] = dataOf(asked).names_in_use;
  const free = Array.from({ length: n + taken.length }, (_, index) => thing(index))
    .map((name) => `Wrong place for a ${name}`)
    .filter((name) => !taken.includes(name));
  return {
    patterns: free.slice(0, n).map((name, index) => ({
      name,
      definition: "A is a small thing, B is where nobody keeps it; its usual place is drawn.",
      category: index % 3 === 2 ? "traditional" : "lcmis",
      difference: "Its things are kept, not eaten or worn.",
      examples: examples(taken.length + index),
    })),
  };
};

const namesAnswer = (asked: Asked) => {
  const { pairs, names_in_use } = dataOf(asked) as { pairs: object[]; names_in_use: string[] };
  const name = `Things out of place ${names_in_use.length + 1}`;
  const definition = "A is seen where B never is; A's usual place is drawn.";
  const numbers = pairs.map((_, index) => index + 1);
  return { patterns: [{ name, definition, category: "lcmis", pairs: numbers }] };
};

const setsAnswer = (asked: Asked) => {
  const n = count(asked, "concepts");
  const set = (from: number) => Array.from({ length: n }, (_, index) => thing(from + index));
  return { a: set(0), b: set(40) };
};

const phrasesAnswer = (asked: Asked) => {
  const { a, b, prompts } = dataOf(asked) as { a: string; b: string; prompts: string[] };
  const found = (phrase: string, score: number) => ({ phrase, score });
  return { prompts: prompts.map(() => ({ a: found(a, 2), b: found(b, 0.5) })) };
};

const rewordAnswer = (asked: Asked) => {
  const { a, b, prompts } = dataOf(asked) as { a: string; b: string; prompts: string[] };
  return { prompts: prompts.map((_, i) => `A close view, number ${i + 1}: ${a} and ${b}`) };
};

// Told apart by the sentence that only this question holds.
const ANSWERS: [sign: string, answer: (asked: Asked) => unknown][] = [
  ["different prompts", promptsAnswer],
  ["new pairs of this pattern", (asked) => pairsAnswer(asked)],
  ["Name the patterns behind these pairs", namesAnswer],
  ["Name the one concrete thing C", () => ({ latent: "its usual place", reason: "Habit." })],
  ["should be drawn first", () => ({ first: "b", reason: "It is easily lost." })],
  [
    "Describe A alone",
    () => ({ a: "shiny round object on legs", b: "soft grey shape with stripes" }),
  ],
  ["give the phrase and the score", phrasesAnswer],
  ["Rewrite each of the", rewordAnswer],
  [
    "new patterns that none of these covers",
    (asked) => patternsAnswer(asked, count(asked, "new patterns")),
  ],
  ["can be the A of this pattern", setsAnswer],
  ["Cross these two patterns", (asked) => patternsAnswer(asked, 2)],
];

/** What a capable LLM would say to any of our questions, equal for equal questions. */
export function goodAnswer(asked: Asked): unknown {
  const known = ANSWERS.find(([sign]) => question(asked).includes(sign));
  if (!known) throw new Error(`No good answer is known to: ${question(asked)}`);
  return known[1](asked);
}
