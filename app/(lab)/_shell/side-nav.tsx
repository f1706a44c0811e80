"use client";

import { usePathname } from "next/navigation";
import { activeHref } from "@/app/_ui/active-href";
import { Link } from "@/app/_ui/link";

type Place = { href: string; label: string };
export type SideNavProps = { own: readonly Place[]; instance: readonly Place[] };

export function SideNav({ own, instance }: SideNavProps) {
  const path = usePathname();
  const places = [...own, ...instance];
  const current = activeHref(
    path,
    places.map((place) => place.href),
  );
  const link = (place: Place) => (
    <Link
      key={place.href}
      href={place.href}
      aria-current={place.href === current ? "page" : undefined}
      className="flex h-8 items-center rounded-2 px-2.5 text-ink-2 hover:bg-surface-hover aria-[current]:bg-accent-tint aria-[current]:font-mid aria-[current]:text-accent"
    >
      {place.label}
    </Link>
  );
  return (
    <nav aria-label="Settings" className="flex flex-wrap content-start gap-0.5 md:grid">
      <p className="small-print px-2.5 pb-1 max-md:hidden">You</p>
      {own.map(link)}
      {instance.length > 0 ? (
        <p className="small-print px-2.5 pt-4 pb-1 max-md:hidden">This instance</p>
      ) : null}
      {instance.map(link)}
    </nav>
  );
}
