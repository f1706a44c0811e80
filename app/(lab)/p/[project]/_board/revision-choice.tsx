"use client";

import { ChevronDown } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { Menu, MenuRadio } from "@/app/_ui/menu";
import type { ProjectBoard } from "@/server/project/project-board";

const wordsOf = ({ generator, number }: ProjectBoard["revisions"][number]) =>
  `${generator}, revision ${number}`;

/** Which generator revision the Levels are shown of; the address holds it, so that a view can be shared. */
export function RevisionChoice({
  revision,
  revisions,
}: Pick<ProjectBoard, "revision" | "revisions">) {
  const router = useRouter();
  const here = usePathname();
  if (!revision) return <>No generator yet</>;
  const [inUse] = revisions;
  if (revisions.length < 2) return <>Under test: {wordsOf(revision)}</>;
  const choose = (id: string) =>
    router.replace(id === inUse?.id ? here : `${here}?revision=${id}`, { scroll: false });
  return (
    <>
      Under test:{" "}
      <Menu
        trigger={
          <button
            type="button"
            className="inline-flex items-center gap-1 text-ink underline decoration-line-control underline-offset-3"
          >
            {wordsOf(revision)}
            <ChevronDown aria-hidden className="size-3.5" />
          </button>
        }
      >
        <MenuRadio
          label="Levels of"
          value={revision.id}
          onChange={choose}
          closes
          options={revisions.map((one) => ({ value: one.id, label: wordsOf(one) }))}
        />
      </Menu>
    </>
  );
}
