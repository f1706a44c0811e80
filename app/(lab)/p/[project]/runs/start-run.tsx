"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useRefusal } from "@/app/_trpc/use-refusal";
import { Button } from "@/app/_ui/button";
import { Field, Select } from "@/app/_ui/field";
import { Link } from "@/app/_ui/link";
import { useAddressChoice } from "@/app/_ui/use-address-choice";
import type { AppRouter } from "@/server/trpc/router";
import { RATERS_NOT_SAID, RatersField } from "../_raters/raters-field";
import type { Revision } from "./types";

export type StartRunProps = {
  project: string;
  revisions: readonly Revision[];
  chosenId: string | undefined;
};

/** Says what a press would add before it is pressed. */
export function StartRun({ project, revisions, chosenId }: StartRunProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const refused = useRefusal(project);
  const queries = useQueryClient();
  const { data: plan } = useSuspenseQuery(
    trpc.generation.previewRun.queryOptions({ project, generatorRevisionId: chosenId }),
  );
  const generator = useAddressChoice(chosenId ?? revisions[0]?.id ?? "");
  const [raters, setRaters] = useState<number | null | undefined>();
  const start = useMutation(
    trpc.generation.startRun.mutationOptions({
      onSuccess: (run) => {
        void queries.invalidateQueries(trpc.generation.listRuns.pathFilter());
        router.push(`/p/${project}/runs/${run.number}`);
      },
      onError: refused,
    }),
  );
  return (
    <section
      aria-label="Start a run"
      className="panel mb-3.5 flex items-end gap-x-6 gap-y-3 px-3.5 py-3 max-md:flex-wrap"
    >
      <Field label="Generator" className="w-[320px] max-md:w-full">
        <Select
          value={generator.shown}
          onChange={({ target }) => generator.choose(target.value, `?revision=${target.value}`)}
        >
          {revisions.map((revision) => (
            <option key={revision.id} value={revision.id}>
              {revision.name}, revision {revision.number}
            </option>
          ))}
        </Select>
      </Field>
      {plan.ratersPerGrid === null ? null : (
        <RatersField initial={plan.ratersPerGrid} onChange={setRaters} />
      )}
      <p className="flex-1 pb-1.5 text-13 max-md:basis-full">
        {planWords(plan)}
        {plan.replaces && plan.pairs > 0
          ? ` This run puts this revision under test, in place of ${plan.replaces.generator}, revision ${plan.replaces.number}.`
          : null}
        {plan.failedLooks > 0 ? (
          <Aside href={`/p/${project}/looks#failed`}>
            {many(plan.failedLooks, "first look")} failed
          </Aside>
        ) : null}
        {plan.covered < plan.pairs ? (
          <>
            {` ${coverWords(plan)}`}
            <Aside href={`/p/${project}/budgets?of=renders`}>Raise the budget</Aside>
          </>
        ) : null}
      </p>
      <Button
        variant="primary"
        busy={start.isPending && "Starting"}
        notReady={
          (generator.isComing && "Reading what it would draw") ||
          (raters === null && RATERS_NOT_SAID) ||
          notReady(plan)
        }
        onClick={() =>
          start.mutate({
            project,
            generatorRevisionId: chosenId,
            ...mostOf(plan),
            // Not said: as many as the project says when its grids open.
            ...(raters ? { ratersPerGrid: raters } : {}),
          })
        }
      >
        Draw {many(plan.covered || plan.pairs, "pair")}
      </Button>
    </section>
  );
}

function Aside({ href, children }: { href: string; children: ReactNode }) {
  return (
    <>
      {" "}
      <Link href={href} className="link">
        {children}
      </Link>
    </>
  );
}

const many = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;

type Plan = inferRouterOutputs<AppRouter>["generation"]["previewRun"];

// Without a shortage everything that is missing is asked for, also what became ready meanwhile.
const mostOf = ({ covered, pairs }: Plan) => (covered < pairs ? { most: covered } : {});

function notReady({ pairs, covered }: Plan): string | false {
  if (pairs === 0) return "Nothing to add";
  return covered === 0 && "The budget of renders covers no pair";
}

const coverWords = ({ pairs, renders, rendersLeft, covered }: Plan) =>
  `${many(pairs, "pair")} need ${many(renders, "render")} and the budget has ${rendersLeft} left: enough for ${many(covered, "pair")}.`;

function planWords({ accepted, ready, pairs, images, failedLooks }: Plan): string {
  if (accepted === 0) return "No pair is accepted yet: review the proposed ones under Pairs.";
  const waiting = accepted - ready - failedLooks;
  const later = waiting > 0 ? ` ${waiting} more wait for their prompts or a first look.` : "";
  if (pairs === 0) return `All ${ready} pairs that are ready have been asked for.${later}`;
  return `${ready} of ${accepted} accepted pairs are ready; ${pairs} not drawn yet, ${images} images.${later}`;
}
