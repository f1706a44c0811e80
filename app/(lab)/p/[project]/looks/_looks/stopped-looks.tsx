import { Link } from "@/app/_ui/link";
import type { StoppedLook } from "@/server/generation/list-looks";
import { DrawAgain } from "./draw-again";
import { LookName } from "./look-name";

export type StoppedLooksProps = { project: string; stopped: readonly StoppedLook[] };

/** What was not drawn, each with the reason and the way to try it again. */
export function StoppedLooks({ project, stopped }: StoppedLooksProps) {
  return (
    <section id="failed" aria-label="Looks that were not drawn">
      <ul className="divide-y divide-line">
        {stopped.map((look) => (
          <li key={look.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-3.5 py-2">
            <span className="min-w-0 flex-[1_1_180px]">
              {look.pairId ? (
                <Link href={`/p/${project}/pairs/${look.pairId}`} className="hover:underline">
                  <LookName look={look} />
                </Link>
              ) : (
                <LookName look={look} />
              )}
              <span className="block wrap-anywhere text-ink-2">{look.reason}</span>
            </span>
            <DrawAgain project={project} look={look} />
          </li>
        ))}
      </ul>
    </section>
  );
}
