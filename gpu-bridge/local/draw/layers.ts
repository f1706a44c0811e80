/** What one host and its content look like, from back to front; each an SVG fragment. */
export type Layers = {
  readonly behind: string;
  readonly within: string;
  readonly front: string;
  readonly above: string;
};

export const joined = ({ behind, within, front, above }: Layers) => behind + within + front + above;
