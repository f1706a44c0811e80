import type { ReactNode } from "react";
import { Link } from "@/app/_ui/link";
import { PageHead } from "@/app/_ui/page-head";
import { StateLabel } from "@/app/_ui/state-label";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { ExchangeDetail } from "@/server/mining/exchange-detail";
import { exchangeTitle } from "./exchange-title";
import { MadeOf } from "./made-of";
import { OUTCOME_WORDS } from "./outcome-words";
import { RunAgain } from "./rerun-dialog";
import { Reruns } from "./reruns";
import { RetryWork } from "./retry-work";
import { SubjectLink } from "./subject-link";

export type ExchangeViewProps = { project: string; exchange: ExchangeDetail };

/** One question to the proposer and what came back, word for word. */
export function ExchangeView({ project, exchange }: ExchangeViewProps) {
  const outcome = OUTCOME_WORDS[exchange.outcome];
  return (
    <>
      <PageHead
        title={exchangeTitle(exchange)}
        sub={
          <>
            {exchange.model}, template {exchange.templateVersion},{" "}
            <TimeAgo at={exchange.createdAt} />
          </>
        }
        actions={
          <>
            {exchange.canRerun ? <RunAgain project={project} exchange={exchange} /> : null}
            <RetryWork project={project} {...exchange} />
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-6">
        <div className="grid gap-3">
          {exchange.messages.map((message, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the messages of one exchange never move
            <Said key={index} who={SPEAKER[message.role]} text={message.content} />
          ))}
          {exchange.answer === null ? null : (
            <Said who="Its answer" text={exchange.answer} isAnswer />
          )}
        </div>
        <aside className="grid gap-4">
          <dl className="panel grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 p-3.5">
            <Fact name="Outcome">
              <StateLabel kind={outcome.kind}>{outcome.word}</StateLabel>
            </Fact>
            {exchange.reason ? <Fact name="Reason">{exchange.reason}</Fact> : null}
            <Fact name="For">
              <SubjectLink project={project} exchange={exchange} />
            </Fact>
            <Fact name="Temperature">{exchange.temperature ?? "the server's own"}</Fact>
            <Fact name="Tokens">{tokensOf(exchange)}</Fact>
            <Fact name="Took">
              {exchange.latencyMs === null ? "–" : `${(exchange.latencyMs / 1000).toFixed(1)} s`}
            </Fact>
          </dl>
          <Conversation project={project} exchange={exchange} />
          <MadeOf project={project} used={exchange.used} />
        </aside>
      </div>
      <Reruns project={project} answer={exchange.answer} reruns={exchange.reruns} />
    </>
  );
}

const SPEAKER = {
  system: "Standing instructions",
  user: "What was asked",
  assistant: "What it answered before",
} as const;

function tokensOf({ tokensIn, tokensOut }: ExchangeDetail): string {
  return tokensIn === null && tokensOut === null
    ? "none counted"
    : `${tokensIn ?? "?"} in, ${tokensOut ?? "?"} out`;
}

type SaidProps = { who: string; text: string; isAnswer?: boolean };

function Said({ who, text, isAnswer = false }: SaidProps) {
  return (
    <section className="panel">
      <h2 className="small-print border-b border-line px-3.5 py-2 font-normal">{who}</h2>
      <pre
        className={`overflow-x-auto px-3.5 py-2.5 font-mono text-12 whitespace-pre-wrap ${isAnswer ? "text-ink" : "text-ink-2"}`}
      >
        {text}
      </pre>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}

function Conversation({ project, exchange }: ExchangeViewProps) {
  if (exchange.conversation.length < 2) return null;
  return (
    <section>
      <h2 className="mb-1.5">The whole conversation</h2>
      <ol className="panel divide-y divide-line">
        {exchange.conversation.map((turn, index) => (
          <li
            key={turn.id}
            className="px-3.5 py-1.5 aria-[current]:bg-accent-tint"
            aria-current={turn.id === exchange.id || undefined}
          >
            <Link href={`/p/${project}/exchanges/${turn.id}`} className="link">
              {turn.repairsId ? "Repair" : "Question"} {index + 1}
            </Link>{" "}
            <StateLabel kind={OUTCOME_WORDS[turn.outcome].kind}>
              {OUTCOME_WORDS[turn.outcome].word}
            </StateLabel>
          </li>
        ))}
      </ol>
    </section>
  );
}
