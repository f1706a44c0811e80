import type { LeasedRender } from "./platform";

/** An answer in the render contract's words, not yet believed. */
export type Received = { status: number; text: string };

export type Health = { health: "ready" | "busy" | "starting" | "unreachable"; said: object };

/** Whatever draws: every kind of it answers as the render contract says. */
export type Endpoint = {
  /** @throws RenderFailure when nothing came that could be read. */
  predict: (render: LeasedRender, signal: AbortSignal) => Promise<Received>;
  cancel: (render: LeasedRender) => Promise<void>;
  health: () => Promise<Health>;
  close: () => Promise<void>;
};
