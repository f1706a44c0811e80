import { useToast } from "@/app/_ui/toaster";
import type { BudgetKind } from "@/db/enums";

type Refused = { message: string; data?: { budget?: BudgetKind | null } | null | undefined };

/** Shows why something was refused; where a budget did, with the way to it. For `onError`. */
export function useRefusal(project: string): (error: Refused) => void {
  const toast = useToast();
  return ({ message, data }) => {
    const link = data?.budget
      ? { href: `/p/${project}/budgets?of=${data.budget}`, words: "Change budgets" }
      : undefined;
    toast(message, { tone: "bad", link });
  };
}
