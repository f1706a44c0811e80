import { cx } from "./cx";

export type ButtonVariant = "primary" | "outlined" | "quiet" | "danger";
/** 26 in bars, 32 by default, 40 where strangers arrive, 48 on touch. */
export type ButtonSize = 26 | 32 | 40 | 48;

const VARIANT = {
  primary:
    "border-accent bg-accent text-ink-on-accent hover:bg-accent-hover hover:border-accent-hover",
  outlined: "border-line-control bg-surface text-ink hover:bg-surface-hover",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-surface-hover hover:text-ink",
  danger: "border-bad bg-surface text-bad hover:bg-bad-tint",
} satisfies Record<ButtonVariant, string>;

const SIZE = {
  26: "h-[26px] px-[9px] text-12 rounded-2",
  32: "h-8 px-3 text-13 rounded-2",
  40: "h-10 px-[18px] text-14 rounded-2",
  48: "h-12 px-5 text-16 rounded-3",
} satisfies Record<ButtonSize, string>;

export function buttonClass(
  variant: ButtonVariant = "outlined",
  size: ButtonSize = 32,
  className?: string,
): string {
  return cx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 border leading-none font-mid whitespace-nowrap",
    "transition-colors duration-(--motion-fast) select-none",
    "[&_svg]:size-3.5 [&_svg]:shrink-0",
    VARIANT[variant],
    SIZE[size],
    className,
  );
}

export const NOT_READY_CLASS =
  "aria-disabled:border-line-2 aria-disabled:bg-surface aria-disabled:text-ink-3 aria-disabled:hover:bg-surface aria-disabled:cursor-default";
