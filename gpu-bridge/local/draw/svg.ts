/** Paints that every picture may use: the shade under a thing, and darker corners. */
export const SHARED_PAINTS =
  '<defs><radialGradient id="shade"><stop offset=".45" stop-opacity=".36"/><stop offset="1" stop-opacity="0"/></radialGradient><radialGradient id="corners" gradientUnits="userSpaceOnUse" cx="256" cy="246" r="400"><stop offset=".55" stop-opacity="0"/><stop offset="1" stop-opacity=".22"/></radialGradient></defs>';

/** Puts the colours of a palette into a fragment: `{main}` becomes its value. */
export const tint = (svg: string, palette: Readonly<Record<string, string>>) =>
  svg.replace(/\{(\w+)\}/g, (whole, name: string) => palette[name] ?? whole);

export type Pose = { x: number; y: number; scale?: number; turn?: number };

export function pose(svg: string, { x, y, scale = 1, turn = 0 }: Pose): string {
  const rotated = turn ? ` rotate(${short(turn)})` : "";
  return `<g transform="translate(${short(x)} ${short(y)})${rotated} scale(${short(scale)})">${svg}</g>`;
}

export const short = (value: number) => Math.round(value * 1000) / 1000;

export const clipped = (id: string, path: string, svg: string) =>
  `<clipPath id="${id}"><path d="${path}"/></clipPath><g clip-path="url(#${id})">${svg}</g>`;

export function shadow({ cx, cy, rx }: { cx: number; cy: number; rx: number }): string {
  return `<ellipse cx="${short(cx)}" cy="${short(cy)}" rx="${short(rx * 1.12)}" ry="${short(rx * 0.25)}" fill="url(#shade)"/>`;
}

export function ellipse(
  { cx, cy, rx, ry }: { cx: number; cy: number; rx: number; ry: number },
  fill: string,
): string {
  return `<ellipse cx="${short(cx)}" cy="${short(cy)}" rx="${short(rx)}" ry="${short(ry)}" fill="${fill}"/>`;
}
