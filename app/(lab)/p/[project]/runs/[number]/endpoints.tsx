import { StateLabel } from "@/app/_ui/state-label";
import { TimeAgo } from "@/app/_ui/time-ago";
import { EndpointState } from "@/app/(lab)/_endpoints/endpoint-state";
import type { RunDetail } from "../types";

export function Endpoints({ run }: { run: RunDetail }) {
  const live = run.endpoints.filter((endpoint) => !endpoint.isSilent);
  if (live.length === 0) {
    return (
      <section aria-label="Endpoints" className="text-12">
        <StateLabel kind={run.state === "active" ? "near-limit" : "info"}>
          No bridge serves “{run.endpointName}” now
        </StateLabel>
        {run.state === "active" ? (
          <p className="mt-1">
            An admin starts one under Settings, Bridges; the run then goes on by itself.
          </p>
        ) : null}
      </section>
    );
  }
  return (
    <section aria-label="Endpoints">
      <table className="w-full text-12 leading-[22px]">
        <thead>
          <tr className="small-print">
            <th>Bridge, endpoint</th>
            <th className="text-right">seen</th>
            <th className="text-right">now</th>
          </tr>
        </thead>
        <tbody>
          {live.map((endpoint) => (
            <tr key={`${endpoint.bridge} ${endpoint.name}`}>
              <td>
                {endpoint.bridge}, <b>{endpoint.name}</b>
              </td>
              <td className="text-right">
                {endpoint.lastSeenAt ? <TimeAgo at={endpoint.lastSeenAt} /> : "never"}
              </td>
              <td className="text-right">
                <EndpointState endpoint={endpoint} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
