import type { Easel } from "./asking";
import type { Picture } from "./pictures";
import { type Predict, sample, start } from "./sampling";

// Two texts one after the other: the first for k steps, the second from there to the picture, for as many k
// as anybody asks for, each state and each picture made once (methods.md 2.6).

/** Which step each image is wanted at: image to k. */
export type Wanted = ReadonlyMap<number, number>;

/** The first phase, as far as anybody asked for it: L_0, L_1, ... of each image. */
export class Trajectory {
  readonly #states: Float32Array[][];

  constructor(
    private readonly easel: Easel,
    private readonly first: Predict,
    seeds: readonly number[],
  ) {
    this.#states = start(easel.sampler, seeds).map((latent) => [latent]);
  }

  at(image: number, k: number): Float32Array {
    const state = this.#states[image]?.[k];
    if (!state) throw new Error(`L_${k} of image ${image} was not asked for`);
    return state;
  }

  /** Images at the same step share the batch; none goes further than it was asked to. */
  async extend(wanted: Wanted): Promise<void> {
    for (;;) {
      const behind = [...wanted].filter(([image, k]) => this.#done(image) < k);
      if (behind.length === 0) return;
      const i = Math.min(...behind.map(([image]) => this.#done(image)));
      const images = behind.map(([image]) => image).filter((image) => this.#done(image) === i);
      const latents = images.map((image) => this.at(image, i));
      const after = await sample(this.easel.sampler, this.first, latents, i, i + 1);
      images.forEach((image, place) => {
        this.#states[image]?.push(...after.slice(place, place + 1));
      });
    }
  }

  #done = (image: number) => (this.#states[image]?.length ?? 1) - 1;
}

type Finished = { latent: Float32Array; picture: Picture };

/** The second phase: from L_k to the picture, with another text. Each (image, k) once. */
export class Finish {
  readonly #made = new Map<string, Finished>();

  constructor(
    private readonly easel: Easel,
    private readonly second: Predict,
  ) {}

  at(image: number, k: number): Finished {
    const made = this.#made.get(`${image} ${k}`);
    if (!made) throw new Error(`Image ${image} was not finished from step ${k}`);
    return made;
  }

  async draw(trajectory: Trajectory, wanted: Wanted): Promise<void> {
    const fresh = [...wanted].filter(([image, k]) => !this.#made.has(`${image} ${k}`));
    await trajectory.extend(new Map(fresh));
    const inOrder = fresh.toSorted(([, k], [, other]) => k - other);
    let latents: readonly Float32Array[] = [];
    let done = 0;
    // The earliest start first; later ones join it where they start, and share its batch.
    for (const [image, k] of inOrder) {
      if (latents.length > 0) latents = await this.#sample(latents, done, k);
      latents = [...latents, trajectory.at(image, k)];
      done = k;
    }
    latents = await this.#sample(latents, done);
    const pictures = await this.easel.model.decode(latents);
    for (const [place, [image, k]] of inOrder.entries()) {
      const [latent, picture] = [latents[place], pictures[place]];
      if (latent && picture) this.#made.set(`${image} ${k}`, { latent, picture });
    }
  }

  #sample = (latents: readonly Float32Array[], from: number, until?: number) =>
    sample(this.easel.sampler, this.second, latents, from, until);
}
