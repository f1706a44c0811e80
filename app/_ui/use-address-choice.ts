"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";

/**
 * A choice that the address holds: shown at once, while `isComing` says that the page is still about the one before,
 * so that nothing is pressed for it.
 */
export function useAddressChoice(chosen: string) {
  const router = useRouter();
  const [isComing, startTransition] = useTransition();
  const [shown, show] = useOptimistic(chosen);
  const choose = (next: string, address: string) =>
    startTransition(() => {
      show(next);
      router.replace(address);
    });
  return { shown, isComing, choose };
}
