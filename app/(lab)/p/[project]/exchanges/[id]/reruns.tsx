"use client";

import { useRouter } from "next/navigation";
import { useLive } from "@/app/_trpc/live";
import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import type { Rerun } from "@/server/mining/exchange/read-reruns";
import type { ExchangeDetail } from "@/server/mining/exchange-detail";
import { GiveUpButton } from "./give-up-button";
import { OUTCOME_WORDS } from "./outcome-words";

const OPEN: readonly Rerun["state"][] = ["queued", "running", "waiting"];

export type RerunsProps = { project: string } & Pick<ExchangeDetail, "answer" | "reruns">;

/** What came of the same question with other settings, beside the answer that counted. */
export function Reruns({ project, answer, reruns }: RerunsProps) {
  const router = useRouter();
  useLive(project, (event) => {
    if (event !== "resync" && event.topic !== "inquiry") return;
    router.refresh();
  });
  if (reruns.length === 0) return null;
  return (
    <section aria-label="Run again" className="mt-6">
      <h2 className="mb-2">Run again</h2>
      <ul className="grid gap-3">
        {reruns.map((rerun) => (
          <li key={rerun.exchangeId ?? rerun.inquiryId} className="panel">
            <div className="flex flex-wrap items-center gap-3 border-b border-line px-3.5 py-2">
              <span>{settingsInWords(rerun)}</span>
              <Outcome rerun={rerun} />
              {OPEN.includes(rerun.state) ? (
                <GiveUpButton project={project} inquiryId={rerun.inquiryId} size={26} />
              ) : null}
              {rerun.exchangeId ? (
                <Link
                  href={`/p/${project}/exchanges/${rerun.exchangeId}`}
                  className="link ml-auto text-12"
                >
                  Open
                </Link>
              ) : null}
            </div>
            {rerun.answer === null ? null : (
              <div className="grid grid-cols-2 divide-x divide-line">
                <Text label="As it was" text={answer ?? ""} />
                <Text label="This time" text={rerun.answer} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Text({ label, text }: { label: string; text: string }) {
  return (
    <div className="min-w-0 px-3.5 py-2.5">
      <p className="small-print mb-1">{label}</p>
      <pre className="overflow-x-auto font-mono text-12 whitespace-pre-wrap">{text}</pre>
    </div>
  );
}

function Outcome({ rerun }: { rerun: Rerun }) {
  if (rerun.state === "waiting") return <StateLabel kind="waits">{rerun.reason}</StateLabel>;
  if (rerun.state === "cancelled") return <StateLabel kind="info">Given up</StateLabel>;
  if (rerun.outcome === null) return <StateLabel kind="rendering">Being asked</StateLabel>;
  const { kind, word } = OUTCOME_WORDS[rerun.outcome];
  return <StateLabel kind={kind}>{rerun.outcome === "parsed" ? "Could be used" : word}</StateLabel>;
}

function settingsInWords({ model, settings }: Rerun): string {
  const { temperature, guidance } = settings as { temperature?: number; guidance?: string };
  const words = [
    model,
    temperature === undefined ? null : `temperature ${temperature}`,
    guidance === undefined ? null : "other guidance",
  ];
  return words.filter(Boolean).join(", ") || "The same settings";
}
