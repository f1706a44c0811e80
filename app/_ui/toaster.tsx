"use client";

import { Check, TriangleAlert } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { Link } from "./link";

type ToastOptions = {
  tone?: "good" | "bad";
  /** Takes the act back; the toast then closes. */
  undo?: () => void;
  /** Where something can be done about it. */
  link?: { href: string; words: string } | undefined;
};
type ShowToast = (text: string, options?: ToastOptions) => void;
type ShownToast = ToastOptions & { id: number; text: string };

const ToastContext = createContext<ShowToast | null>(null);
const VISIBLE_MS = 6000;

/** `toast("Pair rejected: cannot be drawn", { undo })`; for a failure `{ tone: "bad" }`. */
export function useToast(): ShowToast {
  const show = useContext(ToastContext);
  if (!show) throw new Error("useToast needs <Toaster> above it");
  return show;
}

/** Wraps the app; toasts appear at the foot of the screen, announced politely. */
export function Toaster({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<ShownToast[]>([]);
  // Never used again: the timer of a toast that was closed by hand would close its successor.
  const last = useRef(0);
  const show = useCallback<ShowToast>((text, options) => {
    const id = ++last.current;
    setToasts((before) => [...before.slice(-2), { ...options, id, text }]);
  }, []);
  const close = (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id));

  return (
    <ToastContext value={show}>
      <Radix.Provider duration={VISIBLE_MS} label="Message">
        {children}
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
        <Radix.Viewport className="fixed bottom-14 left-1/2 z-50 flex -translate-x-1/2 flex-col items-center gap-2" />
      </Radix.Provider>
    </ToastContext>
  );
}

function ToastLine({ toast, onClose }: { toast: ShownToast; onClose: () => void }) {
  const Icon = toast.tone === "bad" ? TriangleAlert : Check;
  return (
    <Radix.Root
      onOpenChange={(open) => !open && onClose()}
      type={toast.tone === "bad" ? "foreground" : "background"}
      className="flex w-max max-w-[90vw] items-center gap-2 rounded-2 bg-ink px-3 py-2 text-13 text-surface shadow-float"
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <Radix.Description className="wrap-anywhere">{toast.text}</Radix.Description>
      {toast.link ? (
        <Link href={toast.link.href} className="ml-2.5 underline underline-offset-2">
          {toast.link.words}
        </Link>
      ) : null}
      {toast.undo ? (
        <Radix.Action asChild altText="Undo">
          <button
            type="button"
            onClick={toast.undo}
            className="ml-2.5 underline underline-offset-2"
          >
            Undo
          </button>
        </Radix.Action>
      ) : null}
    </Radix.Root>
  );
}
