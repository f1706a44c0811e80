import { drawContainer } from "../draw/draw-container";
import { onGround } from "../draw/draw-content";
import { drawPlace, drawTool, drawTree, hung } from "../draw/draw-host";
import { joined, type Layers } from "../draw/layers";
import { pose } from "../draw/svg";
import type { World } from "../read-world";
import type { Content, Host, Place, Tree } from "../world-schemas";
import { boxOf, rasteriseFully } from "./rasterise";

// What is large is drawn well by a small model: these are shares of the canvas.
const WIDEST = { container: 0.86, tree: 0.94, tool: 0.94 } as const;
const HIGHEST = { container: 0.74, tree: 0.88, tool: 0.86 } as const;
const LONE = { wide: 0.74, high: 0.62 };
/** Where the foot of a host or of a lone content stands, in units of 512. */
const FOOT = { x: 256, y: 452 };
/** Few large fruits, where the sketch engine hangs many small ones. */
const FRUIT = 128;

type Palette = Readonly<Record<string, string>>;
type Pose = { x: number; y: number; scale: number };
type Box = { left: number; top: number; right: number; bottom: number };

export const palettesOf = (host: Host): readonly Palette[] =>
  host.kind === "container" ? host.palettes : [{}];

/** The layers of a host and a content, before they are framed. */
export function layersOf(
  world: World,
  host: Host,
  content: Content | null,
  palette: Palette,
): Layers {
  if (host.kind === "container") return drawContainer(host, content, palette);
  if (host.kind === "tree") return withLargeFruit(world, host, content);
  if (host.kind === "tool") return drawTool(host, content);
  return drawPlace(host, content, { dx: 0, scale: 1 });
}

/** Without the garden sign too, which at this size is a speck that names another fruit. */
function withLargeFruit(world: World, tree: Tree, content: Content | null): Layers {
  const size = Math.max(tree.size, FRUIT);
  const within = content ? hung(content, { spots: tree.big, size }) : "";
  return { ...drawTree(world, tree, null), within, front: tree.front };
}

/** Makes a host as large as its kind may be, its foot on the table line; a place is the canvas. */
export async function frameOf(world: World, host: Host): Promise<Pose> {
  if (host.kind === "place") return { x: 0, y: 0, scale: 1 };
  const box = await boxAround(joined(layersOf(world, host, null, palettesOf(host)[0] ?? {})));
  const whole = host.kind === "tool" ? around(box, host.item) : box;
  return poseOf(whole, { wide: WIDEST[host.kind], high: HIGHEST[host.kind] });
}

/** A tool with the room that its item needs. */
const around = (box: Box, { x, y, size }: { x: number; y: number; size: number }): Box => ({
  left: Math.min(box.left, x - size / 2),
  top: Math.min(box.top, y - size * 0.8),
  right: Math.max(box.right, x + size / 2),
  bottom: Math.max(box.bottom, y),
});

function poseOf({ left, top, right, bottom }: Box, { wide, high }: typeof LONE): Pose {
  const scale = Math.min((wide * 512) / (right - left), (high * 512) / (bottom - top));
  return { x: FOOT.x - (scale * (left + right)) / 2, y: FOOT.y - scale * bottom, scale };
}

async function boxAround(svg: string): Promise<Box> {
  const box = boxOf(await rasteriseFully(svg));
  if (!box) throw new Error("a layer that must show something is empty");
  return box;
}

export const framed = (svg: string, frame: Pose) => (svg === "" ? "" : pose(svg, frame));

/** A content with no host, or on a place, whose ground `shiftOf` brings it to: all of one size. */
export async function alone(content: Content): Promise<string> {
  const svg = onGround(content, FOOT.x, FOOT.y, 300);
  return pose(svg, poseOf(await boxAround(svg), LONE));
}

export const shiftOf = ({ ground }: Place) => [ground.x - FOOT.x, ground.y - FOOT.y] as const;
