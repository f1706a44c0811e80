import type { ParameterField } from "@/server/generation/domain/method/fields";
import type { Texts } from "./draft";
import { ParameterControl } from "./parameter-control";

export type ParameterGroupProps = {
  title: string;
  fields: readonly ParameterField[];
  texts: Texts;
  wrongs: Record<string, string>;
  onChange: (texts: Texts) => void;
};

export function ParameterGroup({ title, fields, texts, wrongs, onChange }: ParameterGroupProps) {
  return (
    <section
      aria-label={title}
      className="panel grid grid-cols-3 items-start gap-x-5 gap-y-3 px-3.5 pt-2 pb-3.5 text-13 max-lg:grid-cols-2"
    >
      <h2 className="col-span-full">{title}</h2>
      {fields.length === 0 ? <p className="col-span-full small-print">It has none.</p> : null}
      {fields.map((field) => (
        <ParameterControl
          key={field.name}
          field={field}
          text={texts[field.name] ?? ""}
          wrong={wrongs[field.name]}
          onChange={(text) => onChange({ ...texts, [field.name]: text })}
        />
      ))}
    </section>
  );
}
