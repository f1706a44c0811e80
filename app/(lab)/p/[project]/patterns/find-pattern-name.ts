import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { getCaller } from "@/app/_trpc/server";

/** The pattern's name, or the page that says there is none. */
export const findPatternName = cache(async (project: string, patternId: string) => {
  if (!z.uuid().safeParse(patternId).success) notFound();
  const caller = await getCaller();
  try {
    return (await caller.mining.patternDetail({ project, patternId })).pattern.name;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
});
