"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { Checkbox } from "@/app/_ui/field";
import { sentencesOf } from "@/server/generation/domain/method/check-content";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import type { RevisionSettings } from "@/server/generation/schemas";
import { isDrawnTwice } from "@/server/realign/domain/drawn-twice";
import { draws } from "./draft";
import { LooksBetween } from "./looks-between";
import { ParameterGroup } from "./parameter-group";
import { type KnownSettings, useRevisionDraft } from "./use-revision-draft";
import { WhereDrawn } from "./where-drawn";

export type RevisionFormProps = {
  /** All that bridges serve: those that draw, and those that look at what is drawn. */
  served: readonly ListedEndpoint[];
  known: KnownSettings;
  /** What stands before and behind the parameters: a name, a mark. */
  before?: ReactNode;
  after?: ReactNode;
  submit: string;
  busy: string | false;
  problem: string | undefined;
  backHref: string;
  onSubmit: (content: RevisionSettings) => void;
};

/** Endpoint, method and parameters: for a new generator and for a new revision of one. */
export function RevisionForm(props: RevisionFormProps) {
  const draft = useRevisionDraft(props.served, props.known);
  const [isTried, setIsTried] = useState(false);
  const count = sentencesOf(draft.wrongs).length;
  const notReady =
    isTried && count > 0 && (count === 1 ? "One field is wrong" : `${count} fields are wrong`);

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    if (count === 0 && !props.busy) props.onSubmit(draft.content);
  }

  return (
    <form onSubmit={submit} className="grid max-w-[1040px] gap-3.5">
      <section
        aria-label="Where it is drawn"
        className="panel grid grid-cols-3 items-start gap-x-5 gap-y-3 px-3.5 py-3 text-13 max-lg:grid-cols-2"
      >
        {props.before}
        <WhereDrawn endpoints={props.served.filter(draws)} draft={draft} />
      </section>
      {isDrawnTwice(draft.methodName) ? <LooksBetween draft={draft} /> : null}
      <ParameterGroup
        title={draft.method ? `Parameters of ${draft.method.title}` : "Parameters"}
        fields={draft.fields.params}
        texts={draft.draft.params}
        wrongs={draft.wrongs.params}
        onChange={(params) => draft.change({ params })}
      />
      <ParameterGroup
        title="Settings of every render"
        fields={draft.fields.settings}
        texts={draft.draft.settings}
        wrongs={draft.wrongs.settings}
        onChange={(settings) => draft.change({ settings })}
      />
      <Checkbox
        className="text-13"
        label="A control: draws the pairs' prompts in other words, with the same seeds"
        checked={draft.isReworded}
        onChange={(event) => draft.setIsReworded(event.target.checked)}
      />
      {props.after}
      {props.problem ? (
        <p role="alert" className="text-13 text-bad">
          {props.problem}
        </p>
      ) : null}
      <div className="flex items-center gap-2">
        <Button type="submit" variant="primary" busy={props.busy} notReady={notReady}>
          {props.submit}
        </Button>
        <ButtonLink variant="quiet" href={props.backHref}>
          Back
        </ButtonLink>
      </div>
    </form>
  );
}
