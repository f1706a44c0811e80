import { Field, Select } from "@/app/_ui/field";
import { TimeAgo } from "@/app/_ui/time-ago";
import { EndpointState } from "@/app/(lab)/_endpoints/endpoint-state";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import type { RevisionDraft } from "./use-revision-draft";

export type WhereDrawnProps = { endpoints: readonly ListedEndpoint[]; draft: RevisionDraft };

/** Which endpoint draws, by which of its methods, and how that endpoint does now. */
export function WhereDrawn({ endpoints, draft }: WhereDrawnProps) {
  const { endpointName, methodName, offer } = draft;
  const chosen = endpoints.find(({ name }) => name === endpointName);
  const methods = offer?.methods ?? [];
  return (
    <>
      <Field label="Endpoint" hint={<ServedBy endpoint={chosen} name={endpointName} />}>
        <Select value={endpointName} onChange={(event) => draft.chooseEndpoint(event.target.value)}>
          {chosen ? null : <option value={endpointName}>{endpointName}</option>}
          {endpoints.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      <Field label="Method" hint={offer ? offer.note : "Its bridge has not told what it offers."}>
        <Select value={methodName} onChange={(event) => draft.chooseMethod(event.target.value)}>
          {draft.method ? null : <option value={methodName}>{methodName}</option>}
          {methods.map(({ name, title, version }) => (
            <option key={name} value={name}>
              {title === name ? name : `${title} (${name}, version ${version})`}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}

/** Each bridge that serves it, and since when it was not heard of. */
export function ServedBy({
  endpoint,
  name,
}: {
  endpoint: ListedEndpoint | undefined;
  name: string;
}) {
  if (!endpoint)
    return <>No bridge serves “{name}”: an admin starts one under Settings, Bridges.</>;
  return (
    <span className="grid gap-0.5">
      {endpoint.servers.map((server) => (
        <span key={server.bridgeId} className="flex flex-wrap items-center gap-x-2">
          <EndpointState endpoint={server} />
          <span>
            bridge {server.bridge},{" "}
            {server.lastSeenAt ? <TimeAgo at={server.lastSeenAt} /> : "never seen"}
          </span>
        </span>
      ))}
    </span>
  );
}
