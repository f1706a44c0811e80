import type { Spend as SpendFigures } from "@/server/project/sum-spend";

const MINUTE_MS = 60_000;

export function Spend({ spend }: { spend: SpendFigures }) {
  const rows = [
    { label: "LLM tokens", amount: spend.tokens.toLocaleString("en-GB") },
    { label: "Images drawn", amount: spend.images.toLocaleString("en-GB") },
    { label: "Rater minutes", amount: (spend.raterMs / MINUTE_MS).toFixed(1) },
  ];
  return (
    <section>
      <h2 className="mb-2">Spent</h2>
      <dl className="divide-y divide-line">
        {rows.map((row) => (
          <div key={row.label} className="flex justify-between gap-2 py-1.5 first:pt-0">
            <dt>{row.label}</dt>
            <dd className="font-bold text-ink">{row.amount}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
