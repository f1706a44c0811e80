import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { Td, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { ListedExchange } from "@/server/mining/list-exchanges";
import { OUTCOME_WORDS } from "./[id]/outcome-words";
import { PURPOSE_WORDS } from "./purpose-words";

export type ExchangeRowProps = { project: string; exchange: ListedExchange };

export function ExchangeRow({ project, exchange }: ExchangeRowProps) {
  const outcome = OUTCOME_WORDS[exchange.outcome];
  const { tokensIn, tokensOut, latencyMs } = exchange;
  return (
    <Tr>
      <Td className="whitespace-nowrap">
        <Link href={`/p/${project}/exchanges/${exchange.id}`} className="link">
          {PURPOSE_WORDS[exchange.purpose]}
        </Link>
        {exchange.repairsId ? <span className="small-print">, repair</span> : null}
        {exchange.rerunsId ? <span className="small-print">, run again</span> : null}
      </Td>
      <Td className="max-w-72 truncate">{aboutOf(exchange)}</Td>
      <Td className="whitespace-nowrap">
        <StateLabel kind={outcome.kind}>
          {exchange.rerunsId && exchange.outcome === "parsed" ? "Could be used" : outcome.word}
        </StateLabel>
      </Td>
      <Td className="max-w-56 truncate text-ink-3">{exchange.model}</Td>
      <Td num>
        {tokensIn === null && tokensOut === null
          ? "–"
          : ((tokensIn ?? 0) + (tokensOut ?? 0)).toLocaleString("en-GB")}
      </Td>
      <Td num>{latencyMs === null ? "–" : `${(latencyMs / 1000).toFixed(1)} s`}</Td>
      <Td className="whitespace-nowrap">
        <TimeAgo at={exchange.createdAt} />
      </Td>
    </Tr>
  );
}

function aboutOf({ batch, pair, pattern, rerunsId }: ListedExchange): string {
  if (rerunsId) return "an earlier question";
  if (batch?.pattern) return `${batch.pattern}, batch ${batch.number}`;
  if (pair) return `${pair.a} × ${pair.b}`;
  return pattern ?? "the project";
}
