import type { DbOrTx } from "@/db/client";
import { AppError } from "@/server/core/errors";
import { checkContent, sentencesOf, withDefaults } from "./domain/method/check-content";
import type { OfferedMethod } from "./domain/method/offer";
import { listEndpoints } from "./read-endpoints";
import type { RevisionSettings } from "./schemas";

export type Settled = { content: RevisionSettings; method: OfferedMethod | null };

/**
 * A revision's settings as they are kept: every parameter said, all of them checked by the schema that the endpoint
 * tells. Where no bridge has told one nothing can be checked: whoever serves it refuses what is wrong, in a sentence.
 */
export async function settleContent(db: DbOrTx, asked: RevisionSettings): Promise<Settled> {
  // A request carries its project too: what is compared and hashed is the settings alone.
  const { endpointName, method: asMethod, parameters } = asked;
  const content = { endpointName, method: asMethod, parameters };
  const endpoints = await listEndpoints(db);
  const offer = endpoints.find(({ name }) => name === content.endpointName)?.offer;
  if (!offer) return { content, method: null };
  const method = offer.methods.find(({ name }) => name === content.method);
  if (!method) {
    const names = offer.methods.map(({ name }) => name).join(", ");
    throw new AppError(
      "INVALID",
      `The endpoint ${content.endpointName} does not draw by “${content.method}”: it offers ${names || "no method at all"}.`,
    );
  }
  const wrongs = sentencesOf(checkContent(offer, method, content.parameters));
  if (wrongs.length > 0) throw new AppError("INVALID", wrongs.join(" "));
  return { content: filled(content, method), method };
}

export const filled = (content: RevisionSettings, method: OfferedMethod): RevisionSettings => ({
  ...content,
  parameters: {
    ...content.parameters,
    method_params: withDefaults(method, content.parameters.method_params),
  },
});
