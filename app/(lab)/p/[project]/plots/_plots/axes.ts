// One look for all axes: hairlines, small grey figures, no animation that a screenshot could catch half way.
export const TICK = { fill: "var(--ink-3)", fontSize: 11 } as const;
export const GRID = { stroke: "var(--line)", strokeDasharray: "0" } as const;
export const LINE = { stroke: "var(--line)" } as const;
export const inPercent = (share: number) => `${Math.round(share * 100)} %`;
export const SHARES = [0, 0.25, 0.5, 0.75, 1];
