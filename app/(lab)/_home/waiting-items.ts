import type { ListedProject } from "@/server/project/list-projects";

/** `words` names what waits ("14 pairs to review"), `act` what to do about it ("Review 14 pairs"). */
export type WaitingItem = { href: string; words: string; act: string };

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

/** What waits for the viewer in one project, the most pressing first. */
export function waitingItems({ slug, role, waiting }: ListedProject): WaitingItem[] {
  const toRate = rateItems(waiting.toRate);
  if (role === "expert" || !("toReview" in waiting)) return toRate;
  const home = `/p/${slug}`;
  const pairs = many(waiting.toReview, "pair", "pairs");
  const answers = many(waiting.stuck, "answer", "answers");
  const steps = many(waiting.asks, "step", "steps");
  const renders = many(waiting.failedRenders, "failed render", "failed renders");
  const ready = many(waiting.toRender, "pair", "pairs");
  const grids = many(waiting.toSettle, "grid", "grids");
  return [
    ...(waiting.toReview > 0
      ? [{ href: `${home}/pairs?view=review`, words: `${pairs} to review`, act: `Review ${pairs}` }]
      : []),
    ...(waiting.stuck > 0
      ? [{ href: `${home}/pairs`, words: `${answers} to look at`, act: `Look at ${answers}` }]
      : []),
    ...(waiting.toSettle > 0
      ? [
          {
            href: `${home}/rating/adjudication`,
            words: `${grids} to settle`,
            act: `Settle ${grids}`,
          },
        ]
      : []),
    ...(waiting.asks > 0
      ? [{ href: home, words: `${steps} to go on with`, act: `Go on with ${steps}` }]
      : []),
    ...(waiting.failedRenders > 0
      ? [{ href: `${home}/runs`, words: renders, act: `See ${renders}` }]
      : []),
    ...(waiting.toRender > 0
      ? [{ href: `${home}/runs`, words: `${ready} to render`, act: `Render ${ready}` }]
      : []),
    ...toRate,
  ];
}

/** Prompts are being written: what can be rendered grows by itself until they are. */
export const isGrowing = (projects: readonly Pick<ListedProject, "waiting">[]): boolean =>
  projects.some(({ waiting }) => "promptsUnderWay" in waiting && waiting.promptsUnderWay > 0);

function rateItems(count: number): WaitingItem[] {
  if (count === 0) return [];
  const grids = many(count, "grid", "grids");
  return [{ href: "/rate", words: `${grids} to rate`, act: `Rate ${grids}` }];
}
