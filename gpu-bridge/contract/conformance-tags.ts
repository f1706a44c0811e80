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
import { type Tag, TagDescription, type TagInput, TagOutput } from "./tag-schemas";

type Subject = { url: string };
type Tagged = TagOutput["images"];

/** Runs the conformance suite against a live endpoint that tags; none of the checks throws. */
export function checkTags(url: string): Promise<Check[]> {
  return runSuite(SUITE, { url: url.replace(/\/+$/, "") });
}

const SUITE: Suite<Subject> = [
  ["GET /health-check says READY or BUSY", healthy],
  ["GET /openapi.json describes PUT /predictions/{id}", described],
  ["GET /openapi.json names the detector and the segmenter", named],
  ["every image comes back with tags of the asked phrases, in their order", tags],
  ["boxes lie inside their image, and a mask has its size", fits],
  ["the same images give the same tags", repeats],
  ["an image's tags do not depend on the images beside it", standsAlone],
  ["bad input is refused with 422 and a reason", refusesBadInput],
  ["a phrase that is asked twice fails for good, in a sentence", refusesTwice],
  [
    "above its capacity it answers 409 or 503, or waits",
    (subject) => answersACrowd(subject, ASKED, TagOutput),
  ],
];

const SIDE = 16;
const PHRASES = ["red wall", "green wall"];
const ASKED: TagInput = { images: IMAGES, phrases: PHRASES };

/** By that a bridge knows that it tags. */
async function named({ url }: Subject) {
  const { body } = await call(`${url}/openapi.json`);
  const { detector, segmenter } = TagDescription.parse(body)["x-teacup"];
  return `${detector.name}, ${segmenter.name}`;
}

async function tagged(subject: Subject, input = ASKED): Promise<Tagged> {
  const { images } = TagOutput.parse(await outputOf(subject, input));
  expectThat(images.length === input.images.length, `${images.length} images came back`);
  return images;
}

async function tags(subject: Subject) {
  const images = await tagged(subject);
  for (const phrases of images.map((image) => image.tags.map(({ phrase }) => phrase))) {
    const expected = PHRASES.filter((phrase) => phrases.includes(phrase));
    expectThat(phrases.join() === expected.join(), `an image has the tags ${phrases.join(", ")}`);
  }
  return `${images.flatMap((image) => image.tags).length} tags of ${images.length} images`;
}

async function fits(subject: Subject) {
  for (const { boxes, mask } of (await tagged(subject)).flatMap((image) => image.tags)) {
    for (const [left = -1, top = -1, right = -1, bottom = -1] of boxes) {
      const isInside = left >= 0 && top >= 0 && right <= SIDE && bottom <= SIDE;
      expectThat(isInside && left <= right && top <= bottom, "a box leaves its image");
    }
    const png = Buffer.from(mask.slice(mask.indexOf(",") + 1), "base64");
    const size = `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
    expectThat(size === `${SIDE}x${SIDE}`, `a mask is ${size}`);
  }
  return undefined;
}

async function repeats(subject: Subject) {
  const [first, second] = [await tagged(subject), await tagged(subject)];
  expectThat(same(first, second), "two equal requests gave different tags");
  return undefined;
}

async function standsAlone(subject: Subject) {
  const both = await tagged(subject);
  const alone = await tagged(subject, { ...ASKED, images: IMAGES.slice(1) });
  expectThat(same(both.slice(1), alone), "the second image alone has other tags");
  return undefined;
}

async function refusesBadInput(subject: Subject) {
  const bad: BadInput[] = [
    ["no image", { ...ASKED, images: [] }],
    ["an image that is no data URL", { ...ASKED, images: ["https://example.org/a.png"] }],
    ["no phrase", { ...ASKED, phrases: [] }],
    ["a phrase with a full stop", { ...ASKED, phrases: ["tea. cup"] }],
    ["65 images", { ...ASKED, images: Array(65).fill(IMAGES[0]) }],
  ];
  return refusesEach(subject, bad);
}

async function refusesTwice(subject: Subject) {
  const input = { ...ASKED, phrases: ["tea cup", "Tea cup"] };
  return failsForGood(subject, input);
}

/** Masks to the byte, numbers up to the rounding of a network that sees another batch. */
function same(left: Tagged, right: Tagged): boolean {
  const [a, b] = [left.flatMap((image) => image.tags), right.flatMap((image) => image.tags)];
  const counts = (images: Tagged) => images.map((image) => image.tags.length).join();
  return counts(left) === counts(right) && a.every((tag, i) => isSameTag(tag, b[i]));
}

function isSameTag(a: Tag, b: Tag | undefined): boolean {
  if (!b || a.phrase !== b.phrase || a.mask !== b.mask || a.boxes.length !== b.boxes.length)
    return false;
  const [numbers, others] = [a, b].map((tag) => [tag.score, ...tag.boxes.flat()]);
  return (numbers ?? []).every((value, i) => Math.abs(value - (others?.[i] ?? NaN)) <= 1e-4);
}
