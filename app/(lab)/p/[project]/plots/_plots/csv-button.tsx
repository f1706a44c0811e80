"use client";

import { Download } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { type CsvCell, csvLine } from "@/server/core/csv";
import { saveText } from "./save-text";

export type CsvButtonProps = {
  /** What is in it, for the button's name. */
  title: string;
  /** Of the file, without its ending. */
  name: string;
  head: readonly string[];
  rows: readonly (readonly CsvCell[])[];
};

/** Hands a table out as a file. */
export function CsvButton({ title, name, head, rows }: CsvButtonProps) {
  const save = () =>
    saveText(`${name}.csv`, "text/csv", [head, ...rows].map((row) => csvLine(row)).join(""));
  return (
    <Button variant="quiet" size={26} onClick={save} aria-label={`${title}: download CSV`}>
      <Download aria-hidden /> CSV
    </Button>
  );
}
