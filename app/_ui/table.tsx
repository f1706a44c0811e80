import type { HTMLAttributes, ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { cx } from "./cx";

export type TableProps = { label: string; head: ReactNode; children: ReactNode };

/**
 * `head` is one row of `Th`, `children` are rows (`Tr`). On a narrow screen it is as wide as its words and scrolls in its own
 * box, whatever that box stands in.
 */
export function Table({ label, head, children }: TableProps) {
  return (
    <div className="panel relative overflow-x-auto max-md:contain-inline-size">
      <table
        aria-label={label}
        className="w-full border-collapse text-13 max-md:w-max max-md:max-w-200 max-md:min-w-full"
      >
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
