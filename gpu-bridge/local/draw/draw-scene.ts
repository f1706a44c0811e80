import type { Draws } from "../draws";
import type { World } from "../read-world";
import type { Drawn } from "../scene/plan-scene";
import { rawWordsOf, singular } from "../scene/words";
import type { Backdrop, Content, Host } from "../world-schemas";
import { drawContainer } from "./draw-container";
import { onGround } from "./draw-content";
import { drawPlace, drawTool, drawTree } from "./draw-host";
import { joined } from "./layers";
import { pose, SHARED_PAINTS, short, tint } from "./svg";

const CANVAS = 512;
const CENTRE = CANVAS / 2;

export type Sheet = { prompt: string; width: number; height: number };

/** One image as SVG. Position, scale, colours, side and backdrop vary by seed; the scene does not. */
export function drawScene(world: World, drawn: Drawn, draws: Draws, sheet: Sheet): string {
  const content = (drawn.content && world.contents.get(drawn.content.id)) ?? null;
  const host = (drawn.host && world.hosts.get(drawn.host.id)) ?? null;
  const isMirrored = draws.next() < 0.5;
  const scene =
    host?.kind === "place"
      ? joined(
          drawPlace(host, content, { dx: draws.between(-44, 44), scale: draws.between(0.9, 1.12) }),
        )
      : onBackdrop(world, host, content, draws, sheet.prompt);
  const turned = isMirrored
    ? `<g transform="translate(${CANVAS} 0) scale(-1 1)">${scene}</g>`
    : scene;
  return svgOf(turned + light(draws), sheet);
}

function onBackdrop(
  world: World,
  host: Exclude<Host, { kind: "place" }> | null,
  content: Content | null,
  draws: Draws,
  prompt: string,
): string {
  const backdrop = backdropFor(
    host?.kind === "tree" ? world.outdoors : world.backdrops,
    prompt,
    draws,
  );
  const behind = tint(backdrop.svg, draws.pick(backdrop.variants));
  const object = objectOf(world, host, content, draws);
  const scale = draws.between(0.86, 1.02);
  const x = CENTRE * (1 - scale) + draws.between(-30, 30);
  // Scaled about the foot of the object, so that it stays on its table.
  const y = 420 * (1 - scale) + draws.between(-6, 12);
  return behind + pose(object, { x, y, scale });
}

function objectOf(
  world: World,
  host: Exclude<Host, { kind: "place" }> | null,
  content: Content | null,
  draws: Draws,
): string {
  if (host?.kind === "container")
    return joined(drawContainer(host, content, draws.pick(host.palettes)));
  if (host?.kind === "tree") return joined(drawTree(world, host, content));
  if (host?.kind === "tool") return joined(drawTool(host, content));
  return content ? onGround(content, CENTRE, 416, 260) : "";
}

/** A backdrop that the prompt speaks of, else any. */
function backdropFor(backdrops: readonly Backdrop[], prompt: string, draws: Draws): Backdrop {
  const words = new Set(rawWordsOf(prompt).map(singular));
  const meant = backdrops.filter((backdrop) =>
    backdrop.words.some((word) => words.has(singular(word))),
  );
  return draws.pick(meant.length > 0 ? meant : backdrops);
}

/** A tint of warm or cool light over everything, and darker corners. */
function light(draws: Draws): string {
  const hue = Math.floor(draws.between(0, 360));
  const strength = short(draws.between(0.02, 0.08));
  return `<rect x="-600" y="-600" width="1712" height="1712" fill="hsl(${hue},70%,60%)" fill-opacity="${strength}"/><rect x="-600" y="-600" width="1712" height="1712" fill="url(#corners)"/>`;
}

function svgOf(scene: string, { width, height }: Sheet): string {
  const wide = width > height ? (CANVAS * width) / height : CANVAS;
  const high = height > width ? (CANVAS * height) / width : CANVAS;
  const box = [(CANVAS - wide) / 2, (CANVAS - high) / 2, wide, high].map(short).join(" ");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box}">${SHARED_PAINTS}${scene}</svg>`;
}
