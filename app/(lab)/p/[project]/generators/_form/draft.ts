import { wrongsOf } from "@/server/generation/domain/method/check-value";
import {
  fieldsOf,
  heldText,
  heldValue,
  type ParameterField,
} from "@/server/generation/domain/method/fields";
import type { Offer, OfferedMethod } from "@/server/generation/domain/method/offer";
import { settingsSchema, toldSettings } from "@/server/generation/domain/method/settings";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import type { GeneratorParameters } from "@/server/generation/schemas";
import { isDrawnTwice } from "@/server/realign/domain/drawn-twice";

/** A form's controls hold texts; what they stand for is said by the fields. */
export type Texts = Record<string, string>;
export type Draft = { settings: Texts; params: Texts };
export type Fields = { settings: ParameterField[]; params: ParameterField[] };

// A method that tells no schema takes whatever it is given.
const FREE: ParameterField = {
  name: "method_params",
  label: "Parameters",
  hint: "As JSON; this endpoint tells no schema and refuses what it does not know",
  kind: "json",
  isNullable: false,
  options: [],
  schema: { type: "object" },
};

/** What only scores or tags images is no generator. */
export const draws = ({ offer }: ListedEndpoint): boolean => offer?.methods.length !== 0;

export const isFree = ({ params: [first] }: Fields): boolean => first === FREE;

export function fieldsIn(offer: Offer | null, method: OfferedMethod | undefined): Fields {
  const schema = method?.parameters;
  const params = schema ? fieldsOf(schema, method.order) : [FREE];
  // What the platform finds out between two images is nobody's to fill in.
  const isOurs = ({ name }: ParameterField) =>
    isDrawnTwice(method?.name ?? "") && name === "objects";
  return {
    settings: fieldsOf(settingsSchema(offer?.settings ?? null)),
    params: params.filter((field) => !isOurs(field)),
  };
}

/** What is known of a revision, and the endpoint's own for all else. */
export function startDraft(
  offer: Offer | null,
  fields: Fields,
  known: Partial<GeneratorParameters>,
): Draft {
  const { method_params = {}, ...settings } = known;
  const told = toldSettings(settingsSchema(offer?.settings ?? null), settings);
  return {
    settings: textsOf(fields.settings, told),
    params: textsOf(fields.params, isFree(fields) ? { method_params } : method_params),
  };
}

const textsOf = (fields: readonly ParameterField[], known: Record<string, unknown>): Texts =>
  Object.fromEntries(
    fields.map(({ name, kind, schema }) => [
      name,
      heldText(known[name] === undefined ? schema.default : known[name], kind),
    ]),
  );

const SIZES = ["width", "height"] as const;

/** Sizes that were chosen stay comparable at another endpoint that draws them; one that was only the endpoint's own stays behind. */
export function keptSizes(
  given: Partial<GeneratorParameters>,
  known: Partial<GeneratorParameters>,
  [from, to]: readonly [Offer | null, Offer | null],
): Partial<GeneratorParameters> {
  const sideOf = (offer: Offer | null, name: string) =>
    settingsSchema(offer?.settings ?? null).properties?.[name] ?? {};
  const kept = SIZES.filter(
    (name) =>
      (given[name] === known[name] || given[name] !== sideOf(from, name).default) &&
      wrongsOf(sideOf(to, name), given[name], name).length === 0,
  );
  return Object.fromEntries(kept.map((name) => [name, given[name]]));
}

/** What the controls stand for, as a revision says it: where it is nothing the model's own is meant. */
export function parametersOf(fields: Fields, draft: Draft): GeneratorParameters {
  const settings = valuesOf(fields.settings, draft.settings);
  const params = valuesOf(fields.params, draft.params);
  return {
    ...(settings as Omit<GeneratorParameters, "method_params">),
    scheduler: String(settings.scheduler ?? ""),
    negative_prompt: String(settings.negative_prompt ?? ""),
    method_params: (isFree(fields) ? params.method_params : params) as Record<string, unknown>,
  };
}

const valuesOf = (fields: readonly ParameterField[], texts: Texts): Record<string, unknown> =>
  Object.fromEntries(
    fields.map((field) => [field.name, heldValue(field, texts[field.name] ?? "")]),
  );
