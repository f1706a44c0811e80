"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useRef, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input, Select } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { useToast } from "@/app/_ui/toaster";
import { findPairProblem } from "@/server/mining/domain/check-pair";
import { OutsideVocabulary, useOutside } from "./outside-vocabulary";

export type AddPairDialogProps = {
  project: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Types pairs one after another; the dialog stays open with the pattern kept. */
export function AddPairDialog({ project, open, onOpenChange }: AddPairDialogProps) {
  return (
    <>
      <Button onClick={() => onOpenChange(true)}>Add a pair</Button>
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        title="Add a pair"
        description="It is accepted at once, and five prompts are written for it."
      >
        {open ? <AddPairForm project={project} onClose={() => onOpenChange(false)} /> : null}
      </Dialog>
    </>
  );
}

const EMPTY = { a: "", b: "", latent: "" };
const isEmpty = (words: typeof EMPTY) => Object.values(words).every((word) => word === "");

function AddPairForm({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const firstField = useRef<HTMLInputElement>(null);
  const { data: patterns } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const approved = patterns.filter((pattern) => pattern.state === "approved");
  const [patternId, setPatternId] = useState(approved[0]?.id ?? "");
  const [words, setWords] = useState(EMPTY);
  const [isAsked, setIsAsked] = useState(false);
  const { strange } = useOutside({ project, concepts: [words.a, words.b] });
  // Told at a press, for just these concepts: others that are typed instead are told anew.
  const [told, setTold] = useState("");
  const isTold = strange.length > 0 && told === strange.join();
  const add = useMutation(
    trpc.mining.addPairs.mutationOptions({
      onSuccess: (_, { pairs: [sent] }) => {
        toast(`Added ${sent?.a} × ${sent?.b}`);
        void queries.invalidateQueries(trpc.mining.pathFilter());
      },
      // Comes back to be mended, unless the next one is being typed.
      onError: (_, { pairs: [sent] }) =>
        setWords((now) => (isEmpty(now) && sent ? { ...sent, latent: sent.latent ?? "" } : now)),
    }),
  );
  const refused = add.variables?.pairs[0];
  const isBlank = words.a.trim() === "" || words.b.trim() === "";
  // What is not typed yet is not wrong before somebody presses Enter.
  const problem = isBlank && !isAsked ? null : findPairProblem(words);
  const wrongIn = (name: keyof typeof EMPTY) => problem?.field === name && problem.says;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const isWrong = findPairProblem(words) !== null;
    setIsAsked(isWrong);
    if (isWrong) return;
    if (strange.length > 0 && !isTold) return setTold(strange.join());
    setTold("");
    add.mutate({ project, patternId, pairs: [words] });
    // Free at once for the next pair: who types pairs one after another does not wait for the network.
    setWords(EMPTY);
    firstField.current?.focus();
  };
  if (approved.length === 0)
    return (
      <>
        <p>A pair belongs to a pattern, and there is none in use yet.</p>
        <DialogActions>
          <ButtonLink variant="primary" href={`/p/${project}/patterns`}>
            Name a pattern first
          </ButtonLink>
        </DialogActions>
      </>
    );
  const bind = (name: keyof typeof EMPTY) => ({
    value: words[name],
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) =>
      setWords((before) => ({ ...before, [name]: event.target.value })),
  });
  return (
    <form
      className="grid gap-3"
      onSubmit={submit}
      onKeyDown={(event) => {
        // A toast that is still up would take the key for itself.
        if (event.key === "Escape") onClose();
        // A held Enter does not answer what it has just asked.
        if (event.key === "Enter" && event.repeat) event.preventDefault();
      }}
    >
      <Field label="Pattern">
        <Select value={patternId} onChange={(event) => setPatternId(event.target.value)}>
          {approved.map((pattern) => (
            <option key={pattern.id} value={pattern.id}>
              {pattern.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Concept A" error={wrongIn("a")}>
        <Input ref={firstField} autoFocus placeholder="iced coke" {...bind("a")} />
      </Field>
      <Field label="Concept B" error={wrongIn("b")}>
        <Input placeholder="tea cup" {...bind("b")} />
      </Field>
      <Field
        label="Expected instead"
        hint="The latent concept C, if you can name it."
        error={wrongIn("latent")}
      >
        <Input placeholder="tumbler glass" {...bind("latent")} />
      </Field>
      <OutsideVocabulary project={project} concepts={[words.a, words.b]} />
      {isTold ? (
        <p role="alert" className="-mt-2 text-12">
          Its images would say little of this pair. Change the words, or add it anyway.
        </p>
      ) : null}
      <DialogActions>
        {add.error ? (
          <p role="alert" className="basis-full text-12 text-bad">
            {refused?.a} × {refused?.b}: {add.error.message}
          </p>
        ) : null}
        <Button type="submit" variant="primary">
          {isTold ? "Add anyway" : "Add"} <Key onAccent>↵</Key>
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Done <Key>Esc</Key>
        </Button>
      </DialogActions>
    </form>
  );
}
