"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Input, Select } from "@/app/_ui/field";
import { PAIR_STATES } from "@/db/enums";
import { CompleteScreened } from "./complete-screened";
import { type FilterName, isFiltered } from "./pair-filter";
import { STATE_WORDS } from "./words";

export type PairFiltersProps = {
  project: string;
  /** What can be done with the pairs that the filters show. */
  children: ReactNode;
};

/** The filters live in the address alone, so that any view can be shared. */
export function PairFilters({ project, children }: PairFiltersProps) {
  const trpc = useTRPC();
  const search = useSearchParams();
  const { data: patterns } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const set = (name: FilterName, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    window.history.replaceState(null, "", `?${next}`);
  };
  const clear = () => window.history.replaceState(null, "", window.location.pathname);

  return (
    <search className="mb-3 flex items-center gap-2 max-md:grid max-md:grid-cols-2">
      <Input
        type="search"
        aria-label="Search concepts"
        placeholder="Search concepts"
        className="max-w-56 max-md:max-w-none"
        defaultValue={search.get("q") ?? ""}
        onChange={(event) => set("q", event.target.value)}
      />
      <Select
        aria-label="Pattern"
        className="max-w-72 max-md:max-w-none"
        value={search.get("pattern") ?? ""}
        onChange={(event) => set("pattern", event.target.value)}
      >
        <option value="">All patterns</option>
        {patterns.map((pattern) => (
          <option key={pattern.id} value={pattern.id}>
            {pattern.name}
          </option>
        ))}
      </Select>
      <Select
        aria-label="State"
        className="max-w-40 max-md:max-w-none"
        value={search.get("state") ?? ""}
        onChange={(event) => set("state", event.target.value)}
      >
        <option value="">All states</option>
        {PAIR_STATES.map((state) => (
          <option key={state} value={state}>
            {STATE_WORDS[state].word}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Level"
        className="max-w-44 max-md:max-w-none"
        value={search.get("level") ?? ""}
        onChange={(event) => set("level", event.target.value)}
      >
        <option value="">Any Level</option>
        {[1, 2, 3, 4, 5].map((level) => (
          <option key={level} value={level}>
            Level {level}
          </option>
        ))}
        <option value="atMost4">At most 4, screened</option>
      </Select>
      {isFiltered(search) ? (
        <Button variant="quiet" onClick={clear}>
          Clear filters
        </Button>
      ) : null}
      <div className="ml-auto flex gap-2 max-md:col-span-full max-md:ml-0 max-md:flex-wrap">
        <CompleteScreened project={project} />
        {children}
      </div>
    </search>
  );
}
