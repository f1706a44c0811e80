import type { ReactNode } from "react";

export type EmptyStateProps = {
  /** What is not here, as a sentence: "No grid waits for you." */
  title: string;
  /** What comes next, and when. */
  children?: ReactNode;
  actions?: ReactNode;
};

export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="max-w-[62ch] py-6 text-14 break-words">
      <p>
        <b>{title}</b> {children}
      </p>
      {actions ? <div className="mt-4 flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
