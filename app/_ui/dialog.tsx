"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { buttonClass } from "./button-class";
import { Key } from "./key";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Pixels; 440 unless said otherwise. */
  width?: number;
  /** For what is only read and has no buttons of its own: fingers need one. */
  hasClose?: boolean;
  children: ReactNode;
};

/** Asks one thing. Esc and a press outside close it; focus goes back to where it came from. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  width,
  hasClose,
  children,
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          aria-describedby={description ? undefined : ""}
          className="fixed top-[12vh] left-1/2 z-50 max-h-[82vh] w-[calc(100vw-32px)] -translate-x-1/2 scroll-pb-16 overflow-y-auto rounded-3 break-words border border-line bg-surface-raised p-4 text-14 shadow-float"
          style={{ maxWidth: width ?? 440 }}
        >
          <Radix.Title className="text-14 font-bold text-ink">{title}</Radix.Title>
          {description ? (
            <Radix.Description className="mt-1 text-13 text-ink-2">{description}</Radix.Description>
          ) : null}
          <div className="mt-3">{children}</div>
          {hasClose ? (
            <Radix.Close className={buttonClass("quiet", 26, "absolute top-3 right-3")}>
              Close <Key>Esc</Key>
            </Radix.Close>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * The row of buttons at a dialog's foot, after what went wrong: both in view however long what stands above is. The shade
 * is its own upper padding, so that it lies on nothing that is not scrolled under it.
 */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-wrap items-center gap-2 bg-[linear-gradient(transparent,var(--surface-raised)_16px)] p-4">
      {children}
    </div>
  );
}
