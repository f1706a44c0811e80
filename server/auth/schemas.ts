import { z } from "zod";

export const MIN_PASSWORD = 12;

export const Name = z
  .string()
  .trim()
  .min(1, "Please give a name")
  .max(100, "Please keep the name under 100 characters");
export const Mail = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This mail address is too long")
  .pipe(z.email("Please give a mail address such as name@example.org"));
// Length is the one rule that helps; the upper bound keeps hashing cheap.
export const Password = z
  .string()
  .min(MIN_PASSWORD, `Please use at least ${MIN_PASSWORD} characters`)
  .max(200, "Please use at most 200 characters");
export const Token = z.string().min(20).max(100);

export const SignIn = z.object({ mail: z.string().max(254), password: z.string().max(200) });
export type SignIn = z.infer<typeof SignIn>;
