import { ScoreInput } from "@/gpu-bridge/contract/score-schemas";
import { type Answer, startFakeJudge } from "./fake-judge-endpoint";

/** What the fake says of one image and one text. */
export type NumberOf = (image: Buffer, text: string, scorer: string) => number;
/** By a scorer's name. */
type SettingsOf = (scorer: string) => Record<string, unknown>;
export type ScoreStep = "good" | "busy" | "one-image-short" | "not-a-number" | "refused" | "hangs";
export type FakeScoreEndpoint = Awaited<ReturnType<typeof startFakeScoreEndpoint>>;

/** Speaks the score contract, and misbehaves by script. Out of script it is good. */
export async function startFakeScoreEndpoint(
  scorers: readonly string[],
  numberOf: NumberOf = () => 0.5,
) {
  const fake = {
    scorers,
    /** The models that it judges unasked. */
    judges: [] as string[],
    numberOf,
    weightsHash: "f".repeat(64),
    settings: ((_: string) => ({ prefix: "A photo depicts " })) as SettingsOf,
    calls: [] as ScoreInput[],
    steps: [] as ScoreStep[],
  };
  const server = await startFakeJudge({
    input: ScoreInput,
    about: () => ({
      scorers: fake.scorers.map((name) => ({ name, version: "1" })),
      judges: fake.judges,
    }),
    answer: (asked) => answer(fake, asked),
  });
  return { ...server, fake };
}

type Fake = {
  numberOf: NumberOf;
  weightsHash: string;
  settings: SettingsOf;
  calls: ScoreInput[];
  steps: ScoreStep[];
};

function answer(fake: Fake, asked: ScoreInput): Answer {
  fake.calls.push(asked);
  const step = fake.steps.shift() ?? "good";
  if (step === "hangs" || step === "busy") return step;
  if (step === "refused") return { refused: "permanent: this endpoint has no such scorer" };
  return { output: outputOf(fake, asked, step) };
}

function outputOf(
  { numberOf, weightsHash, settings }: Fake,
  { images, scores }: ScoreInput,
  step: ScoreStep,
) {
  const seen = images.map((url) => Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
  const shown = step === "one-image-short" ? seen.slice(1) : seen;
  return {
    scores: scores.map(({ scorer, texts }) => ({
      scorer,
      version: "1",
      settings: settings(scorer),
      model: { name: "tiny", revision: "local", weights_hash: weightsHash },
      texts,
      values: shown.map((image) =>
        texts.map((said) => (step === "not-a-number" ? "NaN" : numberOf(image, said, scorer))),
      ),
      truncated: {},
    })),
    timings: { decode: 0.01 },
  };
}
