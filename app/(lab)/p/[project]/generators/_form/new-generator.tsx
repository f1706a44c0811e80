"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { Field, Input } from "@/app/_ui/field";
import { PageHead } from "@/app/_ui/page-head";
import { draws } from "./draft";
import { RevisionForm } from "./revision-form";

export type NewGeneratorProps = { project: string; endpointName: string | undefined };

/** Registers a generator for an endpoint that a bridge serves. */
export function NewGenerator({ project, endpointName }: NewGeneratorProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const { data: served } = useSuspenseQuery(
    trpc.generation.listEndpoints.queryOptions({ project }),
  );
  const { data: generators } = useSuspenseQuery(
    trpc.generation.listGenerators.queryOptions({ project }),
  );
  const [name, setName] = useState("");
  const home = `/p/${project}/generators`;
  const add = useMutation(
    trpc.generation.addGenerator.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.generation.listGenerators.pathFilter());
        router.push(home);
      },
    }),
  );
  const endpoints = served.filter(draws);
  const called = (wanted: string | undefined) => endpoints.find((one) => one.name === wanted);
  // What is compared with the project's first generator most often draws where that one does.
  const first = called(endpointName) ?? called(generators[0]?.endpointName) ?? endpoints[0];
  if (!first) {
    return (
      <>
        <PageHead title="A generator needs an endpoint" />
        <EmptyState
          title="No bridge serves one."
          actions={<ButtonLink href={home}>Generators</ButtonLink>}
        >
          An admin makes a token under Settings, Bridges and starts a bridge beside the GPU.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHead
        title="A new generator"
        sub="An endpoint with a method and its parameters. Each change later is a new revision of it."
      />
      <RevisionForm
        served={served}
        known={{
          endpointName: first.name,
          method: first.offer?.methods[0]?.name ?? "",
          parameters: {},
        }}
        before={
          <Field
            label="Name"
            hint="As it stands in runs and comparisons."
            length={{ of: name, most: 80 }}
          >
            <Input value={name} required onChange={(event) => setName(event.target.value)} />
          </Field>
        }
        submit="Register the generator"
        busy={add.isPending && "Registering"}
        problem={add.error?.message}
        backHref={home}
        onSubmit={(content) => add.mutate({ project, name, ...content })}
      />
    </>
  );
}
