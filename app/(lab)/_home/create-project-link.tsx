"use client";

import { useState } from "react";
import { CreateProjectDialog } from "./create-project-dialog";

export type CreateProjectLinkProps = {
  label: string;
  /** Where in the new project to go: "" is its board. */
  next: string;
};

export function CreateProjectLink({ label, next }: CreateProjectLinkProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="link font-mid" onClick={() => setOpen(true)}>
        {label}
      </button>
      <CreateProjectDialog open={open} onOpenChange={setOpen} next={next} />
    </>
  );
}
