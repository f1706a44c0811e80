import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  BUSY,
  type Call,
  call,
  expectThat,
  patiently,
  predict,
  type Subject,
  whileBusy,
} from "./conformance-call";
import { CONCEPTS, conceptsFor } from "./conformance-concepts";
import { type BadInput, refusesEach } from "./conformance-predictions";
import { CogRefusal, HealthCheck, Prediction, Refusal, RenderOutput } from "./schemas";

export type Check = { name: string; ok: boolean; detail: string };
const DEFAULTS = {
  prompt: "a tea cup of iced coke",
  width: 512,
  height: 512,
  concepts: CONCEPTS,
  extra: {} as Record<string, unknown>,
};

/** Runs the conformance suite against a live endpoint; every check is tried, none throws. */
export async function checkEndpoint(
  url: string,
  options: Partial<typeof DEFAULTS> = {},
): Promise<Check[]> {
  const { concepts, ...subject } = { ...DEFAULTS, ...options, url: url.replace(/\/+$/, "") };
  const taken = await conceptsFor(subject.url, subject.prompt, concepts);
  return runSuite(SUITE, { ...subject, extra: { ...taken, ...subject.extra } });
}

export type Suite<Subject> = [
  name: string,
  run: (subject: Subject) => Promise<string | undefined>,
][];

export async function runSuite<Subject>(suite: Suite<Subject>, subject: Subject): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, run] of suite) {
    const detail = await run(subject).then(
      (note) => ({ ok: true, detail: note ?? "" }),
      (error: unknown) => ({ ok: false, detail: String(error) }),
    );
    checks.push({ name, ...detail });
  }
  return checks;
}

const SUITE: Suite<Subject> = [
  ["GET /health-check says READY or BUSY", healthy],
  ["GET /openapi.json describes PUT /predictions/{id}", described],
  ["a prediction answers with one PNG of the asked size per seed", draws],
  ["the same seeds give the same bytes", repeats],
  ["asking for more seeds never changes the first ones", keepsPrefix],
  ["PUT with the id of a running prediction does not start a second one", isIdempotent],
  ["bad input is refused with 422 and a reason", refusesBadInput],
  ["a running prediction can be cancelled", cancels],
  ["above its capacity it answers 409 or 503, or waits", staysPolite],
];

export async function healthy({ url }: { url: string }) {
  const { status, body } = await call(`${url}/health-check`);
  expectThat(status === 200, `GET /health-check answered ${status}`);
  const health = HealthCheck.parse(body);
  expectThat(/^(READY|BUSY)$/.test(health.status), `its status is ${health.status}`);
  return health.endpoint ? `${health.endpoint.name}, ${health.endpoint.concurrency} at once` : "";
}

export async function described({ url }: { url: string }) {
  const { status, body } = await call(`${url}/openapi.json`);
  expectThat(status === 200, `GET /openapi.json answered ${status}`);
  const paths = (body as { paths?: Record<string, { put?: unknown }> })?.paths ?? {};
  const names = Object.keys(paths).filter((path) => /^\/predictions\/\{[^}]+\}$/.test(path));
  expectThat(
    names.some((name) => paths[name]?.put),
    "it has no PUT /predictions/{id}",
  );
  return undefined;
}

async function draws(subject: Subject) {
  const output = await imagesOf(subject, [11, 12]);
  for (const image of output.images) {
    const png = Buffer.from(image.slice(image.indexOf(",") + 1), "base64");
    expectThat(png.subarray(0, 8).toString("hex") === "89504e470d0a1a0a", "an image is no PNG");
    const size = `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
    expectThat(size === `${subject.width}x${subject.height}`, `an image is ${size}`);
  }
  return `${output.model.name} ${output.model.weights_hash.slice(0, 12)}, ${output.method.name}`;
}

async function repeats(subject: Subject) {
  const first = await imagesOf(subject, [21, 22]);
  const second = await imagesOf(subject, [21, 22]);
  expectThat(sameImages(first.images, second.images), "two equal requests gave different bytes");
  return undefined;
}

async function keepsPrefix(subject: Subject) {
  const few = await imagesOf(subject, [31, 32]);
  const many = await imagesOf(subject, [31, 32, 33]);
  expectThat(sameImages(few.images, many.images.slice(0, 2)), "the first images changed");
  return undefined;
}

/** A quick model may be through before the second request is read, and begin anew: it is asked for more images. */
async function isIdempotent(subject: Subject) {
  for (const images of [4, 16, 64]) {
    const [first, second] = (await drawnOfTwo(subject, images)).map(outputOf);
    // The same seeds give the same images twice; the seconds that they took are of one prediction alone.
    if (!second || isDeepStrictEqual(first, second)) return undefined;
  }
  throw new Error(
    "two answers differ, of 64 images too: it began a second one, or was through before it read the second request",
  );
}

/** The answers with images, of two requests with one id. One that was busy is not sent again: it would come after the first. */
async function drawnOfTwo(subject: Subject, images: number): Promise<Call[]> {
  const seeds = Array.from({ length: images }, (_, index) => 41 + index);
  const askTwice = async () => {
    const id = randomUUID();
    const answers = await Promise.all([1, 2].map(() => predict(subject, id, seeds)));
    for (const { status } of answers) {
      expectThat([200, 202, ...BUSY].includes(status), `a repeated PUT answered ${status}`);
    }
    return answers.filter(({ status }) => status === 200);
  };
  const drawn = await whileBusy(askTwice, (answers) => answers.length === 0);
  expectThat(drawn.length > 0, "no answer carried the images");
  return drawn;
}

async function refusesBadInput(subject: Subject) {
  const bad: BadInput[] = [
    ["no seeds", { ...inputOf(subject, []) }],
    ["a negative seed", inputOf(subject, [-1])],
    [
      "65 seeds",
      inputOf(
        subject,
        Array.from({ length: 65 }, (_, index) => index),
      ),
    ],
    ["no prompt", { ...inputOf(subject, [1]), prompt: undefined }],
    ["a width in words", { ...inputOf(subject, [1]), width: "wide" }],
  ];
  return refusesEach(subject, bad);
}

async function cancels(subject: Subject) {
  const id = randomUUID();
  const seeds = Array.from({ length: 16 }, (_, index) => 1000 + index);
  const [answer, { status }] = await Promise.all([
    patiently(() => predict(subject, id, seeds)),
    call(`${subject.url}/predictions/${id}/cancel`, "POST"),
  ]);
  expectThat(status === 200 || status === 404, `cancel answered ${status}`);
  const prediction = Prediction.parse(answer.body);
  // A prediction that was not there yet, or already over, may finish; it may not fail.
  const expected = status === 404 ? ["succeeded"] : ["canceled", "succeeded"];
  expectThat(expected.includes(prediction.status), `it ended as ${prediction.status}`);
  return prediction.status;
}

async function staysPolite(subject: Subject) {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => predict(subject, randomUUID(), [2000 + index])),
  );
  for (const { status, body } of answers) {
    expectThat([200, 409, 503].includes(status), `it answered ${status}`);
    if (status === 200) RenderOutput.parse(Prediction.parse(body).output);
    if (status !== 200) Refusal.or(CogRefusal).parse(body);
  }
  return `${answers.filter(({ status }) => status === 200).length} of 12 drawn at once`;
}

const inputOf = ({ prompt, width, height, extra }: Subject, seeds: number[]) => ({
  ...extra,
  prompt,
  width,
  height,
  seeds,
});

async function imagesOf(subject: Subject, seeds: number[]): Promise<RenderOutput> {
  const output = outputOf(await patiently(() => predict(subject, randomUUID(), seeds)));
  expectThat(output.images.length === seeds.length, `${output.images.length} images came back`);
  expectThat(output.seeds.join() === seeds.join(), "the seeds came back in another order");
  return output;
}

function outputOf({ status, body }: Call): RenderOutput {
  expectThat(status === 200, `PUT answered ${status}: ${JSON.stringify(body)?.slice(0, 300)}`);
  const prediction = Prediction.parse(body);
  expectThat(
    prediction.status === "succeeded",
    `it ended as ${prediction.status}: ${prediction.error}`,
  );
  return RenderOutput.parse(prediction.output);
}

const sameImages = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((image, index) => image === right[index]);
