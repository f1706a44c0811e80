"use client";

import { useId, useState } from "react";
import { Select } from "@/app/_ui/field";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { Agreement } from "@/server/agreement/show-agreement";
import { many } from "../../../_board/board-words";
import type { Figures } from "./agreement-view";
import { estimateWords, valueWords } from "./figure-words";

type Props = { figures: Figures; choices: Agreement["choices"] };

/** What two raters said of the images that both judged. */
export function Confusion({ figures, choices }: Props) {
  const heading = useId();
  const [chosen, setChosen] = useState(0);
  const nameOf = (raterId: string) => choices.raters.find(({ id }) => id === raterId)?.name ?? "";
  const compared = figures.raterPairs[chosen] ?? figures.raterPairs[0];
  if (!compared) return null;
  const { counts } = compared;
  const [first, second] = [nameOf(compared.first), nameOf(compared.second)];
  const rows = [
    { name: "correct", cells: [counts.both, counts.onlyFirst] },
    { name: "incorrect", cells: [counts.onlySecond, counts.neither] },
  ];
  return (
    <section aria-labelledby={heading} className="max-w-[720px]">
      <div className="mb-2 flex items-center gap-3">
        <h2 id={heading}>Two raters</h2>
        <Select
          aria-label="Which two raters"
          className="max-w-[540px]"
          value={chosen}
          onChange={(event) => setChosen(Number(event.target.value))}
        >
          {figures.raterPairs.map((pair, index) => (
            <option key={`${pair.first} ${pair.second}`} value={index}>
              {nameOf(pair.first)} and {nameOf(pair.second)}, {many(pair.images, "image")}
            </option>
          ))}
        </Select>
      </div>
      <Table
        label={`Images by what ${first} and ${second} said`}
        head={
          <>
            <Th>{first} said</Th>
            <Th num>{second}: correct</Th>
            <Th num>{second}: incorrect</Th>
          </>
        }
      >
        {rows.map(({ name, cells }) => (
          <Tr key={name}>
            <th scope="row" className="border-t border-line px-3.5 py-1.5 text-left font-mid">
              {name}
            </th>
            <Td num>{cells[0]?.toLocaleString("en-GB")}</Td>
            <Td num>{cells[1]?.toLocaleString("en-GB")}</Td>
          </Tr>
        ))}
      </Table>
      <p className="mt-1.5 small-print">
        Cohen’s kappa {estimateWords(compared.kappa)}; the same verdict on{" "}
        {valueWords(compared.raw.value)} of {many(compared.images, "image")} of{" "}
        {many(compared.pairs, "pair")}.
        {compared.standardError === null
          ? ""
          : ` Standard error ${compared.standardError.toFixed(3)}, if images were independent.`}
      </p>
      {compared.levels ? (
        <p className="mt-1 small-print">
          Their Levels of {many(compared.levels.grids, "grid")}: Cohen’s kappa with quadratic
          weights {estimateWords(compared.levels.kappa)}.
        </p>
      ) : null}
    </section>
  );
}
