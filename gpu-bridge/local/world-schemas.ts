import { z } from "zod";

const Palette = z.record(z.string(), z.string());
const Ellipse = z.object({ cx: z.number(), cy: z.number(), rx: z.number(), ry: z.number() });
const Box = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });
const Shadow = z.object({ cx: z.number(), cy: z.number(), rx: z.number() });
const Spot = z.tuple([z.number(), z.number()]);
const layers = { id: z.string(), back: z.string(), front: z.string() };

const Word = z.object({ id: z.string(), name: z.string(), also: z.array(z.string()) });
export type Word = z.infer<typeof Word>;

/** The partner on the same index is the typical one. */
export const Lexicon = z.object({
  version: z.string(),
  families: z.array(
    z.object({
      id: z.string(),
      contents: z.array(Word).length(12),
      hosts: z.array(Word).length(12),
    }),
  ),
});
export type Family = z.infer<typeof Lexicon>["families"][number];

const Share = z.number().min(0).max(1);
export const Bias = z.object({
  about: z.string(),
  failures: z.object({ typicalHost: Share, hostAlone: Share, contentAlone: Share }),
  pairs: z.record(z.string(), z.record(z.string(), z.record(z.string(), Share))),
  cross: z.record(z.string(), z.record(z.string(), Share)),
  shift: z.record(z.string(), z.number()),
});
export type Bias = z.infer<typeof Bias>;

const Glassy = z.object({
  view: z.literal("through"),
  inside: z.string(),
  level: Ellipse,
  item: Box,
});
const Opaque = z.object({ view: z.literal("top") });
const Pocket = z.object({ view: z.literal("pocket"), pocket: z.string(), item: Box });
const Container = z
  .object({ ...layers, palettes: z.array(Palette).min(1), rim: Ellipse, shadow: Shadow })
  .and(z.discriminatedUnion("view", [Glassy, Opaque, Pocket]));
export const Containers = z.array(
  Container.transform((container) => ({ kind: "container" as const, ...container })),
);
export type Container = z.infer<typeof Containers>[number];

export const Places = z.array(
  z
    .object({ ...layers, ground: z.object({ x: z.number(), y: z.number() }), size: z.number() })
    .transform((place) => ({ kind: "place" as const, ...place })),
);
export type Place = z.infer<typeof Places>[number];

export const Trees = z.array(
  z
    .object({
      ...layers,
      spots: z.array(Spot),
      big: z.array(Spot),
      size: z.number(),
      sign: z.object({ x: z.number(), y: z.number(), fruit: z.string() }),
      shadow: Shadow,
    })
    .transform((tree) => ({ kind: "tree" as const, ...tree })),
);
export type Tree = z.infer<typeof Trees>[number];

export const Tools = z.array(
  z
    .object({
      id: z.string(),
      svg: z.string(),
      item: z.object({ x: z.number(), y: z.number(), size: z.number() }),
      scoop: Ellipse.optional(),
    })
    .transform((tool) => ({ kind: "tool" as const, ...tool })),
);
export type Tool = z.infer<typeof Tools>[number];
export type Host = Container | Place | Tree | Tool;

const Liquid = z.object({
  id: z.string(),
  kind: z.literal("liquid"),
  top: z.string(),
  body: z.string(),
  deep: z.string(),
  surface: z.string(),
  above: z.string(),
  below: z.string(),
});
export type Liquid = z.infer<typeof Liquid>;
const Heap = z.object({
  id: z.string(),
  kind: z.literal("heap"),
  base: z.string(),
  tile: z.object({ size: z.number(), svg: z.string() }),
  mound: z.string(),
});
export type Heap = z.infer<typeof Heap>;
const Sprite = z.object({
  id: z.string(),
  kind: z.literal("sprite"),
  width: z.number(),
  height: z.number(),
  scale: z.number(),
  svg: z.string(),
  water: z.boolean().default(false),
  // How much larger than a usual fruit it hangs from a branch.
  hang: z.number().default(1),
});
export type Sprite = z.infer<typeof Sprite>;
export const Contents = z.array(z.discriminatedUnion("kind", [Liquid, Heap, Sprite]));
export type Content = Liquid | Heap | Sprite;

export const Backdrops = z.array(
  z.object({
    id: z.string(),
    words: z.array(z.string()),
    variants: z.array(Palette).min(1),
    svg: z.string(),
  }),
);
export type Backdrop = z.infer<typeof Backdrops>[number];

export const Words = z.object({ about: z.string(), fillers: z.array(z.string()) });
