"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAfterFrame } from "../_frame/use-after-frame";
import { deliverTo } from "./deliver";
import { createOutbox, type Outbox, type OutboxStatus } from "./outbox";
import { openOutboxDb } from "./outbox-db";

const OutboxContext = createContext<Outbox | null>(null);

export type OutboxProviderProps = { accountId: string; children: ReactNode };

/** Opens this account's outbox and goes on sending what an earlier visit left in it. */
export function OutboxProvider({ accountId, children }: OutboxProviderProps) {
  const client = useTRPCClient();
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);

  // The browser's database and its lock live outside React.
  useEffect(() => {
    const opened = openOutboxDb(accountId).then((db) =>
      createOutbox(`teacup-outbox-${accountId}`, db, deliverTo(client)),
    );
    opened.then(setOutbox, setFailure);
    return () => {
      setOutbox(null);
      opened.then((open) => open.close(), setFailure);
    };
  }, [accountId, client]);

  // The error page says it: without a place to keep verdicts nobody should rate.
  if (failure) throw failure;
  return <OutboxContext value={outbox}>{children}</OutboxContext>;
}

/** Null until the browser has opened it. */
export const useOutbox = (): Outbox | null => useContext(OutboxContext);

const nothing = () => () => {};
const IDLE: OutboxStatus = {
  pending: 0,
  kept: 0,
  state: "idle",
  refused: [],
  conflicts: new Map(),
};
const idle = () => IDLE;

/** A frame late: no key waits for what is said of saving. */
export function useOutboxStatus(): OutboxStatus {
  const outbox = useOutbox();
  return useAfterFrame(outbox?.subscribe ?? nothing, outbox?.status ?? idle);
}
