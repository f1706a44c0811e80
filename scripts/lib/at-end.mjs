const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Calls `act`, which cannot wait, when this process ends by itself or by a signal; the answer calls it off. */
export function atEnd(act) {
  for (const [signal, number] of Object.entries(SIGNALS)) {
    // By default a signal ends a process without a word. Who hears it already ends in their own way.
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(128 + number));
  }
  process.once("exit", act);
  return () => void process.off("exit", act);
}
