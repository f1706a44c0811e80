import { PAIR_STATES } from "@/db/enums";
import { PAIR_QUESTIONS, type PairQuestion } from "@/server/mining/domain/inquiry-input";
import { LevelFilter, type PairFilter } from "@/server/mining/schemas";

export const FILTER_NAMES = ["pattern", "state", "level", "q"] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** The filter that an address asks for; what it cannot mean is left out. */
export function readFilter(search: Pick<URLSearchParams, "get">): PairFilter {
  const level = LevelFilter.safeParse(Number(search.get("level")) || search.get("level"));
  return {
    patternId: search.get("pattern"),
    state: PAIR_STATES.find((state) => state === search.get("state")) ?? null,
    level: level.data ?? null,
    search: search.get("q"),
  };
}

/** What an address wants asked about the pairs that it shows. */
export const readAsked = (search: Pick<URLSearchParams, "get">): PairQuestion | null =>
  PAIR_QUESTIONS.find((purpose) => purpose === search.get("ask")) ?? null;

export const isFiltered = (search: Pick<URLSearchParams, "get">): boolean =>
  FILTER_NAMES.some((name) => search.get(name));
