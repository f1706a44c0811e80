import type { ToldTraining } from "@/server/generation/domain/training";

/** Where the weights come from, as far as whoever runs the endpoint told. */
export function trainingWords({ method, steps, data, not_held_out, code }: ToldTraining): string {
  const parts = [
    `Trained with ${method}${steps === undefined ? "" : `, ${steps.toLocaleString("en-GB")} steps`}`,
    data && `on ${data}`,
    not_held_out?.length ? `has seen ${not_held_out.join(", ")}` : "",
    code,
  ];
  return parts.filter(Boolean).join("; ");
}
