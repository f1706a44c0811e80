"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Checkbox } from "@/app/_ui/field";
import type { RatingPreferences } from "@/server/rating/schemas";

/** The same choice as on the key sheet of the rating room; it holds on every screen. */
export function Keyboard({ preferences }: { preferences: RatingPreferences }) {
  const router = useRouter();
  const [singleKeys, setSingleKeys] = useState(preferences.singleKeys);
  const save = useMutation(
    useTRPC().rating.savePreferences.mutationOptions({
      onSuccess: () => router.refresh(),
      onError: () => setSingleKeys(preferences.singleKeys),
    }),
  );
  const choose = (areOn: boolean) => {
    setSingleKeys(areOn);
    save.mutate({ ...preferences, singleKeys: areOn });
  };
  return (
    <section className="grid gap-1 border-t border-line pt-6 text-13">
      <h2 className="mb-1 text-14 font-bold">Keyboard</h2>
      <Checkbox
        label="Single-key shortcuts: a letter, digit or sign alone works a control"
        checked={singleKeys}
        onChange={({ target }) => choose(target.checked)}
      />
      <p className="small-print">
        Without them everything is still reached by Tab, arrows, Space and Enter.
      </p>
      {save.error ? (
        <p role="alert" className="text-12 text-bad">
          {save.error.message}
        </p>
      ) : null}
    </section>
  );
}
