import { tint } from "../draw/svg";
import type { World } from "../read-world";
import type { Backdrop, Content, Host } from "../world-schemas";
import { alone, framed, frameOf, layersOf, palettesOf, shiftOf } from "./frame";
import { MARGIN, rasterise, TILE } from "./rasterise";
import { makeSheet, NOTHING } from "./sheet";

// A backdrop stands back: a mid grey over it and a blur, so that white and dark things are told from it.
const VEIL = '<rect x="-100" y="-100" width="712" height="712" fill="#a4afba"/>';
const VEILED = 0.36;
const BLUR = 14;
const standBack = (svg: string) =>
  `<filter id="blur" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="${BLUR}"/></filter><g filter="url(#blur)">${svg}</g><g opacity="${VEILED}">${VEIL}</g>`;

type Sheet = ReturnType<typeof makeSheet>;

/** Every layer of every scene as tiles of a few sheets, and the index that says which tile is what. */
export async function drawAtlas(world: World) {
  const contents = world.lexicon.families.flatMap(({ contents }) =>
    contents.map(({ id }) => found(world.contents, id)),
  );
  const hosts = world.lexicon.families.flatMap(({ hosts }) =>
    hosts.map(({ id }) => found(world.hosts, id)),
  );
  const sheets = { hosts: makeSheet(), items: makeSheet(), backdrops: makeSheet() };
  const lone = await inTurn(contents, async (item) =>
    sheets.items.add(await rasterise(await alone(item))),
  );
  const index = {
    hash: world.hash,
    tile: TILE,
    margin: MARGIN,
    families: world.lexicon.families.map(({ id, contents, hosts }) => ({
      id,
      contents: contents.map(({ name }) => name),
      hosts: hosts.map(({ name }) => name),
    })),
    backdrops: {
      indoors: await backdropsOf(world.backdrops, sheets.backdrops),
      outdoors: await backdropsOf(world.outdoors, sheets.backdrops),
    },
    alone: lone,
    hosts: await inTurn(hosts, (host) => hostOf(world, host, contents, lone, sheets)),
  };
  return { index, sheets };
}

const found = <T>(map: ReadonlyMap<string, T>, id: string): T => {
  const entry = map.get(id);
  if (!entry) throw new Error(`the lexicon names ${id}, which no data file draws`);
  return entry;
};

async function hostOf(
  world: World,
  host: Host,
  contents: readonly Content[],
  lone: readonly number[],
  sheets: { hosts: Sheet; items: Sheet },
) {
  const frame = await frameOf(world, host);
  const looks = await inTurn(palettesOf(host), async (palette) => {
    const { behind, front } = layersOf(world, host, null, palette);
    const layer = async (svg: string, other: string) =>
      sheets.hosts.add(await rasterise(framed(svg, frame), other));
    return [await layer(behind, front), await layer(front, behind)];
  });
  const shared = { id: host.id, kind: host.kind, looks };
  // Every place shows the same picture of a content, moved to its ground; a puddle lies before the grass.
  if (host.kind === "place") {
    const items = contents.map((content, i) => {
      const tile = lone[i] ?? NOTHING;
      return content.kind === "liquid" ? [NOTHING, tile] : [tile, NOTHING];
    });
    return { ...shared, shift: shiftOf(host), items };
  }
  const items = await inTurn(contents, async (content) => {
    const { within, above } = layersOf(world, host, content, palettesOf(host)[0] ?? {});
    const layer = async (svg: string, other: string) =>
      sheets.items.add(await rasterise(framed(svg, frame), other));
    return [await layer(within, above), await layer(above, within)];
  });
  return { ...shared, shift: [0, 0], items };
}

/** Every variant of every backdrop, in the order of the data file. */
async function backdropsOf(backdrops: readonly Backdrop[], sheet: Sheet) {
  const all = backdrops.flatMap(({ id, svg, variants }) =>
    variants.map((palette) => ({ id, svg: standBack(tint(svg, palette)) })),
  );
  return inTurn(all, async ({ id, svg }) => ({ id, tile: sheet.add(await rasterise(svg)) }));
}

// One after the other: the order of the tiles is part of the file.
async function inTurn<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of list) results.push(await work(item));
  return results;
}
