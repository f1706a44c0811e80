import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { clipped } from "@/server/agreement/domain/cohen-kappa";
import type { Estimate } from "@/server/agreement/domain/estimate";
import type { Agreement } from "@/server/agreement/show-agreement";
import { many, percent } from "../../../_board/board-words";
import type { Figures } from "./agreement-view";
import { intervalWords, ratingsWords, valueWords } from "./figure-words";

type Row = { name: string; estimate: Estimate | null; units: string; reading: string };

/** The figures of all raters together, each with what it stands on and how it is read. */
export function Summary({
  figures,
  bootstrap,
}: Pick<Agreement, "bootstrap"> & { figures: Figures }) {
  const { verdicts } = figures;
  return (
    <section aria-labelledby="all-raters">
      <h2 id="all-raters" className="mb-2">
        All raters together
      </h2>
      <Table
        label="Agreement of all raters"
        head={
          <>
            <Th>Figure</Th>
            <Th num>Value</Th>
            <Th num>95 % interval</Th>
            <Th>Of</Th>
            <Th>How to read it</Th>
          </>
        }
      >
        {rowsOf(figures).map(({ name, estimate, units, reading }) => (
          <Tr key={name}>
            <th
              scope="row"
              className="border-t border-line px-3.5 py-1.5 text-left font-mid whitespace-nowrap"
            >
              {name}
            </th>
            <Td num>{estimate ? valueWords(estimate.value) : "not told"}</Td>
            <Td num className="whitespace-nowrap">
              {intervalWords(estimate?.interval ? clipped(estimate.interval) : null)}
            </Td>
            <Td className="whitespace-nowrap">{units}</Td>
            <Td className="min-w-64 text-ink-2">{reading}</Td>
          </Tr>
        ))}
      </Table>
      <p className="mt-1.5 small-print">
        {many(verdicts.raters, "rater")}, {many(verdicts.pairs, "pair")},{" "}
        {many(verdicts.grids, "grid")}, {ratingsWords(verdicts)}; {percent(verdicts.missing)} of the
        planned verdicts are missing. Intervals: bootstrap over pairs,{" "}
        {bootstrap.draws.toLocaleString("en-GB")} resamples (all of them where there are fewer),
        seed {bootstrap.seed}, percentiles.
      </p>
    </section>
  );
}

function rowsOf({ verdicts, levels, repeats }: Figures): Row[] {
  const images = many(verdicts.images, "image");
  return [
    {
      name: "Krippendorff’s alpha, verdicts",
      estimate: verdicts.alpha,
      units: images,
      reading:
        "From .8 reliable, from .667 tentative. Published studies: object there or not .6 to .8, overall fit .3 to .8",
    },
    {
      name: "Gwet’s AC1, verdicts",
      estimate: verdicts.ac1,
      units: images,
      reading: "Stays steady where nearly all verdicts are the same, as at Level 5",
    },
    {
      name: "Fleiss’ kappa, verdicts",
      estimate: verdicts.fleiss,
      units: images,
      reading: verdicts.fleiss
        ? "Every image has as many verdicts as the others"
        : "Needs as many verdicts on every image: read alpha",
    },
    {
      name: "Same verdict",
      estimate: verdicts.raw,
      units: images,
      reading: "Share of rater pairs that agree, not corrected for chance",
    },
    {
      name: "Krippendorff’s alpha, Levels",
      estimate: levels?.alpha ?? null,
      units: levels ? many(levels.grids, "grid") : "whole grids only",
      reading: "Ordinal, on the raters’ own Levels",
    },
    {
      name: "Cohen’s kappa, silent repeats",
      estimate: repeats.kappa,
      units: `${many(repeats.images, "image")}, ${many(repeats.sittings, "repeat")}`,
      reading: "Raters against their own first look",
    },
  ];
}
