import superjson from "superjson";
import { RenderFailure } from "./failure";

// The product takes requests of one megabyte, and these travel in one.
const LARGEST_BYTES = 768 * 1024;
const DEEPEST = 100;

/**
 * What cannot be sent would be tried for ever: the attempt fails here, with a reason.
 * @throws RenderFailure
 */
export function checkNotes(notes: object, name = "trace"): void {
  if (isDeeper(notes, DEEPEST)) {
    throw new RenderFailure("retryable", `The endpoint's ${name} is nested deeper than ${DEEPEST}`);
  }
  if (Buffer.byteLength(written(notes, name)) > LARGEST_BYTES) {
    throw new RenderFailure("retryable", `The endpoint's ${name} is larger than 768 KB`);
  }
}

/** As it travels: names such as `constructor` are refused there. */
function written(notes: object, name: string): string {
  try {
    return superjson.stringify(notes);
  } catch (cause) {
    throw new RenderFailure("retryable", `The endpoint's ${name} has a name that cannot be kept`, {
      cause,
    });
  }
}

/** Level by level and not by recursion, which is what a deep value breaks. */
function isDeeper(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.filter(isObject).flatMap((each) => Object.values(each));
  }
  return false;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
