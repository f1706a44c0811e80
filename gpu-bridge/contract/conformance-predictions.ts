import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { call, expectThat, patiently } from "./conformance-call";
import { CogRefusal, failureOf, Prediction, Refusal } from "./schemas";

// What the suites ask alike, whatever the input of their predictions is.
type Subject = { url: string };
export type BadInput = [what: string, input: unknown];

const put = ({ url }: Subject, input: unknown) =>
  call(`${url}/predictions/${randomUUID()}`, "PUT", { input });

/** The output of a prediction that has to succeed. */
export async function outputOf(subject: Subject, input: unknown): Promise<unknown> {
  const { status, body } = await patiently(() => put(subject, input));
  expectThat(status === 200, `PUT answered ${status}: ${JSON.stringify(body)?.slice(0, 300)}`);
  const made = Prediction.parse(body);
  expectThat(made.status === "succeeded", `it ended as ${made.status}: ${made.error}`);
  return made.output;
}

export async function refusesEach(subject: Subject, bad: readonly BadInput[]) {
  for (const [what, input] of bad) {
    const { status, body } = await patiently(() => put(subject, input));
    expectThat(status === 422, `${what} was answered ${status}`);
    Refusal.parse(body);
  }
  return undefined;
}

/** Refused at the door, or failed in a sentence that says that asking again is no use. */
export async function failsForGood(subject: Subject, input: unknown) {
  const { status, body } = await patiently(() => put(subject, input));
  if (status === 422) return Refusal.parse(body) && undefined;
  const made = Prediction.parse(body);
  expectThat(made.status === "failed", `it ended as ${made.status}`);
  const { message, permanent } = failureOf(made);
  expectThat(permanent, `it does not say that asking again is no use: ${message}`);
  return message;
}

/** Eight at once: each is answered, or told to come again. */
export async function answersACrowd(subject: Subject, input: unknown, output: z.ZodType) {
  const answers = await Promise.all(Array.from({ length: 8 }, () => put(subject, input)));
  for (const { status, body } of answers) {
    expectThat([200, 409, 503].includes(status), `it answered ${status}`);
    if (status === 200) output.parse(Prediction.parse(body).output);
    if (status !== 200) Refusal.or(CogRefusal).parse(body);
  }
  return undefined;
}
