"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Select } from "@/app/_ui/field";
import type { Metrics } from "@/server/metrics/show-metrics";
import { measureWords, modelWords } from "./words";

const keyOf = ({ scorer, by }: Pick<Metrics["measures"][number], "scorer" | "by">) =>
  `${scorer.id} ${by}`;

/** Which score, and whose counts; the address holds both. */
export function Filters({ metrics: { measures, shown, judge } }: { metrics: Metrics }) {
  const router = useRouter();
  const here = usePathname();
  const search = useSearchParams();
  const go = (change: Record<string, string>) =>
    router.replace(`${here}?${new URLSearchParams({ ...Object.fromEntries(search), ...change })}`, {
      scroll: false,
    });
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2">
      {shown ? (
        <Select
          aria-label="Score"
          className="max-w-100"
          value={keyOf(shown)}
          onChange={({ target }) => {
            const [scorer = "", by = ""] = target.value.split(" ");
            go({ scorer, by });
          }}
        >
          {measures.map((one) => (
            <option key={keyOf(one)} value={keyOf(one)}>
              {measureWords(one)}, {modelWords(one)}
            </option>
          ))}
        </Select>
      ) : null}
      <Select
        aria-label="Whose counts"
        className="max-w-44"
        value={judge}
        onChange={({ target }) => go({ judge: target.value })}
      >
        <option value="human">Counts of people</option>
        <option value="simulated">Simulated rater</option>
      </Select>
    </search>
  );
}
