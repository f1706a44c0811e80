import { LevelChip } from "@/app/_ui/level-chip";
import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { Td, Tr } from "@/app/_ui/table";
import type { ListedPair } from "@/server/mining/list-pairs";
import { shownLevel } from "@/server/rating/domain/level";
import { TrivialChip } from "./trivial-chip";
import { UnknownTo } from "./unknown-to";
import { ORIGIN_WORDS, REASON_WORDS, STATE_WORDS } from "./words";

export type PairRowProps = {
  project: string;
  pair: ListedPair;
  /** What the generator under test cannot draw, where it tells; null where it does not. */
  outside: Outside | null;
};

export type Outside = { generator: string; has: (concept: string) => boolean };

export function PairRow({ project, pair, outside }: PairRowProps) {
  const state = STATE_WORDS[pair.state];
  const href = `/p/${project}/pairs/${pair.id}`;
  return (
    <Tr>
      <Td>
        <Link href={href} className="font-bold text-ink hover:underline">
          {pair.a}
        </Link>
        <VariantOf concept={pair.variantOfA} />
        <OutsideMark outside={outside} concept={pair.a} />
      </Td>
      <Td>
        <Link href={href} className="font-bold text-ink hover:underline" tabIndex={-1}>
          {pair.b}
        </Link>
        <VariantOf concept={pair.variantOfB} />
        <OutsideMark outside={outside} concept={pair.b} />
      </Td>
      <Td>{pair.latent ?? <span className="text-ink-3">not named</span>}</Td>
      <Td className="max-w-64 truncate" title={pair.pattern}>
        {pair.pattern}
      </Td>
      <Td>{ORIGIN_WORDS[pair.origin]}</Td>
      <Td>
        <StateLabel kind={state.kind}>{state.word}</StateLabel>
        {pair.reason ? (
          <span className="small-print block">
            {pair.reasonText ?? REASON_WORDS[pair.reason].replace("…", "")}
          </span>
        ) : null}
      </Td>
      <Td>
        <PromptsState pair={pair} />
      </Td>
      <Td>
        <span className="flex gap-2">
          {pair.levels.length === 0 ? <LevelChip level={null} /> : null}
          {pair.levels.map((level) => (
            <span key={level.id} className="inline-flex items-center gap-1.5">
              <LevelChip level={shownLevel(level)} simulated={level.source === "simulated"} />
              <TrivialChip {...level} />
              <span className="small-print">
                {level.generator} r{level.revision}
                {level.mode === "screen" ? ", screened" : ""}
              </span>
            </span>
          ))}
        </span>
      </Td>
    </Tr>
  );
}

const VariantOf = ({ concept }: { concept: string | null }) =>
  concept ? <span className="small-print block">variant of {concept}</span> : null;

function OutsideMark({ outside, concept }: { outside: Outside | null; concept: string }) {
  if (!outside?.has(concept)) return null;
  return <UnknownTo generator={outside.generator} />;
}

const PROMPT_WORDS = {
  queued: { kind: "queued", word: "Queued" },
  running: { kind: "rendering", word: "Being written" },
  waiting: { kind: "waits", word: "Waits for you" },
  done: { kind: "done", word: "Written" },
  cancelled: { kind: "info", word: "Not asked for" },
} as const;

function PromptsState({ pair }: { pair: ListedPair }) {
  if (!pair.promptsState || pair.state !== "accepted") return <span className="text-ink-3">–</span>;
  const { kind, word } = PROMPT_WORDS[pair.promptsState];
  return <StateLabel kind={kind}>{word}</StateLabel>;
}
