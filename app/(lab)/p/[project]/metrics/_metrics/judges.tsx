"use client";

import { type ReactNode, useId } from "react";
import { cx } from "@/app/_ui/cx";
import { Link } from "@/app/_ui/link";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { Confusion, JudgeFigures, Share } from "@/server/metrics/domain/judge-figures";
import type { Metrics } from "@/server/metrics/show-metrics";
import { many } from "../../_board/board-words";
import { CsvButton } from "../../plots/_plots/csv-button";
import { correctedWords, JUDGE_HEAD, judgeCells, shareWords } from "./judge-words";
import { NoEvidence } from "./no-evidence";
import { figureWords, modelWords } from "./words";

type Judge = Metrics["judges"][number];
type Props = { project: string; judges: readonly Judge[] };

/** Scorers that say correct or not correct, against people's verdicts. */
export function Judges({ project, judges }: Props) {
  if (judges.length === 0) return null;
  return (
    <div className="mt-6 grid gap-6">
      {judges.map((judge) => (
        <JudgeSection key={judge.scorer.id} project={project} judge={judge} />
      ))}
      <p className="small-print max-w-[110ch]">
        An automatic judge says of each image whether both concepts are seen; it is in no Level, and
        no rater sees it. Sensitivity: of the images that people found correct, those that it called
        correct. Specificity: of the images that people found incorrect, those that it did not call
        correct. κ: Cohen’s, of people and the judge. An abstention counts as not correct. In
        brackets: 95 %, exact (Clopper and Pearson), as if images were independent. Corrected: the
        share of correct images once the judge’s mistakes, as counted on images of the same
        generator that people rated, are taken out (Rogan and Gladen), with the limits of Lang and
        Reiczigel, within 0 and 100 %.
      </p>
    </div>
  );
}

function JudgeSection({ project, judge }: { project: string; judge: Judge }) {
  const heading = useId();
  const { scorer, all, generators } = judge;
  const title = `Automatic judge ${scorer.name}`;
  const rows = [{ name: "All generators", steered: false, trained: false, ...all }, ...generators];
  return (
    <section aria-labelledby={heading}>
      <div className="mb-2 flex items-center gap-2">
        <h2 id={heading}>
          {title} <span className="small-print">{modelWords(judge)}</span>
        </h2>
        <CsvButton
          title={title}
          name={`${project}-judge-${scorer.name}`}
          head={["name", "judge", "model", "weights", "steered", ...JUDGE_HEAD]}
          rows={rows.map((row) => [
            row.name,
            scorer.name,
            scorer.model,
            scorer.weightsHash,
            row.steered,
            ...judgeCells(row),
          ])}
        />
      </div>
      {all.people ? (
        <ConfusionTable name={scorer.name} confusion={all.confusion} />
      ) : (
        <p className="mb-2 text-13 text-ink-2">
          No image has verdicts of both yet: what this judge is worth is not known.{" "}
          <Link href={`/p/${project}/rating`} className="link">
            Have a grid rated by a person
          </Link>
          .
        </p>
      )}
      <GeneratorTable title={title} rows={rows} />
    </section>
  );
}

const SAID = ["correct", "incorrect", "abstained"] as const;

function ConfusionTable({ name, confusion }: { name: string; confusion: Confusion }) {
  return (
    <div className="mb-3 max-w-150">
      <Table
        label={`People and ${name}, image by image`}
        head={
          <>
            <Th>People said</Th>
            <Th num>{name}: correct</Th>
            <Th num>not correct</Th>
            <Th num>abstained</Th>
          </>
        }
      >
        {(["correct", "incorrect"] as const).map((people) => (
          <Tr key={people}>
            <Td>{people}</Td>
            {SAID.map((judge) => (
              <Td key={judge} num>
                {confusion[people][judge]}
              </Td>
            ))}
          </Tr>
        ))}
      </Table>
    </div>
  );
}

type Row = JudgeFigures & { name: string; steered: boolean; trained: boolean };

const GeneratorTable = ({ title, rows }: { title: string; rows: readonly Row[] }) => (
  <Table
    label={`${title}, by generator`}
    head={
      <>
        <Th>Generator</Th>
        <Th>Judge: correct</Th>
        <Th>Corrected</Th>
        <Th>People: correct</Th>
        <Th>Sensitivity</Th>
        <Th>Specificity</Th>
        <Th>κ</Th>
      </>
    }
  >
    {rows.map((row) => (
      <Tr key={row.name}>
        <Td className="align-top">
          {row.name} <NoEvidence by="judge" row={row} />
        </Td>
        <ShareCell share={row.raw}>
          {row.abstained > 0 ? `, abstained on ${many(row.abstained, "image")}` : null}
        </ShareCell>
        <Td className={cx("align-top", typeof row.corrected !== "string" && "whitespace-nowrap")}>
          {correctedWords(row.corrected)}
        </Td>
        <ShareCell share={row.people} />
        <ShareCell share={row.sensitivity} />
        <ShareCell share={row.specificity} />
        <Td className="align-top">{figureWords({ value: row.kappa, interval: null })}</Td>
      </Tr>
    ))}
  </Table>
);

/** The counts stand below their share: beside it, seven columns do not fit on a laptop's screen. */
const ShareCell = ({ share, children }: { share: Share; children?: ReactNode }) => (
  <Td className="align-top whitespace-nowrap">
    {shareWords(share)}
    {share ? (
      <span className="block small-print">
        {share.count} of {share.total}
        {children}
      </span>
    ) : null}
  </Td>
);
