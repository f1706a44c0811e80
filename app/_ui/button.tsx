"use client";

import { LoaderCircle } from "lucide-react";
import { type ButtonHTMLAttributes, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass, NOT_READY_CLASS } from "./button-class";

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** What is going on, in words ("Freezing, 12 s"): shown instead of the label, and presses do nothing. */
  busy?: string | false;
  /** Why it cannot be pressed yet; stands beside the button. */
  notReady?: string | false;
};

/** Stays focusable when it is busy or not ready, so that a keyboard or screen reader still finds out why. */
export function Button({
  variant,
  size,
  busy,
  notReady,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const isInert = Boolean(busy || notReady);
  const button = (
    <button
      {...rest}
      type={type}
      aria-disabled={isInert || rest["aria-disabled"]}
      aria-busy={busy ? true : undefined}
      aria-describedby={notReady ? reasonId : rest["aria-describedby"]}
      className={`${buttonClass(busy ? "outlined" : variant, size, className)} ${NOT_READY_CLASS}`}
      onClick={(event) => {
        if (isInert) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
    >
      {busy ? (
        <>
          <LoaderCircle aria-hidden />
          {busy}
        </>
      ) : (
        children
      )}
    </button>
  );
  if (!notReady) return button;
  return (
    <span className="inline-flex items-center gap-x-2 gap-y-1 max-md:flex-wrap">
      {button}
      <span id={reasonId} className="small-print">
        {notReady}
      </span>
    </span>
  );
}
