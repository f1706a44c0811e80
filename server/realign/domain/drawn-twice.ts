// The second image is told where things stand in the first one, which is drawn plainly at the same seed.
const DRAWN_TWICE: readonly string[] = ["realign_diff"];

export const isDrawnTwice = (method: string): boolean => DRAWN_TWICE.includes(method);

/** How many renders one prompt of a pair costs at most. */
export const rendersPerPrompt = (method: string): number => (isDrawnTwice(method) ? 2 : 1);
