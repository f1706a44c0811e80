import type { Draws } from "../draws";
import type { World } from "../read-world";
import type { Ask } from "./read-ask";
import type { Entry } from "./vocabulary";

export type Drawn = { content: Entry | null; host: Entry | null };

/** What an image really shows. `substituted`: the typical partner stands where another was asked for. */
export type TrueScene = {
  content: string | null;
  host: string | null;
  asked: { content: string | null; host: string | null };
  drawn: { content: string | null; host: string | null };
  correct: boolean;
  substituted: boolean;
};

const ODDS_FLOOR = 0;
const ODDS_CEILING = 0.97;

/** Decides by the bias table what is drawn; the seed and the prompt throw the dice. */
export function planScene(world: World, ask: Ask, draws: Draws): Drawn {
  const { content, host } = ask;
  if (!content || !host) return { content, host };
  if (draws.outcome() < oddsOf(world, content, host)) return { content, host };
  return failureOf(world, content, host, draws.failure());
}

/** The odds that a pair is drawn as asked. */
export function oddsOf({ bias }: World, content: Entry, host: Entry): number {
  const inFamily = bias.pairs[content.familyId]?.[content.name]?.[host.name];
  if (inFamily !== undefined && content.familyId === host.familyId) return inFamily;
  const base = bias.cross[content.familyId]?.[host.familyId] ?? 0;
  const odds = base + (bias.shift[content.name] ?? 0);
  return Math.min(ODDS_CEILING, Math.max(ODDS_FLOOR, odds));
}

function failureOf(world: World, content: Entry, host: Entry, dice: number): Drawn {
  const { typicalHost, hostAlone, contentAlone } = world.bias.failures;
  const typical = typicalHostOf(world, content);
  const isTypical = typical.id === host.id;
  // A typical pair has no partner to fall back to: it loses one of its two halves.
  const substitutes = isTypical ? 0 : typicalHost;
  const scaled = dice * (substitutes + hostAlone + contentAlone);
  if (scaled < substitutes) return { content, host: typical };
  if (scaled < substitutes + hostAlone) return { content: null, host };
  return { content, host: null };
}

export function typicalHostOf({ lexicon }: World, content: Entry): Entry {
  const family = lexicon.families.find(({ id }) => id === content.familyId);
  const word = family?.hosts[content.index];
  if (!word) throw new Error(`${content.name} has no typical host`);
  return {
    role: "host",
    familyId: content.familyId,
    index: content.index,
    id: word.id,
    name: word.name,
  };
}

export function trueSceneOf(world: World, ask: Ask, drawn: Drawn): TrueScene {
  const names = ({ content, host }: Drawn) => ({
    content: content?.name ?? null,
    host: host?.name ?? null,
  });
  const asked = names(ask);
  const shown = names(drawn);
  const typical = ask.content && typicalHostOf(world, ask.content).name;
  const correct = shown.content === asked.content && shown.host === asked.host;
  return {
    ...shown,
    asked,
    drawn: shown,
    correct,
    substituted: !correct && shown.content !== null && shown.host === typical,
  };
}
