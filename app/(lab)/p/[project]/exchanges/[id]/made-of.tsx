import { Link } from "@/app/_ui/link";
import type { ExchangeDetail } from "@/server/mining/exchange-detail";

export type MadeOfProps = { project: string; used: ExchangeDetail["used"] };

/** The pairs and the guidance that went into the question. */
export function MadeOf({ project, used: { exemplars, guidance } }: MadeOfProps) {
  if (exemplars.length === 0 && guidance.length === 0) return null;
  return (
    <section id="made-of" aria-label="What it was made of">
      {exemplars.length > 0 ? (
        <>
          <h2 className="mb-1.5">Learned from</h2>
          <ul className="panel mb-4 divide-y divide-line">
            {exemplars.map(({ id, a, b }) => (
              <li key={id} className="px-3.5 py-1.5">
                <Link href={`/p/${project}/pairs/${id}`} className="link">
                  {a} × {b}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {guidance.length > 0 ? (
        <>
          <h2 className="mb-1.5">Guided by</h2>
          <ul className="panel divide-y divide-line">
            {guidance.map(({ id, patternId, version, text }) => (
              <li key={id} className="px-3.5 py-1.5">
                <span className="small-print">
                  {patternId ? "Of the pattern" : "Of the project"}, version {version}
                </span>
                <p className="whitespace-pre-wrap">{text}</p>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
