"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { activeHref } from "./active-href";
import { cx } from "./cx";

export type NavTab = {
  href: string;
  label: string;
  count?: number;
  /** Current only on its own page, not on those below it. */
  exact?: boolean;
  /** Pages elsewhere that are reached from it. */
  holds?: readonly string[];
};

/** Tabs that are addresses; the one that fits the address best is current. */
export function NavTabs({ label, tabs }: { label: string; tabs: readonly NavTab[] }) {
  const path = usePathname();
  const current = activeHref(
    path,
    tabs.filter((tab) => !tab.exact || tab.href === path).flatMap(addressesOf),
  );
  return (
    <nav aria-label={label} className="flex min-w-0 self-stretch">
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

const addressesOf = ({ href, holds = [] }: NavTab) => [href, ...holds];
