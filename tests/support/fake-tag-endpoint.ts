import { type Tag, TagInput } from "@/gpu-bridge/contract/tag-schemas";
import { type Answer, startFakeJudge } from "./fake-judge-endpoint";

export type TagStep =
  | "good"
  | "busy"
  | "one-image-short"
  | "unasked"
  | "no-png"
  | "twice"
  | "refused"
  | "hangs";
export type FakeTagEndpoint = Awaited<ReturnType<typeof startFakeTagEndpoint>>;

// 16 x 16 pixels, all white.
export const MASK =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQAAAAA3iMLMAAAADklEQVR42mP4/5+BFAQA/U4f4d7IdZcAAAAASUVORK5CYII=";

/** Speaks the tag contract, and misbehaves by script. Out of script it finds every phrase in every image, but for `missing`. */
export async function startFakeTagEndpoint() {
  const fake = {
    weightsHash: "f".repeat(64),
    missing: [] as string[],
    calls: [] as TagInput[],
    steps: [] as TagStep[],
  };
  const part = (name: string) => ({ name, version: "1", title: name });
  const server = await startFakeJudge({
    input: TagInput,
    about: () => ({ detector: part("grounding-dino"), segmenter: part("sam") }),
    answer: (asked) => answer(fake, asked),
  });
  return { ...server, fake };
}

type Fake = { weightsHash: string; missing: string[]; calls: TagInput[]; steps: TagStep[] };

function answer(fake: Fake, asked: TagInput): Answer {
  fake.calls.push(asked);
  const step = fake.steps.shift() ?? "good";
  if (step === "hangs" || step === "busy") return step;
  if (step === "refused") return { refused: "permanent: no detector is loaded" };
  return { output: outputOf(fake, asked, step) };
}

function outputOf({ weightsHash, missing }: Fake, { images, phrases }: TagInput, step: TagStep) {
  const tool = (name: string) => ({
    name,
    version: "1",
    settings: { threshold: 0.3 },
    model: { name, revision: "local", weights_hash: weightsHash },
  });
  const tag = (phrase: string): Tag => ({
    phrase: step === "unasked" ? "dog" : phrase,
    score: 0.75,
    boxes: [[0, 0, 16, 16]],
    mask: step === "no-png" ? "data:text/html,no" : MASK,
  });
  const found = phrases.filter((phrase) => !missing.includes(phrase)).map(tag);
  const tags = step === "twice" ? [...found, ...found] : found;
  const shown = step === "one-image-short" ? images.slice(1) : images;
  return {
    images: shown.map(() => ({ tags })),
    detector: tool("grounding-dino"),
    segmenter: tool("sam"),
    timings: { tag: 0.01 },
  };
}
