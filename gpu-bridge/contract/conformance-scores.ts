import { type Check, described, healthy, runSuite, type Suite } from "./conformance";
import { call, expectThat } from "./conformance-call";
import { IMAGES } from "./conformance-images";
import {
  answersACrowd,
  type BadInput,
  failsForGood,
  outputOf,
  refusesEach,
} from "./conformance-predictions";
import { HealthCheck } from "./schemas";
import { ScoreDescription, type ScoreInput, ScoreOutput } from "./score-schemas";

/** `generator`: the address of one whose model it has to judge unasked. */
type Subject = { url: string; scorers: string[]; generator: string | undefined };

/** Runs the conformance suite against a live endpoint that scores; none of the checks throws. */
export function checkScorers(url: string, scorers: string[], generator?: string): Promise<Check[]> {
  const [at, drawnAt] = [url, generator].map((address) => address?.replace(/\/+$/, ""));
  return runSuite(SUITE, { url: at ?? url, scorers, generator: drawnAt });
}

const SUITE: Suite<Subject> = [
  ["GET /health-check says READY or BUSY", healthy],
  ["GET /openapi.json describes PUT /predictions/{id}", described],
  ["GET /openapi.json names the scorers, and the models it judges unasked", named],
  ["several scorers answer in one call: a number for each image and text", scores],
  ["the same images give the same numbers", repeats],
  ["an image's numbers do not depend on the images beside it", standsAlone],
  ["a text's numbers do not depend on the texts beside it", readsAlone],
  ["bad input is refused with 422 and a reason", refusesBadInput],
  ["a scorer that it does not have fails for good, in a sentence", refusesStrangers],
  [
    "above its capacity it answers 409 or 503, or waits",
    (subject) => answersACrowd(subject, asked(subject), ScoreOutput),
  ],
];

const TEXTS = ["a tea cup", "is there a red wall?"];

const asked = ({ scorers }: Subject, images = IMAGES, texts = TEXTS): ScoreInput => ({
  images,
  scores: scorers.map((scorer) => ({ scorer, texts })),
});

/** What a bridge reads wrong it leaves out without a word: here it is told. */
async function named({ url, scorers, generator }: Subject) {
  const { body } = await call(`${url}/openapi.json`);
  const described = ScoreDescription.safeParse(body);
  const place = described.error?.issues[0]?.path.join(".") ?? "";
  const isOfJudges = place.startsWith("x-teacup.judges");
  expectThat(described.success, `${place} is wrong: ${isOfJudges ? MEND_JUDGES : MEND_SCORERS}`);
  const { scorers: told, judges = [] } = described.data["x-teacup"];
  const missing = scorers.find((scorer) => !told.some(({ name }) => name === scorer));
  expectThat(missing === undefined, `x-teacup.scorers lacks ${missing}: ${MEND_SCORERS}`);
  if (generator) await judgesWhatIsDrawnAt(generator, judges);
  return judges.length ? `judges ${judges.join(", ")}` : "judges nothing unasked";
}

async function judgesWhatIsDrawnAt(url: string, judges: readonly string[]) {
  const { body } = await call(`${url}/health-check`);
  const model = HealthCheck.safeParse(body).data?.endpoint?.model.name;
  const otherwise = `the health check of ${url} names no model: compare judges with model.name of an answer`;
  expectThat(model !== undefined, otherwise);
  const told = judges.length ? judges.join(", ") : "none";
  const mend = `add "${model}", as ${url} names its model`;
  expectThat(judges.includes(model), `x-teacup.judges names ${told}: ${mend}`);
}

const MEND_SCORERS =
  'name each scorer there, as [{"name": "clipscore"}], 1 to 64 of them, or nobody can ask for it';
const MEND_JUDGES =
  "give up to 64 names of 1 to 200 characters, each the model.name of a render's answer, or leave judges out; like this no run is scored by itself";

async function valuesOf(subject: Subject, input = asked(subject)): Promise<number[][][]> {
  const { scores: answers } = ScoreOutput.parse(await outputOf(subject, input));
  const names = answers.map(({ scorer }) => scorer).join();
  expectThat(names === subject.scorers.join(), `the scorers came back as ${names}`);
  for (const { scorer, values } of answers) {
    const fits = values.length === input.images.length;
    const texts = input.scores[0]?.texts.length;
    expectThat(fits && values.every((row) => row.length === texts), `${scorer} missed some`);
  }
  return answers.map(({ values }) => values);
}

async function scores(subject: Subject) {
  const [first] = await valuesOf(subject);
  return `${subject.scorers[0]}: ${first?.[0]?.[0]?.toFixed(3)}`;
}

async function repeats(subject: Subject) {
  const [first, second] = [await valuesOf(subject), await valuesOf(subject)];
  expectThat(same(first, second), "two equal requests gave different numbers");
  return undefined;
}

async function standsAlone(subject: Subject) {
  const both = await valuesOf(subject);
  const alone = await valuesOf(subject, asked(subject, IMAGES.slice(1)));
  const rows = both.map((values) => values.slice(1));
  expectThat(same(rows, alone), "the second image alone has other numbers");
  return undefined;
}

async function readsAlone(subject: Subject) {
  const both = await valuesOf(subject);
  const alone = await valuesOf(subject, asked(subject, IMAGES, TEXTS.slice(1)));
  const columns = both.map((values) => values.map((row) => row.slice(1)));
  expectThat(same(columns, alone), "the second text alone has other numbers");
  return undefined;
}

async function refusesBadInput(subject: Subject) {
  const good = asked(subject);
  const bad: BadInput[] = [
    ["no image", { ...good, images: [] }],
    ["an image that is no data URL", { ...good, images: ["https://example.org/a.png"] }],
    ["nothing asked", { ...good, scores: [] }],
    ["no text", { ...good, scores: [{ scorer: subject.scorers[0], texts: [] }] }],
    ["65 images", { ...good, images: Array(65).fill(IMAGES[0]) }],
  ];
  return refusesEach(subject, bad);
}

async function refusesStrangers(subject: Subject) {
  const input = { images: IMAGES, scores: [{ scorer: "no-such-scorer", texts: TEXTS }] };
  return failsForGood(subject, input);
}

/** Up to the rounding of a network that sees another batch. */
function same(left: number[][][], right: number[][][]): boolean {
  const [a, b] = [left.flat(2), right.flat(2)];
  return a.length === b.length && a.every((value, i) => close(value, b[i] ?? Number.NaN));
}

const close = (a: number, b: number) => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(a));
