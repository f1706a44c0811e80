import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { asNotFound } from "@/app/_trpc/as-not-found";
import { getCaller } from "@/app/_trpc/server";
import { RatingRoom } from "./_room/rating-room";

export const metadata: Metadata = { title: "Rate" };
export const dynamic = "force-dynamic";

type Props = {
  params: Promise<{ sitting: string }>;
  /** `again`: a submitted grid is looked at once more; it counts until it is changed. */
  searchParams: Promise<{ again?: string }>;
};

export default async function SittingPage({ params, searchParams }: Props) {
  const { sitting: sittingId } = await params;
  if (!z.uuid().safeParse(sittingId).success) notFound();
  const { rating } = await getCaller();
  const { project } = await rating.locate({ sittingId }).catch(asNotFound);
  const [view, preferences] = await Promise.all([
    rating.sitting({ project, sittingId }),
    rating.preferences(),
  ]);
  const { again } = await searchParams;
  const isAgain = again !== undefined && view.state === "submitted" && !view.isTraining;
  if (view.state !== "live" && !isAgain) redirect("/rate");
  return <RatingRoom view={view} preferences={preferences} />;
}
