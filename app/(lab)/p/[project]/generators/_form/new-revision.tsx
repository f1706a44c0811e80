"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Checkbox } from "@/app/_ui/field";
import { PageHead } from "@/app/_ui/page-head";
import { useToast } from "@/app/_ui/toaster";
import { GeneratorParameters } from "@/server/generation/schemas";
import type { Revision } from "../../runs/types";
import { RevisionForm } from "./revision-form";

export type NewRevisionProps = {
  project: string;
  from: Revision;
  /** Who comes from a render that failed by it need not say it again. */
  hasOtherWeights: boolean;
};

/** A revision never changes: another endpoint, method, parameter or other weights make a new one. */
export function NewRevision({ project, from, hasOtherWeights }: NewRevisionProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const toast = useToast();
  const { data: served } = useSuspenseQuery(
    trpc.generation.listEndpoints.queryOptions({ project }),
  );
  const [otherWeights, setOtherWeights] = useState(hasOtherWeights);
  const home = `/p/${project}/generators/${from.generatorId}`;
  const make = useMutation(
    trpc.generation.makeRevision.mutationOptions({
      onSuccess: async ({ number, isNew }) => {
        if (!isNew) {
          toast(`These are the settings of revision ${number}: no new one was made.`);
          return;
        }
        await queries.invalidateQueries(trpc.generation.listGenerators.pathFilter());
        await queries.invalidateQueries(trpc.generation.showGenerator.pathFilter());
        router.push(home);
      },
    }),
  );
  return (
    <>
      <PageHead
        title={`A new revision of ${from.name}`}
        sub={`It begins with the settings of revision ${from.number}. Images and Levels of earlier revisions stay as they are.`}
      />
      <RevisionForm
        served={served}
        known={{ ...from, parameters: GeneratorParameters.parse(from.parameters) }}
        after={
          <>
            <Checkbox
              className="text-13"
              label="The endpoint serves other weights, or draws by another version, than before"
              checked={otherWeights}
              onChange={(event) => setOtherWeights(event.target.checked)}
            />
            <UnderTest from={from} />
          </>
        }
        submit="Make the revision"
        busy={make.isPending && "Making"}
        problem={make.error?.message}
        backHref={home}
        onSubmit={(content) =>
          make.mutate({ project, generatorId: from.generatorId, otherWeights, ...content })
        }
      />
    </>
  );
}

/** A revision is put under test by drawing with it, and Runs offers the newest one first: nobody should be surprised. */
function UnderTest({ from }: { from: Revision }) {
  return (
    <p className="max-w-[720px] text-13">
      Runs will offer the new revision first, and the revision of the newest run is the one under
      test: the Loop, Patterns and what the proposer is told then go by its Levels alone. Before the
      first run that is the newest revision. “Under test” on the Loop page still shows the others,
      and a later run with revision {from.number} puts that one back.
    </p>
  );
}
