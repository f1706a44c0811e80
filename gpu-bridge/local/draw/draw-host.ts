import type { World } from "../read-world";
import type { Content, Place, Tool, Tree } from "../world-schemas";
import { hanging, heapPaint, liquidPaints, onGround } from "./draw-content";
import { ellipse, pose, shadow } from "./svg";

const FRUITS = "F3";
const BIG_ITEM = 112;

export type Lean = { dx: number; scale: number };

export function drawPlace(place: Place, content: Content | null, { dx, scale }: Lean): string {
  const { x, y } = place.ground;
  const { back, front } = place;
  const load = content ? onGround(content, x + dx, y, place.size * scale) : "";
  // A puddle is flat: a wave or a tuft of grass would hide it.
  return content?.kind === "liquid" ? back + front + load : back + load + front;
}

/** Fruits hang at every spot; anything larger at three. */
export function drawTree(world: World, tree: Tree, content: Content | null): string {
  const load = content ? loadOf(world, tree, content) : "";
  return shadow(tree.shadow) + tree.back + load + tree.front + signOf(world, tree);
}

function loadOf(world: World, tree: Tree, content: Content): string {
  const isFruit = world.lexicon.families.some(
    ({ id, contents }) => id === FRUITS && contents.some((word) => word.id === content.id),
  );
  const isSmall = isFruit || content.kind === "liquid";
  const size = isSmall ? tree.size : Math.max(tree.size, BIG_ITEM);
  const paints = content.kind === "liquid" ? liquidPaints(content) : "";
  const copies = (isSmall ? tree.spots : tree.big).map(
    ([x, y]) => `<use href="#load" x="${x}" y="${y}"/>`,
  );
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
export function drawTool(tool: Tool, content: Content | null): string {
  const { x, y, size } = tool.item;
  if (!content) return tool.svg;
  if (content.kind === "sprite") return tool.svg + onGround(content, x, y, size);
  const served = plateAt(x, y - 14, size * 0.62) + onGround(content, x, y - 6, size * 0.8);
  if (content.kind === "heap") return heapPaint(content) + served + tool.svg;
  return served + tool.svg + (tool.scoop ? ellipse(tool.scoop, "url(#surface)") : "");
}

const plateAt = (x: number, y: number, rx: number) =>
  `${shadow({ cx: x + 6, cy: y + 8, rx: rx * 1.02 })}${ellipse({ cx: x, cy: y, rx, ry: rx * 0.3 }, "#fdfbf6")}<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${rx * 0.3}" fill="none" stroke="#b8b2a6" stroke-width="2"/><ellipse cx="${x}" cy="${y - 3}" rx="${rx * 0.78}" ry="${rx * 0.21}" fill="#efeae0" stroke="#d8d1c3" stroke-width="2"/>`;
