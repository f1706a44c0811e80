"use client";

import { Select } from "@/app/_ui/field";
import type { Agreement } from "@/server/agreement/show-agreement";
import { PatternSelect, RaterSelect, useAddressField } from "../../_shell/address-fields";
import type { AskedName } from "./asked";

const LENGTHS = { short: "Short prompts", middle: "Middle prompts", long: "Long prompts" } as const;
const JUDGES = { human: "People", simulated: "Simulated raters" } as const;

/** The filters live in the address alone, so that any view can be shared. */
export function Filters({ agreement }: { agreement: Agreement }) {
  const { choices } = agreement;
  const field = useAddressField();
  const of = (name: AskedName) => field(name);
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2">
      <Select aria-label="Who judged" className="max-w-40" {...of("judge")}>
        <option value="">{JUDGES.human}</option>
        <option value="simulated">{JUDGES.simulated}</option>
      </Select>
      <PatternSelect field={of("pattern")} choices={choices.patterns} />
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
      <RaterSelect field={of("rater")} choices={choices.raters} />
    </search>
  );
}
