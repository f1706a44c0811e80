import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/app/_ui/logo";
import type { NavTab } from "@/app/_ui/nav-tabs";
import { AvatarMenu } from "./avatar-menu";
import { Palette } from "./palette";

export type TopBarProps = {
  viewer: { name: string; mail: string; isAdmin: boolean };
  nav: ReactNode;
  /** What the palette offers to go to. */
  pages: readonly NavTab[];
  /** The project the bar belongs to; null on the pages above all projects. */
  project: string | null;
  switcher: ReactNode;
};

export function TopBar({ viewer, nav, pages, project, switcher }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 flex h-(--bar) items-stretch gap-4 border-b border-line bg-surface px-6">
      <div className="flex items-center">
        <Link href="/" className="flex items-center gap-2 font-bold text-ink">
          <Logo />
          Teacup
        </Link>
        {switcher}
      </div>
      {nav}
      <div className="ml-auto flex items-center gap-2.5">
        <Palette project={project} pages={pages} />
        <AvatarMenu {...viewer} />
      </div>
    </header>
  );
}
