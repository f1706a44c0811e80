import type { Offer } from "@/gpu-bridge/contract/offer";
import type { LeasedRender } from "./platform";

/** An answer in the render contract's words, not yet believed. */
export type Received = { status: number; text: string };

/**
 * `said` is shown as it is; `reason` in it says in a sentence why the endpoint cannot draw. `offer`: which methods it draws by, with their
 * parameters; null when it cannot be asked now, or does not tell.
 */
export type Health = {
  health: "ready" | "busy" | "starting" | "unreachable";
  said: object;
  offer: Offer | null;
};

export type Prediction = {
  signal: AbortSignal;
  /**
   * Called when an answer begins to arrive: whoever drew it is free for the next one. The answer is read once
   * this resolves.
   */
  arrived: () => Promise<void>;
};

/** Whatever draws: every kind of it answers as the render contract says. */
export type Endpoint = {
  /** @throws RenderFailure when nothing came that could be read. */
  predict: (render: LeasedRender, prediction: Prediction) => Promise<Received>;
  cancel: (render: LeasedRender) => Promise<void>;
  health: () => Promise<Health>;
  close: () => Promise<void>;
};
