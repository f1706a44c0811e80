"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Select } from "@/app/_ui/field";
import type { Agreement } from "@/server/agreement/show-agreement";
import type { AskedName } from "./asked";

const LENGTHS = { short: "Short prompts", middle: "Middle prompts", long: "Long prompts" } as const;
const JUDGES = { human: "People", simulated: "Simulated raters" } as const;

/** The filters live in the address alone, so that any view can be shared. */
export function Filters({ agreement }: { agreement: Agreement }) {
  const router = useRouter();
  const here = usePathname();
  const search = useSearchParams();
  const { choices } = agreement;
  const of = (name: AskedName) => ({
    value: search.get(name) ?? "",
    onChange: (event: { target: { value: string } }) => {
      const next = new URLSearchParams(search);
      if (event.target.value) next.set(name, event.target.value);
      else next.delete(name);
      router.replace(`${here}?${next}`, { scroll: false });
    },
  });
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2">
      <Select aria-label="Who judged" className="max-w-40" {...of("judge")}>
        <option value="">{JUDGES.human}</option>
        <option value="simulated">{JUDGES.simulated}</option>
      </Select>
      <Select aria-label="Pattern" className="max-w-64" {...of("pattern")}>
        <option value="">All patterns</option>
        {choices.patterns.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select aria-label="Prompt length" className="max-w-44" {...of("bucket")}>
        <option value="">Any prompt length</option>
        {Object.entries(LENGTHS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      <Select aria-label="Round" className="max-w-36" {...of("round")}>
        <option value="">All rounds</option>
        {choices.rounds.map((round) => (
          <option key={round} value={round}>
            Round {round}
          </option>
        ))}
      </Select>
      <Select aria-label="Rater" className="max-w-48" {...of("rater")}>
        <option value="">All raters</option>
        {choices.raters.map(({ id, name }) => (
          <option key={id} value={id}>
            Grids of {name}
          </option>
        ))}
      </Select>
    </search>
  );
}
