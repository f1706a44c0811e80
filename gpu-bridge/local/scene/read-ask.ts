import type { RenderInput } from "../../contract/schemas";
import { PermanentFailure } from "../serve/endpoint";
import { type Entry, type Found, findAll, type Role, type Vocabulary } from "./vocabulary";
import { rawWordsOf } from "./words";

/** What a prompt asks for: a content, a host, or both. */
export type Ask = { content: Entry | null; host: Entry | null };
export type Fillers = ReadonlySet<string>;

export class CannotDraw extends PermanentFailure {
  override readonly name = "CannotDraw";

  constructor(what: string) {
    super(`the sketch simulator cannot draw '${what}'`);
  }
}

/** @throws CannotDraw that names the part not understood. */
export function readAsk(
  vocabulary: Vocabulary,
  fillers: Fillers,
  { prompt, concepts }: Pick<RenderInput, "prompt" | "concepts">,
): Ask {
  if (!concepts?.length) return askOfPrompt(vocabulary, fillers, prompt);
  const found = concepts.map(({ text }) => conceptIn(vocabulary, fillers, text));
  const ask = askOf(found);
  if (!ask || found.length > 2) {
    throw new CannotDraw(concepts.map(({ text }) => text.trim()).join(" and "));
  }
  return ask;
}

/** A concept is one known word; adjectives before it change nothing, anything else makes it unknown. */
function conceptIn(vocabulary: Vocabulary, fillers: Fillers, text: string): Found {
  const words = rawWordsOf(text);
  const [found, more] = findAll(vocabulary, words);
  const isWhole = found && !more && found.end === words.length;
  if (!isWhole || !words.slice(0, found.start).every((word) => fillers.has(word))) {
    throw new CannotDraw(text.trim());
  }
  return found;
}

function askOfPrompt(vocabulary: Vocabulary, fillers: Fillers, prompt: string): Ask {
  const words = rawWordsOf(prompt);
  const found = findAll(vocabulary, words);
  const ask = pairIn(found);
  if (ask.content && ask.host) return ask;
  const unknown = longestUnknown(words, found, fillers);
  if (unknown) throw new CannotDraw(unknown);
  if (!ask.content && !ask.host) throw new CannotDraw(prompt.trim().slice(0, 80));
  return ask;
}

/** The first content, with the first host of its own family if the text has one. */
function pairIn(found: readonly Found[]): Ask {
  const contents = found.filter((match) => hasRole(match, "content"));
  const hosts = found.filter((match) => hasRole(match, "host"));
  const [first] = contents;
  if (!first) return { content: null, host: hosts[0]?.entries[0] ?? null };
  const families = new Set(first.entries.map(({ familyId }) => familyId));
  const kin = hosts.find(({ entries }) => entries.some(({ familyId }) => families.has(familyId)));
  return (
    askOf([first, ...[kin ?? hosts[0]].filter((host) => host !== undefined)]) ?? {
      content: null,
      host: null,
    }
  );
}

/** Null when both are contents, or both hosts: there is no scene of the two. */
function askOf(found: readonly Found[]): Ask | null {
  const hosts = found.filter((match) => hasRole(match, "host"));
  const contents = found.filter((match) => hasRole(match, "content"));
  if (hosts.length > 1 || contents.length > 1) return null;
  const host = hosts[0]?.entries[0] ?? null;
  const candidates = contents[0]?.entries ?? [];
  // "soup" and "noodles" live in two families; the host says which partner is the typical one.
  const content = candidates.find(({ familyId }) => familyId === host?.familyId) ?? candidates[0];
  return { content: content ?? null, host };
}

const hasRole = ({ entries }: Found, role: Role) => entries.some((entry) => entry.role === role);

function longestUnknown(
  words: readonly string[],
  found: readonly Found[],
  fillers: Fillers,
): string | null {
  const isKnown = (at: number) => found.some(({ start, end }) => at >= start && at < end);
  const marked = words.map((word, at) => (isKnown(at) || fillers.has(word) ? "|" : word));
  const runs = marked
    .join(" ")
    .split("|")
    .map((run) => run.trim())
    .filter(Boolean);
  return runs.sort((a, b) => b.length - a.length)[0] ?? null;
}
