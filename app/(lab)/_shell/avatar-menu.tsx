"use client";

import { LogOut, Settings, UserRound } from "lucide-react";
import { signOut } from "next-auth/react";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "@/app/_ui/menu";
import { initialsOf } from "./initials";
import { ThemeChoice } from "./theme-choice";

export function AvatarMenu({ name, mail }: { name: string; mail: string }) {
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`${name}: account and theme`}
          className="grid size-[26px] place-items-center rounded-pill border border-line-2 bg-surface-hover text-11 font-bold text-ink-2 focus-visible:rounded-pill"
        >
          {initialsOf(name)}
        </button>
      }
    >
      <MenuLabel>
        {name}
        <br />
        {mail}
      </MenuLabel>
      <MenuSeparator />
      <MenuLink href="/settings/account">
        <UserRound aria-hidden /> Account
      </MenuLink>
      <MenuLink href="/settings">
        <Settings aria-hidden /> Settings
      </MenuLink>
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut({ redirectTo: "/sign-in" })}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}
