import type { ReactNode } from "react";

/** What this page is for, and one sentence on it. */
export function DoorHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mb-4">
      <h1 className="text-26">{title}</h1>
      {children ? <p className="mt-2 text-14">{children}</p> : null}
    </div>
  );
}
