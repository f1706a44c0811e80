"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useTRPC } from "@/app/_trpc/client";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { StateLabel } from "@/app/_ui/state-label";
import { Td, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import { EndpointState } from "@/app/(lab)/_endpoints/endpoint-state";
import type { AppRouter } from "@/server/trpc/router";
import { EndpointSettings } from "./endpoint-settings";

type Bridge = inferRouterOutputs<AppRouter>["generation"]["listBridges"][number];

export function BridgeRow({ bridge }: { bridge: Bridge }) {
  return (
    <Tr>
      <Td>
        <b>{bridge.name}</b>
        {bridge.isEmbedded ? <span className="small-print"> runs with this product</span> : null}
      </Td>
      <Td>{bridge.lastSeenAt ? <TimeAgo at={bridge.lastSeenAt} /> : "never"}</Td>
      <Td>
        {bridge.endpoints.length === 0 ? (
          <span className="small-print">none yet: start the bridge with its token</span>
        ) : (
          <ul>
            {bridge.endpoints.map((endpoint) => (
              <li key={endpoint.name} className="flex items-center gap-2">
                <b>{endpoint.name}</b>
                <EndpointState endpoint={endpoint} />
                {bridge.revokedAt ? null : <EndpointSettings endpoint={endpoint} />}
              </li>
            ))}
          </ul>
        )}
      </Td>
      <Td className="text-right">
        <RevokeBridge bridge={bridge} />
      </Td>
    </Tr>
  );
}

function RevokeBridge({ bridge }: { bridge: Bridge }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const revoke = useMutation(
    trpc.generation.revokeBridge.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.generation.listBridges.pathFilter()),
    }),
  );
  if (bridge.revokedAt) return <StateLabel kind="info">Revoked</StateLabel>;
  if (bridge.isEmbedded) return null;
  return (
    <ConfirmDialog
      trigger="Revoke …"
      triggerProps={{ size: 26 }}
      title={`Revoke ${bridge.name}?`}
      description="Its token stops working at once and cannot come back. What it is drawing goes to another bridge."
      confirm="Revoke"
      busy="Revoking"
      onConfirm={() => revoke.mutateAsync({ bridgeId: bridge.id })}
    />
  );
}
