"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Select } from "@/app/_ui/field";
import type { Comparison } from "@/server/comparison/show-comparison";
import { many } from "../../_board/board-words";
import { nameOf } from "./words";

/** Which comparison, of whose Levels, in which pattern, and which two generators; the address holds it all. */
export function Filters({ comparison }: { comparison: Comparison }) {
  const router = useRouter();
  const here = usePathname();
  const search = useSearchParams();
  const of = (name: string, value: string | undefined) => ({
    value: value ?? "",
    onChange: (event: { target: { value: string } }) => {
      const asked = new URLSearchParams(search);
      if (event.target.value) asked.set(name, event.target.value);
      else asked.delete(name);
      // Generators and patterns belong to one comparison.
      if (name === "number")
        for (const other of ["first", "second", "pattern"]) asked.delete(other);
      router.replace(`${here}?${asked}`, { scroll: false });
    },
  });
  const { repair, repairs, judge, patterns, generators, two } = comparison;
  const choices = generators.map((one) => (
    <option key={one.revisionId} value={one.revisionId}>
      {nameOf(one)}
    </option>
  ));
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2">
      <Select aria-label="Comparison" className="max-w-80" {...of("number", String(repair.number))}>
        {repairs.map(({ number, pairs, generators: drawn }) => (
          <option key={number} value={number}>
            Comparison {number}: {many(pairs, "pair")}, {many(drawn, "generator")}
          </option>
        ))}
      </Select>
      <Select aria-label="Whose Levels" className="max-w-40" {...of("judge", judge)}>
        <option value="human">Levels of people</option>
        <option value="simulated">Simulated rater</option>
      </Select>
      <Select
        aria-label="Pattern"
        className="max-w-40"
        {...of("pattern", search.get("pattern") ?? "")}
      >
        <option value="">All patterns</option>
        {patterns.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select aria-label="First generator" className="max-w-60" {...of("first", two.firstId)}>
        {choices}
      </Select>
      <span className="text-12 text-ink-3">→</span>
      <Select aria-label="Second generator" className="max-w-60" {...of("second", two.secondId)}>
        {choices}
      </Select>
    </search>
  );
}
