"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { GuidanceDialog } from "./guidance-dialog";

/** Opens the words that go into every question of the project. */
export function ProjectGuidance({ project }: { project: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Guidance</Button>
      {isOpen ? (
        <GuidanceDialog project={project} pattern={null} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
