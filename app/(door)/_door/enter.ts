import { signIn } from "next-auth/react";

export type Entry = { mail: string; password: string; target: string };

const WRONG =
  "This mail and password do not fit together. Check both, or ask an admin for a reset link.";
const TOO_MANY = "Too many wrong passwords. Please wait 15 minutes and try again.";

/** Signs in and goes to `target`; gives what is wrong when it does not work. */
export async function enter({ mail, password, target }: Entry): Promise<string | null> {
  const result = await signIn("credentials", { mail, password, redirect: false });
  if (result.code === "too_many") return TOO_MANY;
  if (result.error) return WRONG;
  // A whole new page: nothing that an earlier person saw stays in memory.
  window.location.assign(target);
  return null;
}
