import type { World } from "@/gpu-bridge/local/read-world";
import { oddsOf, typicalHostOf } from "@/gpu-bridge/local/scene/plan-scene";
import { type Entry, vocabularyOf } from "@/gpu-bridge/local/scene/vocabulary";
import { pairKey } from "@/server/mining/domain/pair-key";

export type UniversePair = { key: string; a: string; b: string; content: Entry; host: Entry };

/**
 * Every pair of content and host but the typical ones: the untypical pairs of the four families and all crosses
 * that phase 4 can make. A content of two families is drawn as its host's kin, as the simulator reads it.
 */
export function universeOf(world: World): UniversePair[] {
  const entries = [...vocabularyOf(world).byKey.values()].flat();
  const names = (role: Entry["role"]) => [
    ...new Set(entries.filter((entry) => entry.role === role).map(({ name }) => name)),
  ];
  const entryOf = (name: string, role: Entry["role"], familyId?: string) => {
    const found = entries.filter((entry) => entry.name === name && entry.role === role);
    const entry = found.find((one) => one.familyId === familyId) ?? found[0];
    if (!entry) throw new Error(`The world has no ${role} ${name}`);
    return entry;
  };
  return names("content").flatMap((a) =>
    names("host").flatMap((b) => {
      const host = entryOf(b, "host");
      const content = entryOf(a, "content", host.familyId);
      const isTypical = typicalHostOf(world, content).id === host.id;
      return isTypical ? [] : [{ key: pairKey(a, b), a, b, content, host }];
    }),
  );
}

const IMAGES = 20;
/** Level 5 is more likely than not: P(0 of 20) of the world's own odds. */
const LIKELY = 0.5;

export const isTrueLevel5 = (world: World, { content, host }: UniversePair): boolean =>
  (1 - oddsOf(world, content, host)) ** IMAGES >= LIKELY;
