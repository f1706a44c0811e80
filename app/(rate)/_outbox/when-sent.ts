import type { Outbox } from "./outbox";

/** Resolves once the server has everything, or nobody waits for it any more. */
export function whenSent(outbox: Outbox, isOver: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (outbox.status().pending > 0 && !isOver()) return;
      stop();
      resolve();
    };
    const stop = outbox.subscribe(check);
    check();
  });
}
