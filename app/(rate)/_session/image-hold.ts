type Held = { images: readonly HTMLImageElement[]; decoded: number };

/**
 * Images of grids that come, fetched and decoded before they are needed, and of the one just left.
 * What nobody will look at soon is let go, so that a long day costs no more memory than a short one.
 */
export function createImageHold() {
  const held = new Map<string, Held>();
  return {
    hold(id: string, addresses: readonly string[]): void {
      if (held.has(id)) return;
      const images = addresses.map((address) => Object.assign(new Image(), { src: address }));
      const entry = { images, decoded: 0 };
      held.set(id, entry);
      const count = () => {
        entry.decoded += 1;
      };
      // One that cannot be decoded stays missing; its cell says so once it is shown.
      for (const image of images) image.decode().then(count, nothing);
    },
    /** How many of its images a grid would have to wait for if it were shown now. */
    missing(id: string): number {
      const entry = held.get(id);
      return entry ? entry.images.length - entry.decoded : Number.POSITIVE_INFINITY;
    },
    keepOnly(ids: readonly string[]): void {
      for (const id of held.keys()) if (!ids.includes(id)) held.delete(id);
    },
  };
}

const nothing = () => {};
