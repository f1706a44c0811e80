/**
 * Runs while this tab holds the lock of that name; a closed tab passes it on. Over plain HTTP
 * browsers offer no locks: then every tab runs, which costs requests but, since writes are
 * idempotent and ordered by their own numbers, no data.
 */
export async function runAlone(
  name: string,
  signal: AbortSignal,
  run: () => Promise<void>,
): Promise<void> {
  if (!("locks" in navigator)) return run();
  try {
    await navigator.locks.request(name, { signal }, run);
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}
