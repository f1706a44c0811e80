const STEP = 0.25;

/** An axis for coefficients, from the quarter below the lowest up to 1. */
export function alphaAxis(lows: readonly number[]) {
  const first = Math.floor(Math.min(0, ...lows) / STEP);
  const ticks = Array.from({ length: 1 / STEP - first + 1 }, (_, at) => (first + at) * STEP);
  return { domain: [first * STEP, 1] as [number, number], ticks };
}

export const sayAlpha = (value: number): string => String(value).replace("-", "−");
