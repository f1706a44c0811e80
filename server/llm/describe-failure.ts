import { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import type { LlmFailure } from "./client";
import type { Reached } from "./openai-options";
import { retryAfterMs } from "./retry-after";

export type Untimed<T> = Omit<T, "latencyMs">;

type Circumstances = { isLate: boolean; form: string };

/** What went wrong, in a sentence that says whose turn it is; what is no outage travels on. */
export function describeFailure(
  error: unknown,
  server: Reached,
  { isLate, form }: Circumstances,
): Untimed<LlmFailure> {
  const host = new URL(server.baseUrl).host;
  if (isLate || error instanceof APIConnectionTimeoutError)
    return given(`${host} did not answer within ${server.deadlineSeconds} s.`);
  if (wasCut(error)) return given(`${host} closed the connection before it had answered.`);
  if (error instanceof APIConnectionError) return down(`${host} cannot be reached.`);
  if (error instanceof APIError) return describeStatus(error, host);
  if (error instanceof SyntaxError || error instanceof TypeError)
    return down(`${host} sent something that is not ${form}.`);
  throw error;
}

function describeStatus(error: APIError, host: string): Untimed<LlmFailure> {
  const status = error.status ?? 0;
  if (status === 429) {
    const wait = retryAfterMs(error.headers?.get("retry-after") ?? null, new Date());
    return { ...down(`${host} is busy (429).`, "busy"), retryAfterMs: wait };
  }
  // A gateway that gave up on the server behind it.
  if (status === GATEWAY_TIMEOUT) return given(`${host} failed with status ${status}.`);
  if (status >= 500 || status === 408 || status === 0)
    return down(`${host} failed with status ${status}.`);
  if (status >= 300 && status < 400)
    return down(`${host} redirects elsewhere. Enter the final address as base URL.`, "rejected");
  if (status === 401 || status === 403)
    return down(
      `${host} refused the key (${status}). An admin can change it in Settings.`,
      "rejected",
    );
  return down(
    `${host} refused the request (${status}): ${error.message.slice(0, 300)}`,
    "rejected",
  );
}

export const down = (reason: string, kind: LlmFailure["kind"] = "down"): Untimed<LlmFailure> => ({
  ok: false,
  kind,
  reason,
  retryAfterMs: null,
  mayHaveCost: false,
});

/** No answer, to a question that had arrived. */
const given = (reason: string): Untimed<LlmFailure> => ({ ...down(reason), mayHaveCost: true });

const GATEWAY_TIMEOUT = 504;
const CUT = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"];

/** The connection stood, and ended: what went wrong lies at the bottom of the package's error. */
function wasCut(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === "string" && CUT.includes(code)) || wasCut(error.cause);
}
