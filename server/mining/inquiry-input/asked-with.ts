import type { Used } from "../send-exchange";

/** A question's material, and which rows of the project it was made of. */
export type AskedWith<Input> = { input: Input; used: Used };
