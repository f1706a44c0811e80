import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { atEnd } from "./at-end.mjs";
import { say } from "./say.mjs";

/** What a part says, and what its programs say, goes to the terminal as it is said. */
export const straight = { say, stdio: "inherit", end: () => {} };

/**
 * It is kept in `file` and printed whole at the part's end, or when the run is stopped: two parts' lines do not mix.
 * @param {string} file
 * @param {(text: string) => unknown} print
 */
export function heldOutput(file, print = say) {
  const descriptor = openSync(file, "a");
  const end = () => {
    callOff();
    closeSync(descriptor);
    print(readFileSync(file, "utf8").trimEnd());
  };
  const callOff = atEnd(end);
  return {
    say: (text) => void writeSync(descriptor, `${text}\n`),
    stdio: ["ignore", descriptor, descriptor],
    end,
  };
}
