import type { Model } from "./model";
import type { Parameters, Values } from "./parameters";
import type { Picture } from "./pictures";
import type { Sampler, SamplerName } from "./samplers";

export type Concept = { text: string; description: string | null };

/** One prompt at several seeds, checked, with the endpoint's defaults filled in. */
export type Ask = {
  prompt: string;
  seeds: readonly number[];
  steps: number;
  guidance: number;
  negative: string | null;
  scheduler: SamplerName;
  concepts: readonly Concept[]; // in drawing order
};

/** At a scale of 1 or below the prompt's prediction is all there is, as in diffusers. */
export const isGuided = ({ guidance }: Pick<Ask, "guidance">) => guidance > 1;
/** Evals that one step of plain guidance costs an image. */
export const rowsAStep = (ask: Pick<Ask, "guidance">) => (isGuided(ask) ? 2 : 1);

/** Judges pictures against texts. Thresholds mean something on its scale alone, so it has them. */
export type Scorer = {
  name: string;
  thresholds: { delta: number | null; tau: number | null };
  about: { scorer: string; version: string; settings: object; model: ModelAbout };
  /** Row i: picture i against each text. */
  score: (
    pictures: readonly Picture[],
    texts: readonly string[],
    signal: AbortSignal,
  ) => Promise<number[][]>;
  /** The ends of the texts that it does not read, by text. */
  removed: (texts: readonly string[]) => Record<string, string>;
};

export type ModelAbout = {
  name: string;
  revision: string;
  weights_hash: string;
  files: Record<string, string>;
};

/** What one prediction draws with. */
export type Easel = {
  model: Model;
  sampler: Sampler;
  scorer: Scorer | null;
  signal: AbortSignal;
};

/** `latents[i]` belongs to `seeds[i]`. `pictures` only where the method has decoded them. */
export type Drawn = {
  latents: readonly Float32Array[];
  pictures?: readonly Picture[];
  mode?: string;
  perImage?: readonly object[];
  trace: object;
};

/** Forward rows of the network an image: exact, or between two ends. */
export type Plan = { least: number; most: number };

/** `check` throws Refused before anything is drawn. */
export type Method<P extends Parameters> = {
  name: string;
  version: string;
  title: string;
  parameters: P;
  check: (ask: Ask, values: Values<P>, scorer: Scorer | null) => void;
  plan: (
    ask: Pick<Ask, "prompt" | "concepts" | "guidance">,
    values: Values<P>,
    steps: number,
  ) => Plan;
  run: (easel: Easel, ask: Ask, values: Values<P>) => Promise<Drawn>;
};
