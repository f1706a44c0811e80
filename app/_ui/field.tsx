"use client";

import {
  createContext,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useContext,
  useId,
} from "react";
import { cx } from "./cx";
import { lengthWords, tooLong } from "./too-long";

type FieldIds = { id: string; describedBy: string | undefined; isInvalid: boolean };
const FieldContext = createContext<FieldIds | null>(null);

export type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: string | null | false;
  /** What is written and how many characters of it are kept: counted beside the field, and never cut. */
  length?: { of: string; most: number };
  className?: string;
  /** One Input, Textarea or Select. */
  children: ReactNode;
};

/** Ties label, control, hint and error together, for eyes and for screen readers. */
export function Field({ label, hint, error, length, className, children }: FieldProps) {
  const id = useId();
  const says = error || hint;
  const count = length && lengthWords(length.of, length.most);
  const isOver = Boolean(length && tooLong(length.of, length.most));
  const describedBy = cx(Boolean(says) && `${id}-says`, count && `${id}-count`) || undefined;
  return (
    <div className={cx("grid gap-1.5", className)}>
      <label htmlFor={id} className="font-mid text-ink">
        {label}
      </label>
      <FieldContext value={{ id, describedBy, isInvalid: Boolean(error) || isOver }}>
        {children}
      </FieldContext>
      {count ? (
        <p id={`${id}-count`} className={isOver ? "text-12 text-bad" : "small-print"}>
          {count}
        </p>
      ) : null}
      {says ? (
        <p
          id={`${id}-says`}
          role={error ? "alert" : undefined}
          className={error ? "text-12 text-bad" : "small-print"}
        >
          {says}
        </p>
      ) : null}
    </div>
  );
}

const CONTROL =
  "w-full rounded-2 border border-line-control bg-surface text-ink placeholder:text-ink-3 aria-invalid:border-bad disabled:border-line-2 disabled:text-ink-3";

/** 32 where experts work, 40 where strangers arrive. */
export type ControlSize = 32 | 40;
const HEIGHT = { 32: "h-8 px-2.5 text-13", 40: "h-10 px-3 text-16" } satisfies Record<
  ControlSize,
  string
>;

function useFieldProps() {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.isInvalid || undefined,
  };
}

export type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "size"> & {
  size?: ControlSize;
  ref?: Ref<HTMLInputElement>;
};

export function Input({ size = 32, className, ...rest }: InputProps) {
  return <input {...useFieldProps()} {...rest} className={cx(CONTROL, HEIGHT[size], className)} />;
}

export type FileInputProps = Omit<InputProps, "type" | "size">;

/** Its button looks like every other one; the browser writes beside it what was chosen. */
export function FileInput({ className, ...rest }: FileInputProps) {
  return (
    <input
      {...useFieldProps()}
      {...rest}
      type="file"
      className={cx(
        "h-8 text-13 text-ink-2 file:mr-2.5 file:h-8 file:cursor-pointer file:rounded-2 file:border file:border-line-control file:bg-surface file:px-3 file:font-mid file:text-ink hover:file:bg-surface-hover",
        className,
      )}
    />
  );
}

export type TextareaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  ref?: Ref<HTMLTextAreaElement>;
};

export function Textarea({ className, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={4}
      {...useFieldProps()}
      {...rest}
      className={cx(CONTROL, "px-2.5 py-1.5 text-13", className)}
    />
  );
}

export type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "size"> & {
  size?: ControlSize;
};

export function Select({ size = 32, className, ...rest }: SelectProps) {
  return <select {...useFieldProps()} {...rest} className={cx(CONTROL, HEIGHT[size], className)} />;
}

export type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  label: ReactNode;
};

export function Checkbox({ label, className, ...rest }: CheckboxProps) {
  return (
    <label className={cx("inline-flex min-h-6 cursor-pointer items-center gap-2", className)}>
      <input {...rest} type="checkbox" className="size-4 shrink-0 accent-accent" />
      {label}
    </label>
  );
}
