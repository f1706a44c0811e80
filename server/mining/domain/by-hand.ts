/** Who proposed what no LLM did, where a batch names its proposer. */
export const BY_HAND = "by hand";
