import { LeaseLost } from "./failure";
import type { LeasedRender } from "./platform";

const RENEW_EVERY_MS = 10_000;

export type Lease = ReturnType<typeof keepLease>;

/** Renews until released; aborts its signal with `LeaseLost` when the product says it is over. */
export function keepLease(renewOnce: () => Promise<{ held: boolean }>) {
  const lost = new AbortController();
  /** True when the product answered. */
  const renew = async (): Promise<boolean> => {
    try {
      const { held } = await renewOnce();
      if (!held) lost.abort(new LeaseLost("Cancelled, or taken over by another bridge"));
      return true;
    } catch (error) {
      // The product may be restarting; whether the lease still stands is its word at the end.
      console.error("Renewing a lease failed, trying again:", String(error));
      return false;
    }
  };
  const timer = setInterval(renew, RENEW_EVERY_MS);
  return { signal: lost.signal, renew, release: () => clearInterval(timer) };
}

export const heldBy = ({ renderId, leaseToken }: LeasedRender) => ({ renderId, leaseToken });
