import type { World } from "../read-world";
import type { Content, Place, Tool, Tree } from "../world-schemas";
import { hanging, heapPaint, liquidPaints, onGround } from "./draw-content";
import type { Layers } from "./layers";
import { ellipse, pose, shadow } from "./svg";

const FRUITS = "F3";
const BIG_ITEM = 112;

export type Lean = { dx: number; scale: number };

export function drawPlace(place: Place, content: Content | null, { dx, scale }: Lean): Layers {
  const { x, y } = place.ground;
  const { back, front } = place;
  const load = content ? onGround(content, x + dx, y, place.size * scale) : "";
  // A puddle is flat: a wave or a tuft of grass would hide it.
  const isFlat = content?.kind === "liquid";
  return { behind: back, within: isFlat ? "" : load, front, above: isFlat ? load : "" };
}

/** Fruits hang at every spot; anything larger at three. */
export function drawTree(world: World, tree: Tree, content: Content | null): Layers {
  const within = content ? hung(content, hangersOf(world, tree, content)) : "";
  const front = tree.front + signOf(world, tree);
  return { behind: shadow(tree.shadow) + tree.back, within, front, above: "" };
}

type Hangers = { spots: Tree["spots"]; size: number };

function hangersOf(world: World, { spots, big, size }: Tree, content: Content): Hangers {
  const isFruit = world.lexicon.families.some(
    ({ id, contents }) => id === FRUITS && contents.some((word) => word.id === content.id),
  );
  if (isFruit || content.kind === "liquid") return { spots, size };
  return { spots: big, size: Math.max(size, BIG_ITEM) };
}

/** A content of one size at each of several spots. */
export function hung(content: Content, { spots, size }: Hangers): string {
  const paints = content.kind === "liquid" ? liquidPaints(content) : "";
  const copies = spots.map(([x, y]) => `<use href="#load" x="${x}" y="${y}"/>`);
  return `${paints}<defs><g id="load">${hanging(content, size)}</g></defs>${copies.join("")}`;
}

/** A garden sign with the tree's own fruit, so that it is known whatever hangs on it. */
function signOf(world: World, { sign }: Tree): string {
  const fruit = world.contents.get(sign.fruit);
  const picture = fruit ? hanging(fruit, 52) : "";
  const board =
    '<path d="M-5 30H5V76H-5z" fill="#8a6238"/><rect x="-40" y="-38" width="80" height="76" rx="9" fill="#a9763f" stroke="#6f4b25" stroke-width="4"/><rect x="-33" y="-31" width="66" height="62" rx="6" fill="#fbf3df"/>';
  return pose(board + picture, { x: sign.x, y: sign.y - 40 });
}

/** A thing lies before its tool, so that it is never hidden; what would run lies on a plate under it. */
export function drawTool(tool: Tool, content: Content | null): Layers {
  const { x, y, size } = tool.item;
  const alone = { behind: "", within: "", front: tool.svg, above: "" };
  if (!content) return alone;
  if (content.kind === "sprite") return { ...alone, above: onGround(content, x, y, size) };
  const served = plateAt(x, y - 14, size * 0.62) + onGround(content, x, y - 6, size * 0.8);
  if (content.kind === "heap") return { ...alone, within: heapPaint(content) + served };
  const above = tool.scoop ? ellipse(tool.scoop, "url(#surface)") : "";
  return { ...alone, within: served, above };
}

const plateAt = (x: number, y: number, rx: number) =>
  `${shadow({ cx: x + 6, cy: y + 8, rx: rx * 1.02 })}${ellipse({ cx: x, cy: y, rx, ry: rx * 0.3 }, "#fdfbf6")}<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${rx * 0.3}" fill="none" stroke="#b8b2a6" stroke-width="2"/><ellipse cx="${x}" cy="${y - 3}" rx="${rx * 0.78}" ry="${rx * 0.21}" fill="#efeae0" stroke="#d8d1c3" stroke-width="2"/>`;
