import { StateLabel } from "@/app/_ui/state-label";

export type EndpointStateProps = {
  endpoint: { health: string; isSilent: boolean; rendering: number; reason: string | null };
};

/** What an endpoint does now, and where it does nothing, why. */
export function EndpointState({ endpoint }: EndpointStateProps) {
  const { health, isSilent, rendering, reason } = endpoint;
  if (isSilent) return <StateLabel kind="failed">not seen for a minute</StateLabel>;
  if (health === "unreachable") {
    return (
      <StateLabel kind="failed" className="whitespace-normal">
        {reason ?? "does not answer its bridge"}
      </StateLabel>
    );
  }
  if (health === "starting") return <StateLabel kind="queued">loading</StateLabel>;
  if (rendering > 0) return <StateLabel kind="rendering">{`drawing ${rendering}`}</StateLabel>;
  if (health === "busy") return <StateLabel kind="rendering">busy with other work</StateLabel>;
  return <StateLabel kind="done">ready</StateLabel>;
}
