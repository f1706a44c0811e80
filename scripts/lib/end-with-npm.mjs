const LOOK_EVERY_MS = 500;

/**
 * npm passes a signal on to its shell alone, which ends without a word to the script: whoever npm started
 * and then has another parent was meant too.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && process.exit(1), LOOK_EVERY_MS).unref();
}
