import type { ServerResponse } from "node:http";
import { FAKE_WEIGHTS } from "@/tests/support/fake-endpoint-answers";
import { makePng } from "@/tests/support/make-png";

/** Draws in [0, 1): the same mutation for the same seed. */
export type Draw = () => number;
export type Asked = {
  id: string;
  seeds: readonly number[];
  width: number;
  height: number;
  /** What an honest endpoint says, where it was asked for something else than images. */
  answer?: unknown;
};

/** One way to spoil a good answer, played on the open connection. */
export type Mutation = {
  name: string;
  play: (response: ServerResponse, asked: Asked) => void;
  /** It never ends by itself. */
  isEndless?: boolean;
};

export type Good = ReturnType<typeof goodAnswer>;

/** What an honest endpoint says, Cog's envelope around it; every part of it can be spoilt. */
export function goodAnswer({ id, seeds, width, height }: Asked) {
  return {
    id,
    status: "succeeded" as unknown,
    error: null as unknown,
    output: {
      images: seeds.map((seed) => asDataUrl(pngOf(seed, width, height))) as unknown[],
      seeds: [...seeds] as unknown[],
      evals: 40 as unknown,
      backwards: 0 as unknown,
      timings: { render: 0.1 } as unknown,
      model: { name: "fake", revision: "1", weights_hash: FAKE_WEIGHTS } as unknown,
      method: { name: "moce", version: "1", mode: "default", parameters: {} } as unknown,
      trace: { visited: [{ step: 3, first: 0.4, second: 0.6 }] } as unknown,
    },
  };
}

export const asDataUrl = (png: Buffer) => `data:image/png;base64,${png.toString("base64")}`;

export const pngOf = (seed: number, width: number, height: number) =>
  makePng({ width, height, paint: (row, y) => row.fill((seed + y) % 256) });

export const pick = <T>(draw: Draw, from: readonly T[]): T =>
  from[Math.floor(draw() * from.length)] as T;

export const below = (draw: Draw, limit: number) => Math.floor(draw() * limit);

/** Answers 200 with this text or these bytes, as JSON. */
export const says = (
  name: string,
  body: (asked: Asked) => string | Buffer,
  headers: Record<string, string> = {},
): Mutation => ({
  name,
  play: (response, asked) => {
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(body(asked));
  },
});

/** The good answer, changed before it is written. */
export const changed = (name: string, change: (good: Good, asked: Asked) => void): Mutation =>
  says(name, (asked) => {
    const good = goodAnswer(asked);
    change(good, asked);
    return JSON.stringify(good);
  });
