import type { z } from "zod";
import type { EndpointDescription } from "../../contract/schemas";

/** A prediction that asking again would end in the same way. */
export class PermanentFailure extends Error {
  override readonly name: string = "PermanentFailure";
}

/** What has been set up and can be asked. `run` stops soon after its signal aborts. */
export type Ready = {
  model: EndpointDescription["model"];
  methods: EndpointDescription["methods"];
  openApi: object;
  run: (input: unknown, signal: AbortSignal) => Promise<object>;
};

/** One endpoint of this process. What is set up is asked for anew at every request. */
export type Endpoint = {
  name: string;
  input: z.ZodType;
  largestBody: number;
  /** "starting", or why it could not be set up. */
  state: () => Ready | "starting" | Error;
};
