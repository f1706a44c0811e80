// The second image is told where things stand in the first one, which is drawn plainly at the same seed.
const DRAWN_TWICE: readonly string[] = ["realign_diff"];

export const isDrawnTwice = (method: string): boolean => DRAWN_TWICE.includes(method);

/** How many renders one prompt of a pair costs at most. */
export const rendersPerPrompt = (method: string): number => (isDrawnTwice(method) ? 2 : 1);

/** What a generator of such a method needs, for whoever sets one up. */
export const TWICE_NEEDS =
  "Each prompt is drawn plainly, looked at, and drawn again at the same seeds with its words held to their places: two renders a prompt. Which words stand for A and B is asked of the proposer when a run starts, or written on the pair's page.";
