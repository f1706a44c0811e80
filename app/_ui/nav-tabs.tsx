"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { activeHref } from "./active-href";
import { cx } from "./cx";
import { Link } from "./link";

export type NavTab = {
  href: string;
  label: string;
  count?: number;
  /** Current only on its own page, not on those below it. */
  exact?: boolean;
  /** Pages elsewhere that are reached from it. */
  holds?: readonly string[];
};

/**
 * Tabs that are addresses; the one that fits the address best is current. Where they stand in a box that scrolls sideways, that one is
 * brought into its view.
 */
export function NavTabs({ label, tabs }: { label: string; tabs: readonly NavTab[] }) {
  const path = usePathname();
  const current = activeHref(
    path,
    tabs.filter((tab) => !tab.exact || tab.href === path).flatMap(addressesOf),
  );
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is current, so another one is to be seen.
  useEffect(() => {
    const tab = nav.current?.querySelector("[aria-current]");
    if (tab) bringIntoView(tab, nav.current?.parentElement ?? null);
  }, [current]);
  return (
    <nav ref={nav} aria-label={label} className="flex min-w-0 self-stretch">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={current !== null && addressesOf(tab).includes(current) ? "page" : undefined}
          className={cx(
            "flex items-center gap-[5px] border-y-2 border-y-transparent px-2.5 whitespace-nowrap text-ink-2 hover:bg-surface-hover hover:text-ink",
            "aria-[current]:border-b-accent aria-[current]:font-mid aria-[current]:text-ink focus-visible:rounded-1 focus-visible:-outline-offset-4",
          )}
        >
          {tab.label}
          {tab.count ? (
            <span className="rounded-pill bg-accent-tint px-[5px] text-11 leading-4 font-mid text-accent">
              {tab.count}
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}

/** Sideways only: what a page was scrolled to stays. */
function bringIntoView(tab: Element, box: Element | null) {
  if (!box) return;
  const [seen, wanted] = [box.getBoundingClientRect(), tab.getBoundingClientRect()];
  if (wanted.right > seen.right) box.scrollLeft += wanted.right - seen.right;
  if (wanted.left < seen.left) box.scrollLeft -= seen.left - wanted.left;
}

const addressesOf = ({ href, holds = [] }: NavTab) => [href, ...holds];
