"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { PageHead } from "@/app/_ui/page-head";
import { Table, Th } from "@/app/_ui/table";
import { BridgeRow } from "./bridge-row";
import { MakeBridgeDialog } from "./make-bridge-dialog";

const LOOK_AGAIN_MS = 10_000;

export function Bridges({ appUrl }: { appUrl: string }) {
  const { data: bridges } = useSuspenseQuery({
    ...useTRPC().generation.listBridges.queryOptions(),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const kept = bridges.filter((bridge) => !bridge.revokedAt);
  const seen = kept.filter((bridge) => bridge.endpoints.some((endpoint) => !endpoint.isSilent));
  return (
    <>
      <PageHead
        title={`${seen.length} of ${kept.length} bridges fetch work`}
        sub="A bridge runs beside the GPUs and fetches renders over outgoing requests; nothing here calls it."
        actions={<MakeBridgeDialog appUrl={appUrl} />}
      />
      <Table
        label="Bridges"
        head={
          <>
            <Th>Bridge</Th>
            <Th>Last seen</Th>
            <Th>Endpoints</Th>
            <Th className="text-right">Actions</Th>
          </>
        }
      >
        {bridges.map((bridge) => (
          <BridgeRow key={bridge.id} bridge={bridge} />
        ))}
      </Table>
    </>
  );
}
