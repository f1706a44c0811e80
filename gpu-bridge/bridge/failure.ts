import { storable } from "./storable";

// What the product keeps of a reason.
const LONGEST_REASON = 500;

export type FailureKind = "busy" | "retryable" | "permanent";

/** Why an attempt ended without images, in words a researcher reads. */
export class RenderFailure extends Error {
  override readonly name = "RenderFailure";

  constructor(
    readonly kind: FailureKind,
    message: string,
    options?: ErrorOptions & { isAway?: boolean },
  ) {
    super(storable(message.slice(0, LONGEST_REASON)), options);
    this.isAway = options?.isAway ?? false;
  }

  /** The endpoint was never reached. */
  readonly isAway: boolean;
}

/** A host's filter took one image; those at other seeds may be there. */
export class Filtered extends RenderFailure {
  constructor(message: string) {
    super("permanent", message);
  }
}

/** The product is there and fails at this one call: the endpoint has no part in it. */
export class NotTaken extends RenderFailure {
  constructor(times: number, options: ErrorOptions) {
    const sentence = `The product failed ${times} times in a row at what the bridge asked of it; its log says why`;
    super("retryable", sentence, options);
  }
}

/** The render is not ours any more: cancelled, or taken over while this process was paused. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/** The bridge is told to stop. */
export class Stopping extends Error {
  override readonly name = "Stopping";
}
