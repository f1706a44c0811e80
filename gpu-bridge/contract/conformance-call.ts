import { setTimeout as sleep } from "node:timers/promises";

export type Subject = {
  url: string;
  /** A prompt that the endpoint can draw. */
  prompt: string;
  width: number;
  height: number;
  /** Fields that this endpoint needs beside the contract's required ones. */
  extra: Record<string, unknown>;
};

export type Call = { status: number; body: unknown };

const DEADLINE_MS = 290_000;

export async function call(url: string, method = "GET", json?: unknown): Promise<Call> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: json === undefined ? null : JSON.stringify(json),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  return { status: response.status, body: parse(text) };
}

/** The deadline covers what a GPU needs for a batch; Node's own fetch ends at 300 s anyway. */
export const predict = (
  { url, prompt, width, height, extra }: Subject,
  id: string,
  seeds: number[],
) => call(`${url}/predictions/${id}`, "PUT", { input: { ...extra, prompt, width, height, seeds } });

export const BUSY = [409, 503];

/** A slot may be free again only a moment after its answer: busy is asked again, as a bridge does. */
export const patiently = (ask: () => Promise<Call>) =>
  whileBusy(ask, ({ status }) => BUSY.includes(status));

export async function whileBusy<Answer>(
  ask: () => Promise<Answer>,
  isBusy: (answer: Answer) => boolean,
): Promise<Answer> {
  for (let asked = 1; ; asked++) {
    const answer = await ask();
    if (!isBusy(answer) || asked === 50) return answer;
    await sleep(100);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function expectThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}
