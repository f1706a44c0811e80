import { expect, test } from "vitest";
import { fieldsIn, parametersOf, startDraft } from "@/app/(lab)/p/[project]/generators/_form/draft";
import { readOffer as readTold } from "@/gpu-bridge/contract/offer";
import {
  checkContent,
  sentencesOf,
  withDefaults,
} from "@/server/generation/domain/method/check-content";
import { wrongsByPart } from "@/server/generation/domain/method/check-value";
import { fieldsOf, heldText, heldValue } from "@/server/generation/domain/method/fields";
import { readOffer } from "@/server/generation/domain/method/offer";
import { plannedCost } from "@/server/generation/domain/method/planned-cost";
import { settingsSchema } from "@/server/generation/domain/method/settings";
import { MOCE_OFFER } from "@/tests/support/moce-offer";

const offer = readOffer(MOCE_OFFER)!;
const [moce] = offer.methods;
const SETTINGS = {
  negative_prompt: "",
  steps: 40,
  guidance_scale: 5,
  width: 1024,
  height: 1024,
  scheduler: "",
};
const wrongsOf = (method_params: Record<string, unknown>, settings: object = {}) =>
  sentencesOf(checkContent(offer, moce!, { ...SETTINGS, ...settings, method_params }));

test("a schema is a form: a control of its kind for each parameter, with unit, range and default", () => {
  const fields = fieldsOf(moce!.parameters!);

  expect(fields.map(({ label, kind, hint }) => [label, kind, hint])).toEqual([
    ["Unit of decision", "choice", "per_image unless changed"],
    ["Rounds at most, rounds", "whole", "from 1 to 20; 3 unless changed"],
    ["Last step searched, share of the steps", "number", "from 0 to 1; 0.475 unless changed"],
    ["Known step", "whole", "0 or more"],
    ["Exact", "flag", "true unless changed"],
    ["Words", "lines", "one a line"],
  ]);
  expect(fields.map(({ isNullable }) => isNullable)).toEqual([
    false,
    false,
    false,
    true,
    false,
    false,
  ]);
});

test("a setting that an endpoint lets be null is asked for as its kind, and one that can be but one number says so", () => {
  const text = { anyOf: [{ type: "string" }, { type: "null" }], default: null };
  const side = { type: "integer", minimum: 64, maximum: 64, default: 64 };
  const told = { type: "object", properties: { negative_prompt: text, width: side } };
  const fields = fieldsOf(settingsSchema(told));
  const [negative, width] = ["negative_prompt", "width"].map(
    (name) => fields.find((field) => field.name === name)!,
  );
  expect(negative).toMatchObject({ kind: "text", isNullable: true, hint: "" });
  expect(width).toMatchObject({ kind: "whole", hint: "only 64" });
});

test("a form keeps the order that the endpoint lists, whatever kept it in between", () => {
  const shuffled = Object.fromEntries(Object.entries(moce!.parameters!.properties!).reverse());
  const named = (order: readonly string[]) =>
    fieldsOf({ properties: shuffled }, order).map(({ name }) => name);
  expect(named(moce!.order)).toEqual(["mode", "rounds", "window", "known_step", "exact", "words"]);
  expect(named(["exact"])[0]).toBe("exact");
});

test("what a control holds stands for the value that it was given", () => {
  const values = [
    ["mode", "per_prompt"],
    ["rounds", 7],
    ["window", 0.25],
    ["known_step", null],
    ["known_step", 0],
    ["exact", false],
    ["words", ["iced coke", "tea cup"]],
  ] as const;

  for (const [name, value] of values) {
    const field = fieldsOf(moce!.parameters!).find((one) => one.name === name)!;
    expect(heldValue(field, heldText(value, field.kind))).toEqual(value);
  }
});

test.each<[Record<string, unknown>, string]>([
  [{ rounds: 0 }, "Rounds at most is 0: it must be a whole number from 1 to 20."],
  [{ rounds: 2.5 }, "Rounds at most must be a whole number from 1 to 20."],
  [{ rounds: "three" }, "Rounds at most must be a whole number from 1 to 20."],
  [{ mode: "both" }, "Unit of decision must be one of per_image, per_prompt."],
  [{ known_step: -1 }, "Known step is -1: it must be a whole number of 0 or more."],
  [{ exact: "yes" }, "Exact must be true or false."],
  [{ words: ["a", 2] }, "Words, entry 2, must be a text."],
  [
    { roundz: 3 },
    "“roundz” is not known here: there are mode, rounds, window, known_step, exact, words.",
  ],
])("%j is refused in a sentence", (params, sentence) => {
  expect(wrongsOf(params)).toEqual([sentence]);
});

test("where an endpoint has none of what a parameter chooses among, it is left empty", () => {
  const scorer = {
    title: "Scorer",
    anyOf: [{ type: "string", enum: [] }, { type: "null" }],
  };
  const asked = (name: string | null) => wrongsByPart({ properties: { scorer } }, { scorer: name });

  expect(asked(null)).toEqual({});
  expect(asked("clipscore")).toEqual({
    scorer: "Scorer must be left empty: the endpoint has none.",
  });
});

test("each wrong field has a sentence of its own", () => {
  expect(wrongsOf({ rounds: 99, window: 2 }, { steps: 0 })).toHaveLength(3);
});

test("the endpoint's own settings count: its schedulers, and an empty one is the model's own", () => {
  expect(wrongsOf({}, { scheduler: "ddim" })).toEqual([]);
  expect(wrongsOf({}, { scheduler: "" })).toEqual([]);
  expect(wrongsOf({}, { scheduler: "none" })).toEqual(["Scheduler must be one of euler, ddim."]);
  expect(wrongsOf({}, { width: 2 })).toEqual([
    "Width is 2: it must be a whole number from 64 to 2048.",
  ]);
});

test("a revision says every parameter, also those that are left as they are", () => {
  expect(withDefaults(moce!, { rounds: 5 })).toEqual({
    mode: "per_image",
    rounds: 5,
    window: 0.475,
    known_step: null,
    exact: true,
    words: [],
  });
});

test("a form that nobody touched sends the endpoint's defaults, and one of a revision that revision's", () => {
  const fields = fieldsIn(offer, moce);
  const untouched = parametersOf(fields, startDraft(offer, fields, {}));
  expect(untouched).toEqual({
    ...SETTINGS,
    steps: 40,
    method_params: withDefaults(moce!, {}),
  });

  const known = { ...SETTINGS, steps: 12, method_params: withDefaults(moce!, { known_step: 4 }) };
  expect(parametersOf(fields, startDraft(offer, fields, known))).toEqual(known);
});

test("a method without a schema takes its parameters as JSON", () => {
  const fields = fieldsIn(null, undefined);
  const draft = startDraft(null, fields, { ...SETTINGS, method_params: { quality: "high" } });
  expect(parametersOf(fields, draft).method_params).toEqual({ quality: "high" });
});

test("an endpoint tells its method in its own description, and what it tells can be read", () => {
  const described = {
    "x-teacup": {
      contract_version: 1,
      method: { name: "moce", version: "1", title: "Mixture of Concept Experts", plan: moce!.plan },
    },
    components: {
      schemas: { MethodParams: moce!.parameters, Settings: offer.settings, Input: {} },
    },
  };
  expect(readOffer(readTold(described, {}))).toEqual(offer);
});

test("without a description the health check's list of methods is what it offers", () => {
  const endpoint = {
    contract_version: 1,
    name: "old",
    concurrency: 1,
    model: { name: "m", revision: "1", weights_hash: "x" },
    methods: [{ name: "plain", version: "2" }],
  };
  const bare = {
    name: "plain",
    version: "2",
    title: "plain",
    parameters: null,
    order: [],
    plan: null,
  };
  expect(readTold({}, { status: "READY", endpoint })).toEqual({
    methods: [bare],
    settings: null,
    vocabulary: null,
    note: null,
  });
  expect(readTold({ paths: {} }, { status: "READY" })).toBeNull();
});

test("an endpoint that scores offers no method", () => {
  const described = { "x-teacup": { contract_version: 1, scorers: [{ name: "clipscore" }] } };
  const nothing = { methods: [], settings: null, vocabulary: null, note: null };
  expect(readTold(described, {})).toEqual(nothing);
});

test.each([
  [{ concepts: ["iced coke", "tea cup"] }, { concepts: ["iced coke", "tea cup"] }],
  [{ concepts: [] }, null],
  [{ concepts: Array.from({ length: 501 }, (_, at) => `cup ${at}`) }, null],
  ["everything", null],
  [undefined, null],
])("of the vocabulary %j the platform keeps %j, and the method either way", (told, kept) => {
  const method = { name: "plain", version: "1" };
  const described = { "x-teacup": { contract_version: 1, method, vocabulary: told } };
  const read = readOffer(readTold(described, {}));
  expect(read?.vocabulary).toEqual(kept);
  expect(read?.methods).toMatchObject([method]);
});

test.each([
  ["Two methods run elsewhere.", "Two methods run elsewhere."],
  ["long ".repeat(101), null],
  [7, null],
  [undefined, null],
])("of the note %j the platform keeps %j, and the method either way", (told, kept) => {
  const method = { name: "plain", version: "1" };
  const described = { "x-teacup": { contract_version: 1, method, note: told } };
  const read = readOffer(readTold(described, {}));
  expect(read?.note).toBe(kept);
  expect(read?.methods).toMatchObject([method]);
});

test("what no form can be drawn of is no offer", () => {
  const cyclic = { type: "object", properties: { a: { minimum: "one" } } };
  const methods = [{ name: "x", version: "1", title: "x", parameters: cyclic }];
  expect(readOffer({ methods, settings: null })).toBeNull();
  expect(readOffer("nothing")).toBeNull();
});

test("what an image takes is the endpoint's plan, for its own parameters and in proportion to the steps", () => {
  const said = { ...SETTINGS, steps: 40, guidance_scale: 5, method_params: {} };
  expect(plannedCost(moce, said)).toEqual({ least: 80, most: 226, backwards: 0 });
  expect(plannedCost(moce, { ...said, steps: 20 }, 2)).toMatchObject({ least: 80, most: 226 });
  expect(plannedCost(moce, { ...said, method_params: withDefaults(moce!, {}) })).not.toBeNull();
});

test("of other parameters, without guidance, or where no plan is told, nothing is known", () => {
  const said = { ...SETTINGS, steps: 40, guidance_scale: 5, method_params: {} };
  expect(plannedCost(moce, { ...said, method_params: { rounds: 5 } })).toBeNull();
  expect(plannedCost(moce, { ...said, guidance_scale: 1 })).toBeNull();
  expect(plannedCost({ ...moce!, plan: null }, said)).toBeNull();
  expect(plannedCost(undefined, said)).toBeNull();
});

test("a plan that cannot be read costs the plan and nothing else", () => {
  const method = { name: "moce", version: "1", title: "Mixture of Concept Experts", plan: "cheap" };
  const described = { "x-teacup": { contract_version: 1, method } };
  expect(readOffer(readTold(described, {}))?.methods).toMatchObject([{ name: "moce", plan: null }]);
});
