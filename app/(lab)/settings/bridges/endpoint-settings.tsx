"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import type { AppRouter } from "@/server/trpc/router";
import { centsIn, priceOf, wholeCentsIn } from "./prices";

type Endpoint =
  inferRouterOutputs<AppRouter>["generation"]["listBridges"][number]["endpoints"][number];

/** How much an endpoint is handed at a time, and what its hour or an image of it costs. */
export function EndpointSettings({ endpoint }: { endpoint: Endpoint }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size={26} variant="quiet" onClick={() => setIsOpen(true)}>
        {settingsWords(endpoint)}
      </Button>
      {isOpen ? <Asked endpoint={endpoint} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

function settingsWords({ handedOut, hourCents, imageCents }: Endpoint): string {
  const most = handedOut === null ? "as its bridge asks" : `${handedOut} at a time`;
  const prices = [
    imageCents !== null && `${priceOf(imageCents)} an image`,
    hourCents !== null && `${priceOf(hourCents)} an hour`,
  ].filter(Boolean);
  return `${most}, ${prices.join(" and ") || "no price"} …`;
}

function Asked({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [most, setMost] = useState(endpoint.handedOut?.toString() ?? "");
  const [price, setPrice] = useState(priceOf(endpoint.hourCents));
  const [imagePrice, setImagePrice] = useState(priceOf(endpoint.imageCents));
  const save = useMutation(
    trpc.generation.setEndpoint.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.generation.listBridges.pathFilter());
        onClose();
      },
    }),
  );
  const handedOut = wholeIn(most);
  const hourCents = wholeCentsIn(price);
  const imageCents = centsIn(imagePrice, 1_000_000);
  const notReady =
    (handedOut === undefined && "A whole number from 1 to 64, or nothing") ||
    ((hourCents === undefined || imageCents === undefined) && "A price of 0 or more, or nothing");
  return (
    <FormDialog
      title={`The endpoint ${endpoint.name}`}
      submit="Save"
      busy={save.isPending && "Saving"}
      notReady={notReady}
      problem={save.error?.message}
      onClose={onClose}
      onSubmit={() => {
        if (handedOut === undefined || hourCents === undefined || imageCents === undefined) return;
        const { bridgeId, name } = endpoint;
        save.mutate({ bridgeId, name, handedOut, hourCents, imageCents });
      }}
    >
      <Field
        label="Renders handed out at a time"
        hint={`Drawn and delivered ones count until they are done. Empty: as its bridge asks (it draws ${endpoint.concurrency} at once).`}
      >
        <Input inputMode="numeric" value={most} onChange={(event) => setMost(event.target.value)} />
      </Field>
      <Field label="Price of an hour of its GPU" hint="In your currency; empty: not known.">
        <Input
          inputMode="decimal"
          value={price}
          onChange={(event) => setPrice(event.target.value)}
        />
      </Field>
      <Field
        label="Price of an image"
        hint="Of a host that charges by the image, in your currency; empty: it does not."
      >
        <Input
          inputMode="decimal"
          value={imagePrice}
          onChange={(event) => setImagePrice(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}

/** null: nothing is said; undefined: it cannot be meant. */
function wholeIn(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= 64 ? value : undefined;
}
