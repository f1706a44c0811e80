"use client";

import { type ReactNode, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { Dialog, DialogActions } from "./dialog";
import { Key } from "./key";

export type ConfirmDialogProps = {
  /** The button that asks; end its words with an ellipsis. */
  trigger: ReactNode;
  triggerProps?: Pick<ButtonProps, "variant" | "size" | "notReady" | "className">;
  title: string;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  confirm: string;
  /** Shown on the button while it lasts, e.g. "Revoking". */
  busy: string;
  onConfirm: () => Promise<unknown>;
};

/** Asks once before something that cannot be undone. An error keeps the dialog open and says why. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [open, setOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function confirm() {
    setIsBusy(true);
    setProblem(null);
    try {
      await props.onConfirm();
      setOpen(false);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "It did not work. Please try again.");
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <>
      <Button {...props.triggerProps} onClick={() => setOpen(true)}>
        {props.trigger}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={props.title}
        description={props.description}
      >
        <DialogActions>
          {problem ? (
            <p role="alert" className="basis-full text-13 text-bad">
              {problem}
            </p>
          ) : null}
          <Button variant="danger" busy={isBusy && props.busy} onClick={confirm}>
            {props.confirm}
          </Button>
          <Button variant="quiet" onClick={() => setOpen(false)}>
            Back <Key>Esc</Key>
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
