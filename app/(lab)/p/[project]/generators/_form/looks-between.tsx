import { Field, Select } from "@/app/_ui/field";
import { TWICE_NEEDS } from "@/server/realign/domain/drawn-twice";
import type { RevisionDraft } from "./use-revision-draft";

/** Who looks at the first image of a method that draws twice, before it draws again. */
export function LooksBetween({ draft }: { draft: RevisionDraft }) {
  const { taggers, taggedBy, chooseTagger } = draft;
  return (
    <section
      aria-label="Between its two images"
      className="panel grid grid-cols-3 items-start gap-x-5 gap-y-3 px-3.5 pt-2 pb-3.5 text-13 max-lg:grid-cols-2"
    >
      <h2 className="col-span-full">Between its two images</h2>
      <Field
        label="Looked at by"
        hint={
          taggers.length === 0
            ? "No bridge serves an endpoint that says what stands where: start one by tag.toml, beside a bridge."
            : "The endpoint that says what stands where in the first images."
        }
      >
        <Select value={taggedBy ?? ""} onChange={(event) => chooseTagger(event.target.value)}>
          {taggedBy === undefined ? <option value="">none</option> : null}
          {taggedBy === undefined || taggers.includes(taggedBy) ? null : (
            <option>{taggedBy}</option>
          )}
          {taggers.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      <p className="small-print col-span-2">{TWICE_NEEDS}</p>
    </section>
  );
}
