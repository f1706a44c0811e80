import { expect, test } from "vitest";
import { readWorld } from "@/gpu-bridge/local/read-world";
import { readAsk } from "@/gpu-bridge/local/scene/read-ask";
import { vocabularyOf } from "@/gpu-bridge/local/scene/vocabulary";
import { findWord, type LexiconFamily, lexicon } from "@/server/mining/domain/offline/lexicon";
import { writeOffline } from "@/server/mining/domain/offline/write-offline";

const world = readWorld();
const vocabulary = vocabularyOf(world);
const ask = (prompt: string, concepts?: { text: string }[]) =>
  readAsk(vocabulary, world.fillers, { prompt, concepts });
const askedFor = (prompt: string, concepts?: { text: string }[]) => {
  const { content, host } = ask(prompt, concepts);
  return [content?.name ?? null, host?.name ?? null];
};

function plural(name: string): string {
  if (/(scissors|chopsticks)$/.test(name)) return name;
  return /(s|x|sh|ch)$/.test(name) ? `${name}es` : `${name}s`;
}

const pairsOf = (family: LexiconFamily) =>
  family.a.flatMap((a) => family.b.map((b) => ({ a: a.name, b: b.name, family: family.id })));
const inFamily = lexicon.families.flatMap(pairsOf);
const acrossFamilies = lexicon.families.flatMap((left) =>
  lexicon.families
    .filter((right) => right !== left)
    .flatMap((right) => left.a.flatMap((a) => right.b.map((b) => ({ a: a.name, b: b.name })))),
);

test("the simulator draws exactly the words that the offline proposer proposes", () => {
  const named = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  const drawn = world.lexicon.families.map(({ contents, hosts }) => [
    named(contents),
    named(hosts),
  ]);

  expect(drawn).toEqual(lexicon.families.map(({ a, b }) => [named(a), named(b)]));
});

test("every pair of a family is understood in all five prompts of the offline proposer", () => {
  expect(inFamily).toHaveLength(576);
  for (const { a, b } of inFamily) {
    for (const prompt of writeOffline(a, b))
      expect([prompt, ...askedFor(prompt)]).toEqual([prompt, a, b]);
  }
});

test("every pair across families is understood in prompts and as named concepts", () => {
  for (const { a, b } of acrossFamilies) {
    const [prompt = ""] = writeOffline(a, b);
    expect([prompt, ...askedFor(prompt)]).toEqual([prompt, a, b]);
    expect(askedFor(prompt, [{ text: b }, { text: a }])).toEqual([a, b]);
  }
});

test("a pair is understood host first, content first, in the plural and with adjectives", () => {
  for (const { a, b } of inFamily) {
    const phrase =
      findWord(
        lexicon.families.flatMap((family) => family.a),
        a,
      )?.phrase ?? a;
    expect(askedFor(`a ${b} with ${phrase}`)).toEqual([a, b]);
    expect(askedFor(`Two small ${plural(b)}, and ${phrase} close to them`)).toEqual([a, b]);
    expect(askedFor(`A beautiful photo of ${phrase}, one ${b} on a wooden table.`)).toEqual([a, b]);
  }
});

test.each([
  ["a teacup of cola", "iced coke", "tea cup"],
  ["iced coke in the wineglass", "iced coke", "wine glass"],
  ["cherries on a lemon tree", "cherry", "lemon tree"],
  ["a pair of scissors cutting a brick wall", "wall", "scissors"],
  ["a watermelon in a tea cup on the beach", "watermelon", "tea cup"],
  ["soup with chopsticks", "soup", "chopsticks"],
  ["soup in a bowl", "soup", "bowl"],
])("%s asks for %s and %s", (prompt, content, host) => {
  expect(askedFor(prompt)).toEqual([content, host]);
});

test("soup's typical partner is the pot among containers and the ladle among tools", () => {
  expect(ask("soup in a bowl").content).toMatchObject({ familyId: "F1", index: 11 });
  expect(ask("soup with scissors").content).toMatchObject({ familyId: "F4", index: 7 });
});

test("one concept alone is understood", () => {
  expect(askedFor("a photo of a penguin")).toEqual(["penguin", null]);
  expect(askedFor("an empty wine glass on a table")).toEqual([null, "wine glass"]);
});

test.each([
  ["iced coke in a snow globe", undefined, "snow globe"],
  ["a photo of a dragon, in soft light", undefined, "dragon"],
  ["a tea cup of iced coke", [{ text: "iced coke" }, { text: "Snow Globe" }], "Snow Globe"],
  ["chocolate milk in a jar", [{ text: "chocolate milk" }, { text: "jar" }], "chocolate milk"],
  ["a lemon and an apple", [{ text: "lemon" }, { text: "apple" }], "lemon and apple"],
])("'%s' is refused with the part that cannot be drawn", (prompt, concepts, what) => {
  expect(() => ask(prompt, concepts)).toThrow(`the sketch simulator cannot draw '${what}'`);
});
