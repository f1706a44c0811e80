"use client";

import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "./button";
import { Input } from "./field";

export type CopyableProps = {
  /** What it is: "Invitation link". */
  label: string;
  value: string;
};

/** A link or secret to be taken along. Where the clipboard is closed, the text is selected instead. */
export function Copyable({ label, value }: CopyableProps) {
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"idle" | "copied" | "selected">("idle");

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setState("copied");
    } catch {
      // No clipboard on a plain-HTTP address: the person presses Ctrl C.
      input.current?.select();
      setState("selected");
    }
  }

  return (
    <div className="flex items-center gap-2">
      <Input
        ref={input}
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className="font-mono"
      />
      <Button onClick={copy}>
        {state === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
        {state === "copied" ? "Copied" : "Copy"}
      </Button>
      {state === "selected" ? <output className="small-print">Press Ctrl C</output> : null}
    </div>
  );
}
