/** One line for the person at the terminal. */
export const say = (text) => process.stdout.write(`${text}\n`);

/** Says what is being done and, at the end, how long it took. A step that takes long says that it still works. */
export async function step(what, act) {
  const startedAt = Date.now();
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);
  say(`${what} ...`);
  const still = setInterval(
    () => say(`${what}: ${Math.round(Number(seconds()))} s so far`),
    15_000,
  );
  try {
    const result = await act();
    say(`${what}: done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(still);
  }
}

/** An error a person can act on is one sentence; anything else keeps its stack. */
export function explain(error) {
  return error instanceof Expected ? error.message : (error.stack ?? String(error));
}

export class Expected extends Error {}
