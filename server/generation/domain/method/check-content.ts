import type { GeneratorParameters } from "../../schemas";
import { wrongsByPart } from "./check-value";
import type { Offer, OfferedMethod } from "./offer";
import { settingsSchema, toldSettings } from "./settings";

export type Wrongs = { settings: Record<string, string>; params: Record<string, string> };

/** What the endpoint would refuse of a revision's settings, part by part: none where nothing is wrong. */
export function checkContent(
  offer: Offer,
  method: OfferedMethod,
  { method_params, ...settings }: GeneratorParameters,
): Wrongs {
  const schema = settingsSchema(offer.settings);
  return {
    settings: wrongsByPart(schema, toldSettings(schema, settings)),
    params: method.parameters ? wrongsByPart(method.parameters, method_params) : {},
  };
}

export const sentencesOf = ({ settings, params }: Wrongs): string[] => [
  ...Object.values(settings),
  ...Object.values(params),
];

/**
 * A revision says every parameter, also those that are left as they are: what an endpoint's file or a later version
 * takes for granted then changes none of its images.
 */
export function withDefaults(
  { parameters }: OfferedMethod,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const defaults = Object.entries(parameters?.properties ?? {}).flatMap(([name, part]) =>
    part.default === undefined ? [] : [[name, part.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...given };
}
