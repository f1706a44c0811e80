import { z } from "zod";
import { ADJUDICATION_REASONS } from "@/db/enums";
import { type Reasons, startReasons } from "./rulings";

/** null takes a ruling back. */
export type Decided = "correct" | "incorrect" | null;
/** What a person has chosen for a grid, by image, and not settled yet. */
export type SettleDraft = { chosen: ReadonlyMap<string, Decided>; reasons: Reasons };

export const EMPTY_DRAFT: SettleDraft = { chosen: new Map(), reasons: startReasons };

const Stored = z.object({
  chosen: z.array(z.tuple([z.string(), z.enum(["correct", "incorrect"]).nullable()])),
  reasons: z.object({
    reason: z.enum(ADJUDICATION_REASONS).nullable(),
    note: z.string(),
    isGuidelineGap: z.boolean(),
  }),
});

/** Another account of the same browser does not find it. */
export const draftName = (accountId: string, gridId: string) =>
  `teacup-settling ${accountId} ${gridId}`;

const read = new Map<string, SettleDraft>();
const watchers = new Set<() => void>();
const tell = () => {
  for (const watcher of watchers) watcher();
};

const forget = () => {
  read.clear();
  tell();
};

/** Kept by this browser, so that it outlives the page and the tab. */
export function readDraft(name: string): SettleDraft {
  const draft = read.get(name) ?? parse(localStorage.getItem(name));
  read.set(name, draft);
  return draft;
}

export function keepDraft(name: string, draft: SettleDraft): void {
  read.set(name, draft);
  const { chosen, reasons } = draft;
  if (draft === EMPTY_DRAFT) localStorage.removeItem(name);
  else store(name, JSON.stringify({ chosen: [...chosen], reasons }));
  tell();
}

/** Also of what another tab keeps. */
export function watchDrafts(watcher: () => void): () => void {
  if (watchers.size === 0) window.addEventListener("storage", forget);
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) window.removeEventListener("storage", forget);
  };
}

function store(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch (error) {
    // No room, or none allowed: the choices stand as long as the page does.
    console.warn("What is chosen could not be kept in this browser", error);
  }
}

function parse(text: string | null): SettleDraft {
  const stored = Stored.safeParse(text === null ? null : jsonOf(text)).data;
  return stored ? { ...stored, chosen: new Map(stored.chosen) } : EMPTY_DRAFT;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    console.warn("What was kept of an adjudication cannot be read", error);
    return null;
  }
}
