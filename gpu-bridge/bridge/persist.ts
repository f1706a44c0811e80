import { backoffMs } from "./circuit";
import { NotTaken } from "./failure";
import type { Lease } from "./lease-keeper";
import { pause } from "./pause";
import { decisionIn, sayTrouble } from "./platform";

const MOST_FAILURES = 5;

/**
 * Tries again while the product is away; what it decided is never asked twice. A product that renews this very lease is not away: where
 * it fails at one call again and again all the same, that call is given up, so that one render cannot hold the place of others for ever.
 * @throws NotTaken then
 */
export async function persist<T>(act: () => Promise<T>, lease: Lease): Promise<T> {
  const { signal } = lease;
  for (let step = 0, failures = 0; ; step++) {
    try {
      return await act();
    } catch (error) {
      const decided = decisionIn(error);
      if (decided) throw decided;
      if (signal.aborted) throw signal.reason;
      console.error(sayTrouble(error));
      const isThere = await lease.renew();
      signal.throwIfAborted();
      failures = isThere ? failures + 1 : 0;
      if (failures === MOST_FAILURES) throw new NotTaken(failures, { cause: error });
      await pause(backoffMs(step, Math.random()), signal);
      signal.throwIfAborted();
    }
  }
}
