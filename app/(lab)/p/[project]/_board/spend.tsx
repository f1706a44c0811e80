import { TriangleAlert, X } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button-link";
import { cx } from "@/app/_ui/cx";
import { Link } from "@/app/_ui/link";
import { Meter } from "@/app/_ui/meter";
import { type Budget, meterOf } from "@/server/budget/domain/meter";
import type { ProjectBoard } from "@/server/project/project-board";
import { amountOf, BUDGET_NAMES, STOPS } from "../budgets/budget-words";
import { many } from "./board-words";

const MINUTE_MS = 60_000;

/** What is used of each budget; every figure opens to what it was summed from. */
export function Spend({ project, board }: { project: string; board: ProjectBoard }) {
  const href = `/p/${project}/budgets`;
  const isNext = board.next === "raiseBudget";
  return (
    <section aria-label="Spent">
      <div className="mb-2 flex items-baseline gap-2.5">
        <h2>Spent</h2>
        <Link href={`/p/${project}/exchanges`} className="link order-last ml-auto text-12">
          LLM log
        </Link>
        {isNext ? null : (
          <Link href={href} className="link text-12">
            Change budgets
          </Link>
        )}
      </div>
      <ul className="grid gap-2.5">
        {board.budgets.map((budget) => (
          <BudgetRow key={budget.kind} href={href} budget={budget} />
        ))}
      </ul>
      <p className="mt-2.5 small-print">{warningOf(board)}</p>
      {isNext ? (
        <ButtonLink href={href} variant="primary" className="mt-2.5 w-full">
          Change budgets
        </ButtonLink>
      ) : null}
    </section>
  );
}

function BudgetRow({ href, budget }: { href: string; budget: Budget }) {
  const { kind, limit, reserved, settled } = budget;
  const { share, state } = meterOf(budget);
  const name = BUDGET_NAMES[kind];
  // Apart, as in the table of budgets: what is set aside may come back.
  const aside = reserved > 0 ? ` + ${amountOf(kind, reserved)} set aside` : "";
  const ofLimit = limit === null ? "" : ` of ${amountOf(kind, limit)}`;
  return (
    <li>
      <Link
        href={`${href}?of=${kind}`}
        className="group flex items-center justify-between gap-2 pb-1"
      >
        <span className="group-hover:underline">{name}</span>
        <span
          className={cx(
            "inline-flex items-center gap-1.5",
            state === "near" && "text-warn",
            state === "stopped" && "text-bad",
          )}
        >
          {state === "near" ? <TriangleAlert aria-hidden className="size-3.5" /> : null}
          {state === "stopped" ? <X aria-hidden className="size-3.5" /> : null}
          <span>
            <b>{amountOf(kind, settled)}</b>
            {aside}
            {ofLimit}
          </span>
        </span>
      </Link>
      <Meter
        share={share}
        tone={state === "free" ? "within" : state}
        label={`${name}: ${amountOf(kind, settled)} spent${aside}${ofLimit}`}
      />
    </li>
  );
}

/** What will happen at the nearest limit, in words. */
function warningOf({ budgets, waits, forecast }: ProjectBoard): string {
  const stop = waits.find(({ kind }) => kind === "budget");
  if (stop) return stop.reason;
  const meters = budgets.map((budget) => ({ ...budget, ...meterOf(budget) }));
  const stopped = meters.find(({ state }) => state === "stopped");
  if (stopped) return `${STOPS[stopped.kind]}: the limit is reached. Raise it to go on.`;
  const near = meters.find(({ state }) => state === "near");
  if (near?.limit === null || !near) {
    return meters.some(({ limit }) => limit !== null)
      ? "Work stops before it would pass a limit."
      : "No limit is set: nothing stops by itself.";
  }
  const left = near.limit - near.spent;
  const grids =
    near.kind === "rater_ms" && forecast
      ? `: about ${many(Math.floor(left / (forecast.minutesPerGrid * MINUTE_MS)), "grid")} from now`
      : "";
  return `${STOPS[near.kind]} before it would pass ${amountOf(near.kind, near.limit)}${grids}.`;
}
