import type { Content, Heap, Liquid, Sprite } from "../world-schemas";
import { pose, shadow, short } from "./svg";

/** The half width that heaps and the dressing of liquids are drawn for. */
export const UNIT = 100;

/** Colours of a liquid, seen from the side and from above. */
export const liquidPaints = ({ top, body, deep }: Liquid) =>
  `<defs><linearGradient id="liquid" x2="0" y2="1"><stop offset="0" stop-color="${body}"/><stop offset="1" stop-color="${deep}"/></linearGradient><radialGradient id="surface"><stop offset="0" stop-color="${top}"/><stop offset=".75" stop-color="${body}"/><stop offset="1" stop-color="${deep}"/></radialGradient></defs>`;

export const heapPaint = ({ base, tile }: Heap) =>
  `<defs><pattern id="tile" width="${tile.size}" height="${tile.size}" patternUnits="userSpaceOnUse"><rect width="${tile.size}" height="${tile.size}" fill="${base}"/>${tile.svg}</pattern></defs>`;

/** A sprite as large as a box allows, its feet at (x, y). */
export function standing(
  sprite: Sprite,
  { x, y, w, h }: { x: number; y: number; w: number; h: number },
) {
  const scale = Math.min(w / sprite.width, h / sprite.height);
  const left = x - (sprite.width * scale) / 2;
  const size = { width: sprite.width * scale, height: sprite.height * scale };
  return { svg: pose(sprite.svg, { x: left, y: y - size.height, scale }), ...size };
}

/** Anything on the ground or a table, about `size` wide, its foot at (x, y). */
export function onGround(content: Content, x: number, y: number, size: number): string {
  if (content.kind === "liquid") return puddle(content, x, y, size);
  if (content.kind === "heap") {
    const half = size * 0.5;
    const mound = pose(content.mound, { x, y: y - half * 0.28, scale: half / UNIT });
    return shadow({ cx: x + 6, cy: y - half * 0.08, rx: half }) + mound;
  }
  const box = size * content.scale;
  const { svg, width } = standing(content, { x, y, w: box, h: box });
  const pool = content.water ? wetGround(x, y, width) : "";
  return pool + shadow({ cx: x + 5, cy: y - 2, rx: width * 0.42 }) + svg;
}

/** With no vessel to hold it a liquid lies as a puddle. */
function puddle(liquid: Liquid, x: number, y: number, size: number): string {
  const shape =
    "M-118 0C-124 -22 -78 -34 -44 -30C-18 -44 44 -42 70 -28C112 -30 132 -8 112 6C122 26 76 34 46 28C16 40 -34 40 -58 28C-96 34 -126 18 -118 0z";
  const drops = `<ellipse cx="142" cy="26" rx="15" ry="6" fill="url(#surface)"/><ellipse cx="-140" cy="-18" rx="12" ry="5" fill="url(#surface)"/>`;
  const svg = `<path d="${shape}" fill="${liquid.deep}" transform="translate(0 5)"/><path d="${shape}" fill="url(#surface)"/>${drops}<path d="M-70 -16Q-20 -30 30 -24" stroke="#fff" stroke-opacity=".55" stroke-width="6" fill="none" stroke-linecap="round"/>${pose(liquid.surface, { x: 0, y: 0, scale: 0.8 })}`;
  return liquidPaints(liquid) + pose(svg, { x, y: y - size * 0.12, scale: size / 250 });
}

const wetGround = (x: number, y: number, width: number) =>
  `<ellipse cx="${short(x)}" cy="${short(y - 4)}" rx="${short(width * 0.66)}" ry="${short(width * 0.14)}" fill="#8fd3ee" fill-opacity=".8"/><ellipse cx="${short(x)}" cy="${short(y - 4)}" rx="${short(width * 0.5)}" ry="${short(width * 0.1)}" fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="4"/>`;

/** What hangs from a branch: a fruit as it is, a liquid as a drop. */
export function hanging(content: Content, size: number): string {
  if (content.kind === "liquid") {
    return `<path d="M0 -32C10 -14 24 2 24 18A24 24 0 0 1 -24 18C-24 2 -10 -14 0 -32z" fill="url(#liquid)" stroke="#fff" stroke-opacity=".75" stroke-width="3" transform="scale(${short(size / 60)})"/><path d="M-12 16Q-12 28 -2 32" stroke="#fff" stroke-opacity=".8" stroke-width="4" fill="none" stroke-linecap="round" transform="scale(${short(size / 60)})"/>`;
  }
  if (content.kind === "heap") {
    return pose(content.mound, { x: 0, y: size * 0.3, scale: size / 170 });
  }
  const box = size * content.hang;
  return standing(content, { x: 0, y: box / 2, w: box, h: box }).svg;
}
