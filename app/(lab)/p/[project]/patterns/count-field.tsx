import { Field, Input } from "@/app/_ui/field";

export type CountFieldProps = {
  label?: string;
  most: number;
  text: string;
  onChange: (text: string) => void;
};

/** How many to ask for. */
export function CountField({ label = "How many", most, text, onChange }: CountFieldProps) {
  return (
    <Field label={label} hint={`1 to ${most}`}>
      <Input
        type="number"
        min={1}
        max={most}
        value={text}
        className="w-24"
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** The whole number that was typed; null when it is none from 1 to `most`. */
export function countOf(text: string, most: number): number | null {
  const typed = Number(text);
  return Number.isInteger(typed) && typed >= 1 && typed <= most ? typed : null;
}
