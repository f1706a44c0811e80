import type { BootstrapSettings } from "@/server/agreement/domain/bootstrap";
import { seededDraws } from "@/server/mining/domain/random";

/** True where all n^n resamples are no more than were asked for: then chance has no part in it. */
export const isExact = (units: number, { draws }: BootstrapSettings): boolean =>
  units ** units <= draws;

/** How often each unit is in one resample after the other, in the same array. */
export function* resamples(units: number, settings: BootstrapSettings): Generator<Uint32Array> {
  const counts = new Uint32Array(units);
  if (isExact(units, settings)) {
    for (let number = 0; number < units ** units; number += 1) {
      counts.fill(0);
      for (let at = 0, rest = number; at < units; at += 1, rest = Math.floor(rest / units)) {
        counts[rest % units] = (counts[rest % units] ?? 0) + 1;
      }
      yield counts;
    }
    return;
  }
  const draw = seededDraws(settings.seed);
  for (let resample = 0; resample < settings.draws; resample += 1) {
    counts.fill(0);
    for (let unit = 0; unit < units; unit += 1) {
      const drawn = Math.floor(draw() * units);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    yield counts;
  }
}
