import { PromptText } from "@/app/_ui/prompt-text";
import type { Detail } from "./detail";
import { EditPrompts } from "./edit-prompts";

export type PromptsProps = { project: string; detail: Detail };

/** The five prompts in use; older sets stay readable, because images were made from them. */
export function Prompts({ project, detail }: PromptsProps) {
  const { pair, promptSets } = detail;
  const [newest, ...older] = promptSets;
  return (
    <section id="prompts" className="mb-5">
      <div className="mb-1.5 flex items-center gap-2">
        <h2>Prompts{newest ? `, version ${newest.number}` : ""}</h2>
        <span className="ml-auto">
          {pair.state === "accepted" ? <EditPrompts project={project} detail={detail} /> : null}
        </span>
      </div>
      {newest ? (
        <PromptList set={newest} a={pair.conceptA} b={pair.conceptB} />
      ) : (
        <p className="text-12 text-ink-3">
          {pair.promptsReason ?? "They are written once the pair is accepted."}
        </p>
      )}
      {older.map((set) => (
        <details key={set.id} className="mt-2 text-12">
          <summary className="text-ink-3">Version {set.number}, before</summary>
          <PromptList set={set} a={pair.conceptA} b={pair.conceptB} />
        </details>
      ))}
    </section>
  );
}

type PromptListProps = { set: Detail["promptSets"][number]; a: string; b: string };

function PromptList({ set, a, b }: PromptListProps) {
  return (
    <ol className="divide-y divide-line text-13">
      {set.prompts.map((prompt) => (
        <li key={prompt.id} className="grid grid-cols-[20px_minmax(0,1fr)] py-1.5">
          <span className="text-ink-3">{prompt.position}</span>
          <PromptText text={prompt.text} a={a} b={b} />
        </li>
      ))}
    </ol>
  );
}
