import type { HTMLAttributes, ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { cx } from "./cx";

export type TableProps = { label: string; head: ReactNode; children: ReactNode };

/** `head` is one row of `Th`, `children` are rows (`Tr`). */
export function Table({ label, head, children }: TableProps) {
  return (
    <div className="panel overflow-x-auto">
      <table aria-label={label} className="w-full border-collapse text-13">
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

type Aligned = { num?: boolean };

export function Th({ num, className, ...rest }: ThHTMLAttributes<HTMLTableCellElement> & Aligned) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx("small-print px-3.5 py-2 whitespace-nowrap", num && "text-right", className)}
    />
  );
}

export function Td({ num, className, ...rest }: TdHTMLAttributes<HTMLTableCellElement> & Aligned) {
  return (
    <td
      {...rest}
      className={cx(
        "border-t border-line px-3.5 py-1.5 align-middle",
        num && "text-right",
        className,
      )}
    />
  );
}

export function Tr({ className, ...rest }: HTMLAttributes<HTMLTableRowElement>) {
  return (
    <tr
      {...rest}
      className={cx("hover:bg-surface-hover aria-selected:bg-accent-tint", className)}
    />
  );
}
