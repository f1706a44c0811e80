import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx";
import { Link } from "@/app/_ui/link";
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
    <header
      className={cx(
        "sticky top-0 z-30 flex items-stretch gap-x-4 border-b border-line bg-surface px-6 max-[700px]:px-4",
        project === null ? "h-12" : "h-(--bar) max-[1000px]:flex-wrap",
      )}
    >
      <div
        className={cx(
          "flex min-w-0 items-center max-[1000px]:h-12",
          // A long name is cut before it takes a row from the tabs.
          project !== null && "max-[1000px]:flex-1",
        )}
      >
        <Link href="/" className="flex shrink-0 items-center gap-2 font-bold text-ink">
          <Logo />
          Teacup
        </Link>
        {switcher}
      </div>
      <div
        className={cx(
          "flex min-w-0 overflow-x-auto [scrollbar-width:none]",
          project !== null &&
            "max-[1000px]:order-last max-[1000px]:-mx-2.5 max-[1000px]:h-9 max-[1000px]:basis-full",
        )}
      >
        {nav}
      </div>
      <div className="ml-auto flex items-center gap-2.5 max-[700px]:[&_kbd]:hidden">
        <Palette project={project} pages={pages} />
        <AvatarMenu {...viewer} />
      </div>
    </header>
  );
}
