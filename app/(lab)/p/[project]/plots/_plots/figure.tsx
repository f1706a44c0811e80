"use client";

import { Download } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button } from "@/app/_ui/button";
import { cx } from "@/app/_ui/cx";
import type { CsvCell } from "@/server/core/csv";
import { CsvButton } from "./csv-button";
import { saveText } from "./save-text";
import { standaloneSvg } from "./standalone-svg";

export type FigureProps = {
  title: string;
  /** What the plot shows, in words, for who cannot see it. */
  words: string;
  /** Of the files: "everyday-objects-yield". */
  name: string;
  head: readonly string[];
  rows: readonly (readonly CsvCell[])[];
  note?: ReactNode;
  children: ReactNode;
};

/** A plot with its downloads and, as a table, what it is drawn from. */
export function Figure({ title, words, name, head, rows, note, children }: FigureProps) {
  const plot = useRef<HTMLDivElement>(null);
  const saveSvg = () => {
    const svg = plot.current?.querySelector("svg");
    if (svg) saveText(`${name}.svg`, "image/svg+xml", standaloneSvg(svg, title));
  };
  return (
    <figure className="m-0 min-w-0">
      <figcaption className="mb-2 flex items-center gap-2">
        <h2 className="min-w-0 truncate max-md:whitespace-normal">{title}</h2>
        <span className="ml-auto flex gap-1">
          <Button variant="quiet" size={26} onClick={saveSvg} aria-label={`${title}: download SVG`}>
            <Download aria-hidden /> SVG
          </Button>
          <CsvButton title={title} name={name} head={head} rows={rows} />
        </span>
      </figcaption>
      <div ref={plot} role="img" aria-label={words} className="text-11">
        {children}
      </div>
      {note ? <p className="mt-1.5 small-print">{note}</p> : null}
      <details className="mt-1.5">
        <summary className="link w-fit list-none text-12">As a table</summary>
        <DataTable title={title} head={head} rows={rows} />
      </details>
    </figure>
  );
}

function DataTable({ title, head, rows }: Pick<FigureProps, "title" | "head" | "rows">) {
  const isNumeric = (column: number) => rows.some((row) => typeof row[column] === "number");
  return (
    <div className="mt-1.5 max-h-64 overflow-auto">
      <table aria-label={title} className="w-full text-12">
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th
                key={cell}
                scope="col"
                className={cx("small-print py-1 pr-4", isNumeric(column) && "text-right")}
              >
                {cell.replaceAll("_", " ")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join("|")} className="border-t border-line">
              {row.map((cell, column) => (
                <td
                  key={head[column]}
                  className={cx("py-1 pr-4", isNumeric(column) && "text-right")}
                >
                  {typeof cell === "number" && !Number.isInteger(cell)
                    ? cell.toFixed(3)
                    : String(cell ?? "–")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
