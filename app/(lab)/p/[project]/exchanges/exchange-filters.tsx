"use client";

import { useSearchParams } from "next/navigation";
import { Select } from "@/app/_ui/field";
import { EXCHANGE_OUTCOMES, EXCHANGE_PURPOSES } from "@/db/enums";
import { OUTCOME_WORDS } from "./[id]/outcome-words";
import { PURPOSE_WORDS } from "./purpose-words";

/** The filters live in the address alone, so that any view can be shared. */
export function ExchangeFilters() {
  const search = useSearchParams();
  const set = (name: "purpose" | "outcome", value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    window.history.replaceState(null, "", `?${next}`);
  };
  return (
    <search className="mb-3 flex items-center gap-2">
      <Select
        aria-label="Asked to"
        className="max-w-64"
        value={search.get("purpose") ?? ""}
        onChange={(event) => set("purpose", event.target.value)}
      >
        <option value="">Every purpose</option>
        {EXCHANGE_PURPOSES.map((purpose) => (
          <option key={purpose} value={purpose}>
            {PURPOSE_WORDS[purpose]}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Outcome"
        className="max-w-48"
        value={search.get("outcome") ?? ""}
        onChange={(event) => set("outcome", event.target.value)}
      >
        <option value="">Every outcome</option>
        {EXCHANGE_OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {OUTCOME_WORDS[outcome].word}
          </option>
        ))}
      </Select>
    </search>
  );
}
