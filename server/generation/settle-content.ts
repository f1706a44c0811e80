import type { DbOrTx } from "@/db/client";
import { AppError } from "@/server/core/errors";
import { isDrawnTwice } from "@/server/realign/domain/drawn-twice";
import { checkContent, sentencesOf, withDefaults } from "./domain/method/check-content";
import type { OfferedMethod } from "./domain/method/offer";
import { type ListedEndpoint, listEndpoints } from "./read-endpoints";
import type { GeneratorParameters, RevisionSettings } from "./schemas";

export type Settled = { content: RevisionSettings; method: OfferedMethod | null };

/**
 * A revision's settings as they are kept: every parameter said, all of them checked by the schema that the endpoint
 * tells. Where no bridge has told one nothing can be checked: whoever serves it refuses what is wrong, in a sentence.
 */
export async function settleContent(db: DbOrTx, asked: RevisionSettings): Promise<Settled> {
  // A request carries its project too: what is compared and hashed is the settings alone.
  const { endpointName, method: asMethod } = asked;
  const endpoints = await listEndpoints(db);
  const content = { endpointName, method: asMethod, parameters: withTagger(asked, endpoints) };
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

/** A method that draws twice names who looks at its first images: the only one there is, unless said. No other method is told. */
function withTagger(
  { method, parameters: { tagged_by: asked, ...parameters } }: RevisionSettings,
  endpoints: readonly ListedEndpoint[],
): GeneratorParameters {
  if (!isDrawnTwice(method)) return parameters;
  const names = endpoints.flatMap(({ name, tags }) => (tags ? name : []));
  const only = names.length === 1 ? names[0] : undefined;
  const tagger = asked ?? only;
  if (tagger && names.includes(tagger)) return { ...parameters, tagged_by: tagger };
  if (names.length === 0) {
    throw new AppError(
      "INVALID",
      "This method needs an endpoint that says what stands where in its first images, and no bridge serves one: start one by tag.toml, beside a bridge.",
    );
  }
  throw new AppError(
    "INVALID",
    `Say which endpoint looks at its first images: ${names.join(" or ")}.`,
  );
}
