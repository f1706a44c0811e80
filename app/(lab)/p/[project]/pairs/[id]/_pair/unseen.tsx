import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import type { Detail } from "./detail";

export type UnseenProps = { project: string; detail: Pick<Detail, "unseen"> };

/** Stands for the images of comparisons that the viewer is still to rate; the server has not sent them. */
export function Unseen({ project, detail: { unseen } }: UnseenProps) {
  if (unseen.length === 0) return null;
  return (
    <section aria-label="Unseen images" className="panel mb-3 divide-y divide-line">
      {unseen.map(({ number }) => (
        <p key={number} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-3.5 py-2">
          <StateLabel kind="waits">Unseen until rated</StateLabel>
          <span className="text-12 text-ink-2">
            The images of comparison {number}: seen by name, they would bias your verdict.
          </span>
          <span className="ml-auto flex gap-x-4 text-12">
            <Link href={`/p/${project}/compare?number=${number}`} className="link">
              Comparison {number}
            </Link>
            <Link href={`/rate?project=${project}`} className="link">
              Rate
            </Link>
          </span>
        </p>
      ))}
    </section>
  );
}
