import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HomeBar } from "../_shell/home-bar";
import { requireViewer } from "../_shell/require-viewer";
import { SideNav } from "../_shell/side-nav";

export const metadata: Metadata = { title: "Settings" };

const OWN = [{ href: "/settings/account", label: "Account" }];
const INSTANCE = [
  { href: "/settings/people", label: "People" },
  { href: "/settings/bridges", label: "Bridges" },
  { href: "/settings/llm", label: "LLM" },
  { href: "/settings/meaning", label: "Meaning" },
  { href: "/settings/audit", label: "Audit" },
];

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { isAdmin } = await requireViewer();
  return (
    <>
      <HomeBar />
      <div className="mx-auto grid max-w-[1120px] gap-x-10 gap-y-5 px-6 py-6 md:grid-cols-[176px_minmax(0,1fr)]">
        <SideNav own={OWN} instance={isAdmin ? INSTANCE : []} />
        <main className="min-w-0">{children}</main>
      </div>
    </>
  );
}
