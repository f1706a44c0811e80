import type { Metadata } from "next";
import { getCaller } from "@/app/_trpc/server";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import { requireAdmin } from "../../_shell/require-admin";
import { AuditTable } from "./audit-table";

export const metadata: Metadata = { title: "Audit" };

type Props = { searchParams: Promise<{ before?: string | string[] }> };

export default async function AuditPage({ searchParams }: Props) {
  await requireAdmin();
  const before = Number((await searchParams).before);
  const isFirst = !Number.isSafeInteger(before) || before < 1;
  const { audit } = (await getCaller()).auth;
  const [state, { events, next }] = await Promise.all([
    audit.verify(),
    audit.list(isFirst ? {} : { before }),
  ]);
  return (
    <>
      <PageHead
        title={
          state.isWhole
            ? `The log of ${state.events} ${state.events === 1 ? "event" : "events"} is whole`
            : `Event ${state.brokenAt} does not follow the one before it: the log was changed`
        }
        sub={
          state.isWhole
            ? `Every event holds the hash of the one before. Last hash ${state.lastHash.slice(0, 16)}: noted elsewhere, it proves that nothing was cut off.`
            : "Somebody with access to the database changed or removed an event. Compare it with a backup."
        }
      />
      {events.length === 0 ? (
        <EmptyState title="Nothing here.">
          Accounts, roles and settings leave a line when they change.
        </EmptyState>
      ) : (
        <AuditTable events={events} />
      )}
      <nav aria-label="Pages of the log" className="mt-3 flex gap-2">
        {isFirst ? null : <ButtonLink href="/settings/audit">Newest</ButtonLink>}
        {next === null ? null : (
          <ButtonLink href={`/settings/audit?before=${next}`}>Older</ButtonLink>
        )}
      </nav>
    </>
  );
}
