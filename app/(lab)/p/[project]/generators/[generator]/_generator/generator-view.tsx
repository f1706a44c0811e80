"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import { methodTitle } from "@/server/generation/domain/method/method-title";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import { isDrawnTwice, TWICE_NEEDS } from "@/server/realign/domain/drawn-twice";
import { ServedBy } from "../../_form/where-drawn";
import { FailuresTable } from "./failures-table";
import { FiguresTable } from "./figures-table";
import { ParametersTable } from "./parameters-table";

export type GeneratorViewProps = { project: string; generatorId: string };

const LOOK_AGAIN_MS = 10_000;

/** One generator: who serves it, what its revisions say, and what each has drawn, failed at and cost. */
export function GeneratorView({ project, generatorId }: GeneratorViewProps) {
  const trpc = useTRPC();
  const { data: generator } = useSuspenseQuery({
    ...trpc.generation.showGenerator.queryOptions({ project, generatorId }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const { data: endpoints } = useSuspenseQuery({
    ...trpc.generation.listEndpoints.queryOptions({ project }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const { name, revisions } = generator;
  const [newest] = revisions;
  if (!newest) return <EmptyState title={`${name} has no revision.`} />;
  const endpoint = endpoints.find((one) => one.name === newest.endpointName);
  const taggedBy = newest.parameters?.tagged_by;
  const tagger = endpoints.find((one) => one.tags && one.name === taggedBy);
  const images = revisions.reduce((sum, { figures }) => sum + (figures?.images ?? 0), 0);
  return (
    <div className="grid gap-3.5">
      <PageHead
        title={`${name}: ${revisions.length === 1 ? "1 revision" : `${revisions.length} revisions`}, ${images === 1 ? "1 image" : `${images.toLocaleString("en-GB")} images`}`}
        sub={`Drawn by ${methodTitle(endpoints, newest)} at the endpoint ${newest.endpointName}.`}
        actions={
          <>
            <ButtonLink variant="quiet" href={`/p/${project}/generators`}>
              All generators
            </ButtonLink>
            <ButtonLink
              variant="primary"
              href={`/p/${project}/generators/${generatorId}/revise?from=${newest.id}`}
            >
              New revision …
            </ButtonLink>
          </>
        }
      />
      <section aria-label="Served by" className="small-print">
        <ServedBy endpoint={endpoint} name={newest.endpointName} />
      </section>
      {isDrawnTwice(newest.method) ? <Needs tagger={tagger} name={taggedBy} /> : null}
      <FiguresTable revisions={revisions} />
      <FailuresTable revisions={revisions} />
      <ParametersTable revisions={revisions} endpoints={endpoints} />
    </div>
  );
}

/** What a method that draws twice stands on, beside the endpoint that draws. */
function Needs({ tagger, name }: { tagger: ListedEndpoint | undefined; name: string | undefined }) {
  return (
    <section aria-label="What it needs" className="small-print grid gap-0.5">
      <p>{TWICE_NEEDS}</p>
      {name ? (
        <p>Its first images are looked at by the endpoint {name}:</p>
      ) : (
        <p className="text-bad">
          It names no endpoint that looks at its first images: make a revision that does.
        </p>
      )}
      {name ? <ServedBy endpoint={tagger} name={name} /> : null}
    </section>
  );
}
