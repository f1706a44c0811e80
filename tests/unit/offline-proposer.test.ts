import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkPair } from "@/server/mining/domain/check-pair";
import { lexicon } from "@/server/mining/domain/offline/lexicon";
import { crossings, isCrossed, matchCrossing } from "@/server/mining/domain/offline/match-crossing";
import { proposeOffline, typicalHost } from "@/server/mining/domain/offline/propose-offline";
import { writeOffline } from "@/server/mining/domain/offline/write-offline";
import { pairKey } from "@/server/mining/domain/pair-key";
import { checkPrompts } from "@/server/mining/domain/prompt-checks";

const family = (id: string) => lexicon.families.find((known) => known.id === id)!;
const within = (id: string) => ({ content: family(id), host: family(id) });
const idsOf = (pattern: Parameters<typeof matchCrossing>[0]) => {
  const crossing = matchCrossing(pattern);
  return crossing && [crossing.content.id, crossing.host.id];
};
const hints = (name: string, exemplars: { a: string; b: string }[] = []) => ({
  name,
  definition: "",
  exemplars,
});

test("the world has four families of twelve and twelve", () => {
  expect(lexicon.families.map(({ id, a, b }) => [id, a.length, b.length])).toEqual([
    ["F1", 12, 12],
    ["F2", 12, 12],
    ["F3", 12, 12],
    ["F4", 12, 12],
  ]);
});

test.each([
  ["Beverage and incorrect container", "F1"],
  ["Animal and incorrect place", "F2"],
  ["Fruit and incorrect tree", "F3"],
  ["Item and wrong tool", "F4"],
])("the name “%s” is the family %s", (name, id) => {
  expect(idsOf(hints(name))).toEqual([id, id]);
});

test("exemplars say more than a name", () => {
  const exemplars = [
    { a: "jungle", b: "cow" },
    { a: "owl", b: "the beach" },
    { a: "unicorn", b: "office" },
  ];
  expect(idsOf(hints("Odd things", exemplars))).toEqual(["F2", "F2"]);
});

test.each(["Animal and incorrect covering", "Odd things", ""])(
  "the pattern “%s” is none of the families",
  (name) => {
    expect(matchCrossing(hints(name))).toBeNull();
  },
);

test("equal seeds propose equal pairs, other seeds others", () => {
  expect(proposeOffline(within("F1"), 20, 5, null)).toEqual(
    proposeOffline(within("F1"), 20, 5, null),
  );
  expect(proposeOffline(within("F1"), 20, 5, null)).not.toEqual(
    proposeOffline(within("F1"), 20, 6, null),
  );
});

test("only atypical pairs of the family are proposed, their typical partner named as the latent one", () => {
  for (const { a, b, latent } of proposeOffline(within("F3"), 500, 1, null)) {
    const at = family("F3").a.findIndex((word) => word.name === a);
    expect(family("F3").b[at]?.name).toBe(latent);
    expect(b).not.toBe(latent);
  }
});

test("repeats rise as a family runs dry, and every pair is found in the end", () => {
  const seen = new Set<string>();
  const novelty = Array.from({ length: 80 }, (_, seed) => {
    const batch = proposeOffline(within("F2"), 20, seed, null);
    const before = seen.size;
    for (const { a, b } of batch) seen.add(pairKey(a, b));
    return (seen.size - before) / 20;
  });
  const mean = (part: number[]) => part.reduce((sum, share) => sum + share, 0) / part.length;
  expect(mean(novelty.slice(0, 2))).toBeGreaterThan(0.7);
  expect(mean(novelty.slice(6, 10))).toBeLessThan(0.5);
  expect(seen.size).toBe(12 * 11);
});

test.each([
  ["Beverage with the wrong tree", ["F1", "F3"]],
  ["Fruit in an odd container", ["F3", "F1"]],
  ["Animal with the wrong tool", ["F2", "F4"]],
])("the name “%s” crosses two families", (name, ids) => {
  expect(idsOf(hints(name))).toEqual(ids);
});

test("two families that cross are known by their exemplars too", () => {
  const exemplars = [
    { a: "lemon", b: "tea cup" },
    { a: "jar", b: "mango" },
  ];
  expect(idsOf(hints("Odd things", exemplars))).toEqual(["F3", "F1"]);
});

test("no crossing proposes what somebody would expect, and the latent one is never A or B", () => {
  for (const crossing of crossings.filter(isCrossed))
    for (const { a, b, latent } of proposeOffline(crossing, 300, 1, null)) {
      const usual = lexicon.families.map((known) => typicalHost(known, a)?.name);
      expect(usual, `${a} × ${b}`).not.toContain(b);
      expect(checkPair({ a, b, latent })).toBeNull();
    }
});

const narrow = new Set(["icedcoke", "milk", "teacup", "milkbottle", "cow"]);

test("of a vocabulary only what it holds is proposed, each content with every host that would surprise", () => {
  const found = proposeOffline(within("F1"), 200, 1, narrow).map(({ a, b }) => `${a} × ${b}`);
  expect([...new Set(found)].sort()).toEqual([
    "iced coke × milk bottle",
    "iced coke × tea cup",
    "milk × tea cup",
  ]);
});

test.each([
  ["F3", "F3"],
  // A cow, and no place.
  ["F2", "F2"],
  ["F1", "F2"],
])("of %s in %s nothing is proposed where the vocabulary lacks a side", (content, host) => {
  expect(proposeOffline({ content: family(content), host: family(host) }, 20, 1, narrow)).toEqual(
    [],
  );
});

const words = lexicon.families.flatMap(({ a }) => a.map(({ name }) => name));
const hosts = lexicon.families.flatMap(({ b }) => b.map(({ name }) => name));

test("prompts of every pair, also across families, keep the rules", () => {
  for (const a of words)
    for (const b of hosts) {
      const own = lexicon.families.find((known) => known.a.some(({ name }) => name === a))!;
      const latent = own.b[own.a.findIndex(({ name }) => name === a)]!.name;
      const subject = { a, b, latent: latent === b ? null : latent };
      expect(checkPrompts(writeOffline(a, b), subject), `${a} × ${b}`).toEqual([]);
    }
});

const captionWords = lexicon.families.flatMap(({ captions, a, b }) =>
  [...captions, ...[...a, ...b].flatMap(({ name, phrase }) => [name, phrase])].flatMap((text) =>
    text.split(" "),
  ),
);

test("where the generator's words are told, prompts of every pair keep to them, and keep the rules", () => {
  const known = new Set(captionWords);
  for (const a of words)
    for (const b of hosts) {
      const prompts = writeOffline(a, b, captionWords);
      expect(checkPrompts(prompts, { a, b, latent: null }), `${a} × ${b}`).toEqual([]);
      expect(prompts.flatMap((text) => text.split(" ")).filter((word) => !known.has(word))).toEqual(
        [],
      );
    }
});

test("a cup of coke and a fish in a cup are asked for in the words of captions", () => {
  expect(writeOffline("iced coke", "tea cup", captionWords)).toEqual([
    "iced coke in a tea cup",
    "a tea cup full of iced coke",
    "a photo of a tea cup of iced coke",
    "a tea cup of iced coke on a wooden table",
    "a photo of iced coke in a tea cup by a sunny window",
  ]);
  expect(writeOffline("ice floe", "whale", captionWords)).toEqual([
    "a whale on the ice floe",
    "a whale standing on the ice floe",
    "a view of the ice floe with a whale",
    "the ice floe with a whale on a usual day",
    "a photo of the ice floe and a whale in soft light",
  ]);
});

test("where a word is missing the usual grammar writes", () => {
  const short = captionWords.filter((word) => word !== "window");
  expect(writeOffline("milk", "jar", short)).toEqual(writeOffline("milk", "jar"));
  expect(writeOffline("unicorn", "jar", captionWords)).toEqual(writeOffline("unicorn", "jar"));
});

test("prompts of words outside the lexicon keep the rules too", () => {
  const subject = { a: "hedgehog", b: "knitted jumper", latent: "fur" };
  expect(checkPrompts(writeOffline(subject.a, subject.b), subject)).toEqual([]);
});

const drawable = ["contents", "containers", "places", "trees", "tools"].flatMap((file) => {
  const data = JSON.parse(readFileSync(`gpu-bridge/local/data/${file}.json`, "utf8"));
  return (data as { id: string }[]).map(({ id }) => id);
});

test("the Sketch simulator can draw every concept of the lexicon", () => {
  const ids = [...words, ...hosts].map((name) => name.replaceAll(" ", "-"));
  expect(ids.filter((id) => !drawable.includes(id))).toEqual([]);
});
