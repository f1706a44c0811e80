/** The log names something that it has not made, or an answer that cannot be read any more: a difference, and no crash. */
export class BrokenLog extends Error {}
