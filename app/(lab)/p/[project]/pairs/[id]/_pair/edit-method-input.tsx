"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Input, Select } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { tooLong } from "@/app/_ui/too-long";
import type { Detail } from "./detail";

export type EditMethodInputProps = {
  project: string;
  detail: Detail;
  purpose: "drawing_order" | "describe_concepts";
};

/** A person's own drawing order or descriptions; what was said before is kept, and later renders are drawn with this. */
export function EditMethodInput(props: EditMethodInputProps) {
  const [isOpen, setIsOpen] = useState(false);
  const what = props.purpose === "drawing_order" ? "Drawing order" : "Descriptions";
  return (
    <>
      <Button
        size={26}
        variant="quiet"
        aria-label={`Edit: ${what}`}
        onClick={() => setIsOpen(true)}
      >
        Edit
      </Button>
      {isOpen ? <EditDialog {...props} title={what} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

type DialogProps = EditMethodInputProps & { title: string; onClose: () => void };

function EditDialog({ project, detail, purpose, title, onClose }: DialogProps) {
  const { pair, added } = detail;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [first, setFirst] = useState<"a" | "b">(added.order?.first ?? "a");
  const [a, setA] = useState(added.descriptions?.a ?? "");
  const [b, setB] = useState(added.descriptions?.b ?? "");
  const edit = useMutation(
    trpc.mining.editMethodInput.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.mining.pairDetail.pathFilter());
        onClose();
      },
    }),
  );
  const isOrder = purpose === "drawing_order";
  const isWhole = isOrder || (a.trim() !== "" && b.trim() !== "");
  return (
    <FormDialog
      title={title}
      description="Methods that draw one concept before the other are told this. Images that are there stay as they are; the next comparison draws with it."
      submit="Keep"
      busy={edit.isPending && "Keeping"}
      notReady={isWhole ? tooLong(a, 300) || tooLong(b, 300) : "Describe both concepts"}
      problem={edit.error?.message}
      onSubmit={() =>
        edit.mutate({
          project,
          pairId: pair.id,
          ...(isOrder ? { kind: "moce_order", first } : { kind: "descriptions", a, b }),
        })
      }
      onClose={onClose}
    >
      {isOrder ? (
        <Field label="Drawn first">
          <Select
            value={first}
            onChange={(event) => setFirst(event.target.value === "b" ? "b" : "a")}
          >
            <option value="a">{pair.conceptA}</option>
            <option value="b">{pair.conceptB}</option>
          </Select>
        </Field>
      ) : (
        <>
          <Field
            label={pair.conceptA}
            hint="4 to 8 words of what one sees, without naming it."
            length={{ of: a, most: 300 }}
          >
            <Input value={a} onChange={(event) => setA(event.target.value)} />
          </Field>
          <Field label={pair.conceptB} length={{ of: b, most: 300 }}>
            <Input value={b} onChange={(event) => setB(event.target.value)} />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
