import { setTimeout as wait } from "node:timers/promises";
import type { Db } from "@/db/client";
import { defaultGenerators } from "@/server/core/env";
import { AppError } from "@/server/core/errors";
import { GENERATORS } from "@/server/generation/domain/default-generators";
import { listEndpoints } from "@/server/generation/read-endpoints";
import { patiently } from "./patiently";
import type { Report } from "./progress";

const POLL_MS = 250;
const GIVE_UP_AFTER_MS = 60_000;

/**
 * Waits until what draws has told what it offers: the first prompts are written in its words. Returns the name of the
 * generator under test.
 */
export async function waitForGenerators(db: Db, report: Report): Promise<string> {
  const wanted = GENERATORS[defaultGenerators()];
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    const told = await patiently(() => listEndpoints(db));
    const endpointOf = (name: string) => told.find((endpoint) => endpoint.name === name);
    const missing = wanted.filter(
      ({ content }) => !endpointOf(content.endpointName)?.offer?.methods.length,
    );
    report(wanted.length - missing.length, wanted.length);
    const [first] = missing;
    if (!first) return wanted[0].name;
    if (Date.now() > giveUpAt) {
      const [server] = endpointOf(first.content.endpointName)?.servers ?? [];
      throw new AppError(
        "CONFLICT",
        `${first.name} cannot draw: ${server?.reason ?? "no bridge has told of it"}`,
      );
    }
    await wait(POLL_MS);
  }
}
