import { Table, Td, Th, Tr } from "@/app/_ui/table";

export type AuditEvent = {
  number: number;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
  createdAt: Date;
  actor: string | null;
  project: string | null;
};

export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  return (
    <Table
      label="Audit log"
      head={
        <>
          <Th num>No.</Th>
          <Th>When (UTC)</Th>
          <Th>Who</Th>
          <Th>Did what</Th>
          <Th>Project</Th>
          <Th>Before, after</Th>
        </>
      }
    >
      {events.map((event) => (
        <Tr key={event.number}>
          <Td num>{event.number}</Td>
          <Td className="whitespace-nowrap">
            {event.createdAt.toISOString().slice(0, 19).replace("T", " ")}
          </Td>
          <Td className="whitespace-nowrap">{event.actor ?? "Command line"}</Td>
          <Td>
            <b className="whitespace-nowrap">{event.action}</b>
            <br />
            <span className="text-12 break-all text-ink-3">{event.subject}</span>
          </Td>
          <Td>{event.project ?? "–"}</Td>
          <Td className="font-mono text-12 break-all">{changeOf(event.before, event.after)}</Td>
        </Tr>
      ))}
    </Table>
  );
}

function changeOf(before: unknown, after: unknown): string {
  const sides = [before, after].filter((side) => side !== null);
  return sides.map((side) => JSON.stringify(side)).join(" → ");
}
