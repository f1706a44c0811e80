import { cx } from "./cx";

/** Keeps the place and size of what is loading; give it both through `className`. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={cx("sheen rounded-1", className)} />;
}
