"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog, DialogActions } from "./dialog";
import { Key } from "./key";

export type FormDialogProps = {
  title: string;
  description?: ReactNode;
  /** Pixels; 440 unless said otherwise. */
  width?: number;
  /** What the filled button says; Enter presses it. */
  submit: ReactNode;
  /** Shown on the button while it lasts. */
  busy: string | false;
  /** Why it cannot be sent yet. */
  notReady?: string | false | undefined;
  /** What the server refused, in its words. */
  problem?: string | null | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** A dialog that asks for a few words and sends them. It is there as long as it is mounted. */
export function FormDialog(props: FormDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={props.title}
      description={props.description}
      {...(props.width ? { width: props.width } : {})}
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!props.notReady && !props.busy) props.onSubmit();
        }}
      >
        {props.children}
        <DialogActions>
          {props.problem ? (
            <p role="alert" className="basis-full text-12 text-bad">
              {props.problem}
            </p>
          ) : null}
          <Button
            type="submit"
            variant="primary"
            busy={props.busy}
            notReady={props.notReady ?? false}
          >
            {props.submit} <Key onAccent>↵</Key>
          </Button>
          <Button variant="quiet" onClick={props.onClose}>
            Back <Key>Esc</Key>
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
