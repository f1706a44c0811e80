import { PromptText } from "@/app/_ui/prompt-text";
import type { Detail } from "./detail";

type BroughtInData = Detail["broughtIn"];
type Reported = BroughtInData["reported"][number];

/** What came in with the pair from elsewhere: it stands beside this project's own findings, never among them. */
export function BroughtIn({ detail }: { detail: Detail }) {
  const { pair, broughtIn } = detail;
  const { reported, shownImages, singlePrompts } = broughtIn;
  return (
    <>
      {reported.length > 0 ? (
        <section className="mb-5">
          <h2 className="mb-1.5">Reported elsewhere</h2>
          <ul className="divide-y divide-line text-12">
            {reported.map((report) => (
              <li key={report.id} className="py-1.5">
                <b>{levelWords(report)}</b> {provenance(report)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {shownImages.length > 0 ? <ShownImages images={shownImages} /> : null}
      {singlePrompts.length > 0 ? (
        <section className="mb-5">
          <h2 className="mb-1.5">Prompts that are in no set</h2>
          <ul className="divide-y divide-line text-13">
            {singlePrompts.map(({ id, text }) => (
              <li key={id} className="py-1.5">
                <PromptText text={text} a={pair.conceptA} b={pair.conceptB} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function levelWords({ level, correct, rated }: Reported): string {
  const count = correct === null ? null : `${correct} of ${rated} correct`;
  if (level === null) return count ?? "Level unknown";
  return count ? `Level ${level}, ${count}` : `Level ${level}`;
}

const provenance = ({ generator, ratedOn, raters, sourceFile }: Reported): string =>
  `by ${generator ?? "an unknown generator"} · ${ratedOn ?? "date unknown"} · ${raters ?? "raters unknown"} · from ${sourceFile}`;

function ShownImages({ images }: { images: BroughtInData["shownImages"] }) {
  const makers = [
    ...new Set(images.map(({ generator, revision }) => `${generator}, revision ${revision}`)),
  ];
  return (
    <section className="mb-5">
      <h2 className="mb-1.5">Images that are no grid</h2>
      <p className="small-print mb-1.5">{makers.join("; ")}. They are shown and not rated.</p>
      <ul className="grid grid-cols-5 gap-1">
        {images.map(({ id, prompt, generator }) => (
          <li key={id}>
            <img
              src={`/api/images/${id}?w=320`}
              alt={`${generator}: ${prompt}`}
              title={prompt}
              loading="lazy"
              className="aspect-square w-full rounded-1 object-contain"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
