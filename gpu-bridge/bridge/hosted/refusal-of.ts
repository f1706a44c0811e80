import { RenderFailure } from "../failure";

const WORDS = 300;

/** What an answer of a host's API that is no success means for the render. */
export function refusalOf(status: number | undefined, words: string, key: string): RenderFailure {
  const said = words.replace(/\s+/g, " ").slice(0, WORDS);
  if (status === undefined) {
    return new RenderFailure("retryable", "The host of the model broke off", { isAway: true });
  }
  if (status === 401 || status === 403) {
    return new RenderFailure("retryable", `The host of the model refuses the key; look at ${key}`);
  }
  if (status === 402) {
    return new RenderFailure("retryable", `The host of the model wants to be paid: ${said}`);
  }
  if (status === 429) return new RenderFailure("busy", "The host of the model asks to slow down");
  if (status >= 500) {
    return new RenderFailure("retryable", `The host of the model answered with ${status}`);
  }
  return new RenderFailure("permanent", `The host of the model refused the input: ${said}`);
}
