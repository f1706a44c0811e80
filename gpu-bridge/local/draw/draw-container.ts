import type { Container, Content, Heap, Liquid, Sprite } from "../world-schemas";
import { heapPaint, liquidPaints, standing, UNIT } from "./draw-content";
import type { Layers } from "./layers";
import { clipped, ellipse, pose, shadow, short, tint } from "./svg";

type Palette = Readonly<Record<string, string>>;
type Through = Extract<Container, { view: "through" }>;
type Pocket = Extract<Container, { view: "pocket" }>;
/** `within` lies behind the front of the vessel, `above` before it. */
type Filling = { within: string; above: string };

const EMPTY: Filling = { within: "", above: "" };
const WATER = "#8fd0ee";

export function drawContainer(host: Container, content: Content | null, palette: Palette): Layers {
  const { within, above } = content ? fillingOf(host, content) : EMPTY;
  const behind = shadow(host.shadow) + tint(host.back, palette);
  return { behind, within, front: tint(host.front, palette), above };
}

function fillingOf(host: Container, content: Content): Filling {
  if (host.view === "through") return seenThrough(host, content);
  if (host.view === "pocket") return inPocket(host, content);
  return seenFromAbove(host, content);
}

function seenThrough(host: Through, content: Content): Filling {
  const { level, rim } = host;
  if (content.kind === "liquid") {
    const below = pose(content.below, { x: level.cx, y: level.cy, scale: level.rx / UNIT });
    const body = `${rectBelow(level.cy, "url(#liquid)")}${below}${ellipse(level, "url(#surface)")}`;
    return {
      within: liquidPaints(content) + clipped("in", host.inside, body) + surfaceOf(content, level),
      above: aboveOf(content, rim),
    };
  }
  if (content.kind === "heap") {
    const body = clipped("in", host.inside, rectBelow(level.cy, "url(#tile)"));
    return { within: heapPaint(content) + body + moundAt(content, level), above: "" };
  }
  const water = content.water
    ? `${rectBelow(level.cy, WATER, 0.7)}${ellipse(level, "#c9ecfa")}`
    : "";
  return { within: clipped("in", host.inside, water + spriteInside(host, content)), above: "" };
}

function spriteInside({ item }: Through, sprite: Sprite): string {
  const { svg, height } = standing(sprite, {
    x: item.x + item.w / 2,
    y: item.y + item.h,
    w: item.w,
    h: item.h,
  });
  // A fish swims in the middle; everything else lies on the bottom.
  const lift = sprite.water ? (item.h - height) / 2 : 0;
  return pose(svg, { x: 0, y: -lift });
}

function seenFromAbove({ rim }: Container, content: Content): Filling {
  if (content.kind === "liquid") {
    const pool = ellipse(
      { ...rim, rx: rim.rx - 5, ry: rim.ry - 4, cy: rim.cy + 3 },
      "url(#surface)",
    );
    return {
      within: liquidPaints(content) + pool + surfaceOf(content, rim),
      above: aboveOf(content, rim),
    };
  }
  if (content.kind === "heap")
    return { within: heapPaint(content) + moundAt(content, rim), above: "" };
  const pool = content.water ? ellipse({ ...rim, cy: rim.cy + 3 }, WATER) : "";
  return { within: pool + clipped("in", aboveRim(rim), spriteLeaningOut(content, rim)), above: "" };
}

/** The upper part shows, the rest is inside the vessel. */
function spriteLeaningOut(sprite: Sprite, { cx, cy, rx }: Container["rim"]): string {
  const width = Math.min(rx * 1.62, 210);
  const size = { w: width, h: 230 };
  const { height } = standing(sprite, { x: cx, y: cy, ...size });
  return standing(sprite, { x: cx, y: cy + height * 0.24, ...size }).svg;
}

const aboveRim = ({ cx, cy, rx, ry }: Container["rim"]) =>
  `M-300 -300H812V${cy}H${cx + rx}A${rx} ${ry} 0 0 1 ${cx - rx} ${cy}H-300z`;

function inPocket(host: Pocket, content: Content): Filling {
  const { rim, item } = host;
  if (content.kind === "liquid") {
    const pool = ellipse(rim, "url(#surface)");
    const drips = [-0.6, -0.15, 0.4, 0.7].map((at, i) =>
      drip(rim.cx + at * rim.rx, rim.cy, 60 + i * 18),
    );
    return {
      within: liquidPaints(content) + pool + surfaceOf(content, rim),
      above: drips.join("") + aboveOf(content, rim),
    };
  }
  if (content.kind === "heap")
    return { within: heapPaint(content) + moundAt(content, rim), above: "" };
  const box = { x: item.x + item.w / 2, y: item.y + item.h, w: item.w, h: item.h };
  return { within: clipped("in", host.pocket, standing(content, box).svg), above: "" };
}

const drip = (x: number, y: number, length: number) =>
  `<path d="M${short(x - 10)} ${y}v${length}a10 10 0 0 0 20 0v${-length}z" fill="url(#surface)"/>`;

const surfaceOf = ({ surface }: Liquid, { cx, cy, rx }: Container["rim"]) =>
  pose(surface, { x: cx, y: cy, scale: (rx * 0.94) / UNIT });

const aboveOf = ({ above }: Liquid, { cx, cy, rx }: Container["rim"]) =>
  pose(above, { x: cx, y: cy, scale: Math.max(rx, 84) / UNIT });

const moundAt = ({ mound }: Heap, { cx, cy, rx }: Container["rim"]) =>
  pose(mound, { x: cx, y: cy, scale: (rx * 0.97) / UNIT });

const rectBelow = (y: number, fill: string, opacity = 1) =>
  `<rect x="0" y="${y}" width="512" height="400" fill="${fill}" fill-opacity="${opacity}"/>`;
