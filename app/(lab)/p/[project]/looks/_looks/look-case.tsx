import { cx } from "@/app/_ui/cx";
import type { ReadyLook } from "@/server/generation/list-looks";
import { ConceptGrid } from "./concept-grid";
import { imageOf } from "./image-of";
import { LookName } from "./look-name";
import type { Looking } from "./use-looks";

export type LookCaseProps = { look: ReadyLook; looking: Looking };

/** What was drawn and the one question about it. */
export function LookCase({ look, looking }: LookCaseProps) {
  const isPair = look.kind === "precheck";
  return (
    <>
      <div className="flex items-baseline gap-x-3 px-7 pt-3.5 pb-2.5 max-md:flex-wrap max-md:px-4">
        <h1 className="text-20">
          <LookName look={look} />
        </h1>
        <span>
          {isPair
            ? "Does every image plainly show both?"
            : "Mark the images that do not show it, whatever else they show."}
        </span>
        <span className="small-print ml-auto shrink-0 max-md:ml-0">
          {look.generator}, revision {look.revision}
        </span>
      </div>
      <div className="min-h-0 flex-1 px-7 pb-4 max-md:px-4">
        {isPair ? <FourImages look={look} /> : <ConceptGrid look={look} looking={looking} />}
      </div>
    </>
  );
}

function FourImages({ look }: { look: ReadyLook }) {
  return (
    <div className="grid size-full grid-cols-2 grid-rows-2 gap-2">
      {look.imageIds.map((id, at) => (
        <div
          key={id}
          className={cx("flex min-h-0", at % 2 === 0 ? "justify-end" : "justify-start")}
        >
          {/* Nothing but its place: a description would answer the question. */}
          <img
            src={imageOf(look.kind, id)}
            alt={`${at + 1} of ${look.imageIds.length}`}
            decoding="sync"
            className="aspect-square h-full max-w-full rounded-1 bg-surface-well object-contain"
          />
        </div>
      ))}
    </div>
  );
}
