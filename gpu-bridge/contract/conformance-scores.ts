import { type Check, described, healthy, runSuite, type Suite } from "./conformance";
import { expectThat } from "./conformance-call";
import { IMAGES } from "./conformance-images";
import {
  answersACrowd,
  type BadInput,
  failsForGood,
  outputOf,
  refusesEach,
} from "./conformance-predictions";
import { type ScoreInput, ScoreOutput } from "./score-schemas";

type Subject = { url: string; scorers: string[] };

/** Runs the conformance suite against a live endpoint that scores; none of the checks throws. */
export function checkScorers(url: string, scorers: string[]): Promise<Check[]> {
  return runSuite(SUITE, { url: url.replace(/\/+$/, ""), scorers });
}

const SUITE: Suite<Subject> = [
  ["GET /health-check says READY or BUSY", healthy],
  ["GET /openapi.json describes PUT /predictions/{id}", described],
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
