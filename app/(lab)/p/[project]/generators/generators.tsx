"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { Link } from "@/app/_ui/link";
import { PageHead } from "@/app/_ui/page-head";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { methodTitle } from "@/server/generation/domain/method/method-title";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import type { Revision } from "../runs/types";
import { ServedBy } from "./_form/where-drawn";

const LOOK_AGAIN_MS = 10_000;

/** Every generator with its newest revision, and how the endpoint behind it does. */
export function Generators({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data: revisions } = useSuspenseQuery(
    trpc.generation.listGenerators.queryOptions({ project }),
  );
  const { data: endpoints } = useSuspenseQuery({
    ...trpc.generation.listEndpoints.queryOptions({ project }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const newest = revisions.filter(
    (revision, i) => revisions.findIndex((one) => one.generatorId === revision.generatorId) === i,
  );
  return (
    <>
      <PageHead
        title={newest.length === 1 ? "1 generator" : `${newest.length} generators`}
        sub="A generator is an endpoint's method with its parameters. A change makes a new revision; images name the revision that drew them."
        actions={
          <ButtonLink variant="primary" href={`/p/${project}/generators/new`}>
            Register a generator …
          </ButtonLink>
        }
      />
      {newest.length === 0 ? (
        <EmptyState title="No generator yet.">Register one for an endpoint.</EmptyState>
      ) : (
        <Table
          label="Generators"
          head={
            <>
              <Th>Generator</Th>
              <Th>Newest revision</Th>
              <Th>Endpoint</Th>
              <Th className="text-right">Actions</Th>
            </>
          }
        >
          {newest.map((revision) => (
            <GeneratorRow
              key={revision.generatorId}
              project={project}
              revision={revision}
              endpoint={endpoints.find(({ name }) => name === revision.endpointName)}
            />
          ))}
        </Table>
      )}
    </>
  );
}

type RowProps = { project: string; revision: Revision; endpoint: ListedEndpoint | undefined };

function GeneratorRow({ project, revision, endpoint }: RowProps) {
  const method = methodTitle(endpoint ? [endpoint] : [], revision);
  return (
    <Tr>
      <Td>
        <Link className="link" href={`/p/${project}/generators/${revision.generatorId}`}>
          {revision.name}
        </Link>
      </Td>
      <Td>
        {revision.number} <span className="small-print">by {method}</span>
      </Td>
      <Td>
        <b>{revision.endpointName}</b>
        <div className="small-print">
          <ServedBy endpoint={endpoint} name={revision.endpointName} />
        </div>
      </Td>
      <Td className="text-right">
        <ButtonLink
          size={26}
          href={`/p/${project}/generators/${revision.generatorId}/revise?from=${revision.id}`}
        >
          New revision …
        </ButtonLink>
      </Td>
    </Tr>
  );
}
