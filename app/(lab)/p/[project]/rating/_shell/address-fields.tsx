"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Select } from "@/app/_ui/field";

type Field = { value: string; onChange: (event: { target: { value: string } }) => void };
type Choices = { field: Field; choices: readonly { id: string; name: string }[] };

/** A filter that lives in the address alone, so that any view can be shared. */
export function useAddressField(): (name: string) => Field {
  const router = useRouter();
  const here = usePathname();
  const search = useSearchParams();
  return (name) => ({
    value: search.get(name) ?? "",
    onChange: (event) => {
      const next = new URLSearchParams(search);
      if (event.target.value) next.set(name, event.target.value);
      else next.delete(name);
      router.replace(`${here}?${next}`, { scroll: false });
    },
  });
}

export function PatternSelect({ field, choices }: Choices) {
  return (
    <Select aria-label="Pattern" className="max-w-64" {...field}>
      <option value="">All patterns</option>
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

export function RaterSelect({ field, choices }: Choices) {
  return (
    <Select aria-label="Rater" className="max-w-48" {...field}>
      <option value="">All raters</option>
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          Grids of {name}
        </option>
      ))}
    </Select>
  );
}
