"use client";

import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useRefusal } from "@/app/_trpc/use-refusal";
import { Button } from "@/app/_ui/button";
import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { canDraw } from "@/server/generation/domain/capability";
import type { Detail } from "./detail";

type OfRevision = Detail["looks"][number];
type Look = NonNullable<OfRevision["precheck"]>;
export type LooksProps = { project: string; detail: Detail };

/** What was seen at a glance: the pair by its plain prompt, and whether A and B alone can be drawn. */
export function Looks({ project, detail }: LooksProps) {
  const { pair, looks } = detail;
  return (
    <section id="looks" aria-label="Quick looks" className="mb-5">
      {looks.map((look, at) => (
        <div key={look.generatorRevisionId} className="mb-3">
          <h2 className="mb-1.5">
            Quick looks{" "}
            <span className="small-print font-normal">
              {look.generator}, revision {look.revision}
            </span>
          </h2>
          {look.precheck || (at === 0 && canPrecheck(pair)) ? (
            <Precheck project={project} pairId={pair.id} look={look} />
          ) : null}
          <Alone project={project} pairId={pair.id} look={look} />
        </div>
      ))}
    </section>
  );
}

const canPrecheck = ({ state, stage }: Detail["pair"]) =>
  state === "accepted" && (stage === null || stage === "prompts");

type PartProps = { project: string; pairId: string; look: OfRevision };

function Precheck({ project, pairId, look: { precheck, generatorRevisionId } }: PartProps) {
  const act = useLookActs(project);
  const start = () => act.precheck.mutate({ project, pairIds: [pairId], generatorRevisionId });
  return (
    <Line
      what="Plain prompt"
      images={precheck?.imageIds}
      state={
        precheck ? (
          <LookState project={project} look={precheck}>
            <PrecheckVerdict look={precheck} />
          </LookState>
        ) : (
          "not looked at"
        )
      }
      action={
        <>
          {!precheck ? (
            <Button size={26} busy={act.precheck.isPending && "Asking"} onClick={start}>
              Pre-check
            </Button>
          ) : null}
          {precheck && isStopped(precheck) ? (
            <Button size={26} busy={act.precheck.isPending && "Asking"} onClick={start}>
              Draw again
            </Button>
          ) : null}
          {precheck?.state === "judged" ? (
            <LookAgain project={project} lookId={precheck.id} />
          ) : null}
        </>
      }
    />
  );
}

function PrecheckVerdict({ look: { correct, judgedBy } }: { look: Look }) {
  const isFine = correct !== 0;
  return (
    <>
      <StateLabel kind={isFine ? "done" : "info"}>
        {isFine ? "Plainly fine" : "Wrong: worth its grid"}
      </StateLabel>
      {judgedBy ? <span className="small-print block truncate">by {judgedBy}</span> : null}
    </>
  );
}

function Alone({ project, pairId, look: { alone, generatorRevisionId } }: PartProps) {
  const act = useLookActs(project);
  const isAsked = alone.every(({ look }) => look && !isStopped(look));
  const check = () => act.capability.mutate({ project, pairIds: [pairId], generatorRevisionId });
  return (
    <>
      {alone.map(({ concept, look }) => (
        <Line
          key={concept}
          what={`${concept} alone`}
          state={
            look ? (
              <LookState project={project} look={look}>
                <CanDraw look={look} />
              </LookState>
            ) : (
              "not checked"
            )
          }
          action={
            look?.state === "judged" ? <LookAgain project={project} lookId={look.id} /> : null
          }
        />
      ))}
      {isAsked ? null : (
        <Button
          size={26}
          className="mt-1.5"
          busy={act.capability.isPending && "Asking"}
          onClick={check}
        >
          Check A and B alone
        </Button>
      )}
    </>
  );
}

function CanDraw({ look: { correct, rated } }: { look: Look }) {
  if (correct === null || rated === null) return null;
  const count = `${correct} of ${rated}`;
  return canDraw({ correct, rated }) ? (
    <StateLabel kind="done">{count}</StateLabel>
  ) : (
    <StateLabel kind="near-limit">{count}: cannot draw it reliably</StateLabel>
  );
}

const isStopped = ({ state }: Look) => state === "failed" || state === "cancelled";

type LookStateProps = { project: string; look: Look; children: ReactNode };

function LookState({ project, look, children }: LookStateProps) {
  if (look.state === "judged") {
    const isSimulated = look.judge === "simulated";
    return (
      <>
        {children} {isSimulated ? <span className="small-print">simulated</span> : null}
      </>
    );
  }
  if (look.state === "ready") {
    return (
      <Link href={`/p/${project}/looks`} className="link">
        <StateLabel kind="waits">Waits for a look</StateLabel>
      </Link>
    );
  }
  if (look.state === "drawing") return <StateLabel kind="rendering">Being drawn</StateLabel>;
  return <StateLabel kind={look.state === "failed" ? "failed" : "info"}>{look.reason}</StateLabel>;
}

type LineProps = {
  what: string;
  state: ReactNode;
  action: ReactNode;
  images?: readonly string[] | undefined;
};

function Line({ what, state, action, images = [] }: LineProps) {
  return (
    <div className="flex min-h-9 items-center gap-x-3 gap-y-1 border-t border-line py-1 text-12 max-md:flex-wrap">
      <span className="w-28 shrink-0 truncate" title={what}>
        {what}
      </span>
      {images.length > 0 ? (
        <span className="flex gap-1">
          {images.map((id) => (
            <a key={id} href={`/api/images/${id}`} target="_blank" rel="noreferrer">
              <img
                src={`/api/images/${id}?w=160`}
                alt={what}
                className="size-10 rounded-1 bg-surface-well"
              />
            </a>
          ))}
        </span>
      ) : null}
      <span className="min-w-0 overflow-hidden">{state}</span>
      <span className="ml-auto flex shrink-0 gap-1">{action}</span>
    </div>
  );
}

/** The judgement is taken back: the look waits for a person again. */
function LookAgain({ project, lookId }: { project: string; lookId: string }) {
  const act = useLookActs(project);
  return (
    <Button
      size={26}
      variant="quiet"
      busy={act.undo.isPending && "Asking"}
      onClick={() => act.undo.mutate({ project, lookId })}
    >
      Look again
    </Button>
  );
}

function useLookActs(project: string) {
  const trpc = useTRPC();
  const onError = useRefusal(project);
  return {
    precheck: useMutation(trpc.generation.startPrecheck.mutationOptions({ onError })),
    capability: useMutation(trpc.generation.startCapability.mutationOptions({ onError })),
    undo: useMutation(trpc.generation.undoLook.mutationOptions({ onError })),
  };
}
