import { createReadStream } from "node:fs";
import type { Tx } from "@/db/client";
import { blobPath } from "@/server/storage/blobs";
import {
  ADJUDICATION_COLUMNS,
  EVENT_COLUMNS,
  LEVEL_COLUMNS,
  LOOK_COLUMNS,
  PAIR_COLUMNS,
  RATER_COLUMNS,
  ROUND_COLUMNS,
  SITTING_COLUMNS,
  VERDICT_COLUMNS,
  VOTE_COLUMNS,
} from "./columns";
import type { Files } from "./grid-chunks";
import { type PairRecord, pairRecords } from "./pair-records";
import { raterRows } from "./rater-rows";
import { agreementRecord, readAgreement } from "./read-agreement";
import { comparisonRecords } from "./read-comparisons";
import { judgeRecords } from "./read-judges";
import { allLooks, type LookRecord } from "./read-looks";
import { readmeOf } from "./readme";
import { authorsRow, levelRows, lookRow, pairRow } from "./record-rows";
import { guidelineRecords, roundRows } from "./rules-of-rating";
import { sittingRows } from "./sitting-rows";
import { csvFile, jsonLinesFile, jsonListFile } from "./text-chunks";
import { eventRows, verdictRows } from "./verdict-rows";
import { adjudicationRows, voteRows } from "./vote-rows";

export type Entry = { name: string; chunks: AsyncIterable<Uint8Array>; rows?: () => number };
export type ArchivedProject = { id: string; slug: string; name: string };

/**
 * The files of an export in their order. All of them stream: what stays in memory is the list of images, no image.
 * `tx` must be one snapshot, so that the files agree with each other.
 */
export async function* archiveEntries(
  tx: Tx,
  project: ArchivedProject,
  madeAt: Date,
): AsyncGenerator<Entry> {
  const originals: Originals = new Map();
  const records = () => pairRecords(tx, project.id);

  const agreement = await readAgreement(tx, project.id);

  yield { name: "README.md", chunks: once(readmeOf(project, madeAt, agreement)) };
  yield { name: "pairs.jsonl", ...jsonLinesFile(noting(records(), originals)) };
  yield { name: "pairs.csv", ...csvFile(PAIR_COLUMNS, pairsOf(records())) };
  yield { name: "authors.json", ...jsonListFile(authorsOf(records())) };
  yield { name: "levels.csv", ...csvFile(LEVEL_COLUMNS, levelsOf(records())) };
  const looks = notingLooks(allLooks(tx, project.id), originals);
  yield { name: "looks.csv", ...csvFile(LOOK_COLUMNS, looks) };
  const files = new Map([...originals].map(([id, { file }]) => [id, file]));
  yield* ratingEntries(tx, project.id, files);
  const figures = await agreementRecord(tx, project.id, agreement);
  yield { name: "agreement.json", chunks: once(`${JSON.stringify(figures, null, 2)}\n`) };
  yield { name: "comparisons.json", ...jsonListFile(listOf(comparisonRecords(tx, project.id))) };
  yield { name: "judges.json", ...jsonListFile(listOf(judgeRecords(tx, project.id))) };
  for (const { file, sha256 } of originals.values()) {
    yield { name: file, chunks: readWhole(blobPath(sha256)) };
  }
}

/** Who judged what, when and under which rules. */
async function* ratingEntries(tx: Tx, projectId: string, files: Files): AsyncGenerator<Entry> {
  const of = <T>(rows: (tx: Tx, projectId: string, files: Files) => T): T =>
    rows(tx, projectId, files);
  yield { name: "raters.csv", ...csvFile(RATER_COLUMNS, of(raterRows)) };
  yield { name: "sittings.csv", ...csvFile(SITTING_COLUMNS, of(sittingRows)) };
  yield { name: "verdicts.csv", ...csvFile(VERDICT_COLUMNS, of(verdictRows)) };
  yield { name: "verdict-events.csv", ...csvFile(EVENT_COLUMNS, of(eventRows)) };
  yield { name: "votes.csv", ...csvFile(VOTE_COLUMNS, of(voteRows)) };
  yield { name: "adjudications.csv", ...csvFile(ADJUDICATION_COLUMNS, of(adjudicationRows)) };
  yield { name: "rounds.csv", ...csvFile(ROUND_COLUMNS, of(roundRows)) };
  yield { name: "guidelines.json", ...jsonListFile(of(guidelineRecords)) };
}

type Records = AsyncIterable<PairRecord>;
type Originals = Map<string, { file: string; sha256: string }>;

async function* noting(records: Records, originals: Originals) {
  for await (const record of records) {
    for (const image of record.renders.flatMap((render) => render.images)) {
      originals.set(image.id, image);
    }
    yield record;
  }
}

async function* notingLooks(looks: AsyncIterable<LookRecord>, originals: Originals) {
  for await (const look of looks) {
    for (const image of look.images) originals.set(image.id, image);
    yield lookRow(look);
  }
}

async function* pairsOf(records: Records) {
  for await (const record of records) if (record.state === "accepted") yield pairRow(record);
}

async function* authorsOf(records: Records) {
  for await (const record of records) {
    const row = authorsRow(record);
    if (record.state === "accepted" && row.prompt.length > 0) yield row;
  }
}

async function* levelsOf(records: Records) {
  for await (const record of records) yield* levelRows(record);
}

async function* listOf<T>(found: Promise<readonly T[]>) {
  yield* await found;
}

async function* once(text: string) {
  yield Buffer.from(text);
}

/** Opened when its turn comes: an archive of thousands of images holds one file open. */
async function* readWhole(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}
