"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import type { NavTab } from "@/app/_ui/nav-tabs";
import { PairName } from "@/app/_ui/pair-name";

const ROW =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-1 px-2.5 text-13 text-ink data-[selected=true]:bg-accent-tint";
const GROUP =
  "[&_[cmdk-group-heading]]:small-print [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1";

export type PaletteProps = { project: string | null; pages: readonly NavTab[] };

/** Ctrl K or Cmd K: goes to a page, a project, or a pair by one of its concepts. */
export function Palette({ project, pages }: PaletteProps) {
  const [open, setOpen] = useState(false);

  // The keyboard is the external system: the palette opens wherever the focus is.
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((before) => !before);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
      <Button
        variant="quiet"
        size={26}
        aria-label="Search and commands, Ctrl K"
        onClick={() => setOpen(true)}
      >
        <Search aria-hidden />
        <Key>Ctrl K</Key>
      </Button>
      <Command.Dialog
        open={open}
        onOpenChange={setOpen}
        label="Search and commands"
        overlayClassName="fixed inset-0 z-40 bg-scrim"
        contentClassName="fixed top-[14vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-3 border border-line bg-surface-raised shadow-float"
      >
        <PaletteList project={project} pages={pages} onDone={() => setOpen(false)} />
      </Command.Dialog>
    </>
  );
}

function PaletteList({ project, pages, onDone }: PaletteProps & { onDone: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [text, setText] = useState("");
  const projects = useQuery(trpc.project.list.queryOptions({ archived: false }));
  const asked = project && text.trim().length > 1 ? { project, text } : null;
  const pairs = useQuery(trpc.project.searchPairs.queryOptions(asked ?? skipToken));

  const item = (href: string, words: string, children: ReactNode) => (
    <Command.Item
      key={href}
      value={words}
      className={ROW}
      onSelect={() => {
        onDone();
        router.push(href);
      }}
    >
      {children}
    </Command.Item>
  );

  return (
    <>
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder={project ? "Go to a page, a project or a pair" : "Go to a page or a project"}
        className="h-11 w-full border-b border-line bg-transparent px-4 text-14 text-ink outline-none placeholder:text-ink-3 focus-visible:shadow-none"
      />
      <Command.List className="max-h-80 overflow-y-auto p-1.5">
        <Command.Empty className="px-2.5 py-3 text-13">
          Nothing is called that. Try one word of a concept.
        </Command.Empty>
        <Command.Group heading="Pages" className={GROUP}>
          {pages.map((page) => item(page.href, `page ${page.label}`, page.label))}
        </Command.Group>
        {projects.data && projects.data.length > 0 ? (
          <Command.Group heading="Projects" className={GROUP}>
            {projects.data.map((found) =>
              item(hrefOf(found), `project ${found.name} ${found.slug}`, found.name),
            )}
          </Command.Group>
        ) : null}
        {project && pairs.data && pairs.data.length > 0 ? (
          <Command.Group heading="Pairs" className={GROUP}>
            {pairs.data.map((pair) =>
              item(
                `/p/${project}/pairs/${pair.id}`,
                `pair ${pair.conceptA} ${pair.conceptB} ${pair.id}`,
                <PairName a={pair.conceptA} b={pair.conceptB} />,
              ),
            )}
          </Command.Group>
        ) : null}
      </Command.List>
    </>
  );
}

const hrefOf = (project: { slug: string; role: string }) =>
  project.role === "expert" ? "/rate" : `/p/${project.slug}`;
