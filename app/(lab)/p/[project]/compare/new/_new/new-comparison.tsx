"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { useRefusal } from "@/app/_trpc/use-refusal";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { cx } from "@/app/_ui/cx";
import { EmptyState } from "@/app/_ui/empty-state";
import { Checkbox, Field, Select } from "@/app/_ui/field";
import { PageHead } from "@/app/_ui/page-head";
import { useAddressChoice } from "@/app/_ui/use-address-choice";
import { many } from "../../../_board/board-words";
import { RATERS_NOT_SAID, RatersField } from "../../../_raters/raters-field";
import { differsWords } from "../../_compare/differs-words";
import { costOf, estimate, estimateWords, leftOutWords } from "./estimate";
import { PairChoice } from "./pair-choice";
import { useLeftOut } from "./use-left-out";
import { WordsMissing } from "./words-missing";

export type NewComparisonProps = {
  project: string;
  baselineRevisionId: string | undefined;
  /** The pair that a person came from: it alone is chosen at first. */
  onlyPairId: string | undefined;
};

/** Which Level-5 pairs are drawn anew, and by whom; what it takes is said before it is started. */
export function NewComparison({ project, baselineRevisionId, onlyPairId }: NewComparisonProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const { data: choices } = useSuspenseQuery(
    trpc.comparison.choices.queryOptions({ project, baselineRevisionId }),
  );
  const { baselineId, generators, pairs } = choices;
  useLive(project, (event) => {
    // What the proposer answers of these pairs.
    if (event !== "resync" && event.topic !== "inquiry") return;
    void queries.invalidateQueries(trpc.comparison.choices.pathFilter());
  });
  const asBaseline = useAddressChoice(baselineId ?? "");
  const [methodIds, setMethodIds] = useState<readonly string[]>([]);
  const { leftOut, leaveOut } = useLeftOut(choices, onlyPairId);
  const [raters, setRaters] = useState<number | null>(choices.ratersPerGrid);
  const refused = useRefusal(project);
  const start = useMutation(
    trpc.comparison.start.mutationOptions({
      onSuccess: async ({ number }) => {
        await queries.invalidateQueries(trpc.comparison.pathFilter());
        router.push(`/p/${project}/compare?number=${number}`);
      },
      onError: refused,
    }),
  );
  const chosen = pairs.filter(({ pairId }) => !leftOut.has(pairId));
  const methods = generators.filter(({ id }) => id !== baselineId && methodIds.includes(id));
  const baseline = generators.filter(({ id }) => id === baselineId);
  const takes = estimate(choices, chosen.length, [...baseline, ...methods]);
  const { rendersLeft } = choices;
  const worded = methods.some(({ isReworded }) => isReworded)
    ? chosen.map(({ pairId, hasRewording }) => ({ pairId, isKnown: hasRewording }))
    : [];
  const ordered = methods.some(({ drawsOneFirst }) => drawsOneFirst)
    ? chosen.map(({ pairId, hasOrder }) => ({ pairId, isKnown: hasOrder }))
    : [];
  const unworded = worded.filter(({ isKnown }) => !isKnown).length;
  const isShort = rendersLeft !== null && takes.renders > rendersLeft;
  const notReady =
    (asBaseline.isComing && "Reading its Level-5 pairs") ||
    (chosen.length === 0 && "Choose a pair") ||
    (methods.length === 0 && "Choose a method to compare") ||
    (raters === null && RATERS_NOT_SAID) ||
    (unworded > 0 && `${many(unworded, "pair")} without prompts in other words`) ||
    (isShort && `The budget has ${rendersLeft} renders left`);

  if (!baselineId || generators.length < 2) {
    return (
      <>
        <PageHead title="A comparison needs two generators" />
        <EmptyState title="There is one generator revision.">
          Register another generator, or make another revision, with a method or settings that may
          repair pairs.
        </EmptyState>
        <ButtonLink href={`/p/${project}/generators`}>Generators</ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageHead
        title={`Compare generators on ${many(chosen.length, "Level-5 pair")}`}
        sub="All draw the same prompts at one fresh seed set that nobody has seen, the baseline too. Raters get the grids mixed and are not told whose they are."
        actions={
          <Button
            variant="primary"
            busy={start.isPending && "Starting"}
            notReady={notReady}
            onClick={() =>
              start.mutate({
                project,
                baselineRevisionId: baselineId,
                methodRevisionIds: methods.map(({ id }) => id),
                pairIds: chosen.map(({ pairId }) => pairId),
                ratersPerGrid: raters ?? undefined,
              })
            }
          >
            Draw {takes.images.toLocaleString("en-GB")} images
          </Button>
        }
      />
      <p className="mb-1 text-13" aria-live="polite">
        {[`This takes ${estimateWords(takes)}.`, ...leftOutWords(takes)].join(" ")}
      </p>
      <WordsMissing project={project} pairs={ordered} ask="drawing_order" />
      <WordsMissing project={project} pairs={worded} ask="reword_prompts" />
      <p className="mb-4 small-print">
        At the mining seeds the baseline has none of 20 right, because pairs were chosen by that:
        whatever draws anew there looks like a repair. Those images are shown beside the result,
        without a test.
      </p>
      <div className="grid grid-cols-[360px_minmax(0,1fr)] items-start gap-7 max-lg:grid-cols-1">
        <div className="grid gap-4 text-13">
          <Field label="Baseline" hint="Its Level-5 pairs are drawn anew.">
            <Select
              value={asBaseline.shown}
              onChange={({ target }) =>
                asBaseline.choose(target.value, `?baseline=${target.value}`)
              }
            >
              {generators.map(({ id, name, number }) => (
                <option key={id} value={id}>
                  {name}, revision {number}
                </option>
              ))}
            </Select>
          </Field>
          <fieldset className="grid gap-1">
            <legend className="mb-1 font-mid">Compared with it</legend>
            {generators
              .filter(({ id }) => id !== baselineId)
              .map(({ id, name, number, method, cost, planned, differs }) => (
                <Checkbox
                  key={id}
                  checked={methodIds.includes(id)}
                  onChange={(event) =>
                    setMethodIds(
                      event.target.checked
                        ? [...methodIds, id]
                        : methodIds.filter((other) => other !== id),
                    )
                  }
                  className="items-start py-0.5"
                  label={
                    <span>
                      {name}, revision {number}{" "}
                      <span className="block small-print">
                        {method}, {costOf({ cost, planned })}
                      </span>
                      {methodIds.includes(id) ? (
                        <span className={cx("block text-12", differs.length > 0 && "text-warn")}>
                          {differsWords(differs)}
                        </span>
                      ) : null}
                    </span>
                  }
                />
              ))}
          </fieldset>
          <RatersField initial={choices.ratersPerGrid} onChange={setRaters} />
        </div>
        <PairChoice
          pairs={pairs}
          baseline={baseline[0]?.name ?? "the baseline"}
          leftOut={leftOut}
          onLeaveOut={leaveOut}
        />
      </div>
    </>
  );
}
