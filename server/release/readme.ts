import type { Column } from "./column";
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
import type { RevisionAgreement } from "./read-agreement";
import { agreementChapter } from "./readme-agreement";

const table = (columns: readonly Column[]): string =>
  [
    "| column | what it holds |",
    "| --- | --- |",
    ...columns.map((c) => `| ${c.name} | ${c.says} |`),
  ].join("\n");

/** Explains every file and column; made from the columns that are really written. */
export const readmeOf = (
  project: { name: string; slug: string },
  madeAt: Date,
  agreement: readonly RevisionAgreement[],
): string =>
  `# ${project.name.replaceAll(/\s+/g, " ")}

Exported from Teacup, project \`${project.slug}\`, ${madeAt.toISOString()}.

CSV files are UTF-8 with a header line, commas, RFC 4180 quoting and UTC times. A text that a spreadsheet would run as a
formula has one apostrophe in front; importing \`pairs.csv\` into Teacup takes it off again.

Rows with the source \`simulated\` come from a program that read the simulator's own record of what it drew. They are
no human judgement: keep them apart.

A Level belongs to a pair, a generator revision and a protocol. Of 20 images, 0 correct is Level 5, 1 to 5 Level 4,
6 to 10 Level 3, 11 to 15 Level 2, 16 to 20 Level 1.

A screened grid (\`mode\` \`screen\`) was shown image by image in random order and ended at the first correct one. With none correct of 20
it is Level 5, as a full grid would be; otherwise its Level is at most 4 and not known closer (\`bound\` \`at_most_4\`): leave it out of any
mean or distribution of Levels. A grid that was completed later has both rows; the full one is the Level of record.

Where several people rated one grid, \`levels.csv\` holds the Level of each of them (\`basis\` \`rater\`) and the one they have together
(\`consensus\`, or \`adjudicated\` where a person settled images): count the rows that are \`of_record\`, or a pair counts several times.

## Agreement

${agreementChapter(agreement)}

## pairs.jsonl

One pair a line, with everything that led to it: \`pattern\`; \`proposals\` and \`exchanges\` (the language model's calls: model,
template version, outcome, tokens, latency); \`prompt_sets\` (five prompts, by number); \`looks\` (the first look at the pair by its
plain prompt, and at A and B alone: who judged, what was seen, what came of it, and the images); \`renders\` (generator, revision, method,
parameters, weights' hash, how the weights were trained where the endpoint tells it, seeds, and per image its seed, SHA-256 and file); \`levels\`; \`decisions\`. Rejected pairs and pairs that were
set aside are in it too; see \`state\`.

## pairs.csv

The accepted pairs, in the form that the import of Teacup reads.

${table(PAIR_COLUMNS)}

## authors.json

The accepted pairs that have prompts, in the shape of the published LC-Mis data: a list of \`{"A", "B", "prompt": [...]}\`.

## levels.csv

${table(LEVEL_COLUMNS)}

## looks.csv

Quick looks before any grid: is the pair plainly fine, and can the generator draw A and B alone at all? They are judged at a glance by
one person who knows what is tested, and give no Level.

${table(LOOK_COLUMNS)}

## raters.csv

Everyone who sat at a grid, under a pseudonym: no file of this archive holds a name or a mail address.
Texts that people wrote (notes, reasons, guidelines) are as they wrote them: read them before you publish them.

${table(RATER_COLUMNS)}

## sittings.csv

${table(SITTING_COLUMNS)}

## verdicts.csv

One line per image and submitted sitting: the verdict that stood.

${table(VERDICT_COLUMNS)}

## verdict-events.csv

Every verdict as it was given, taken back or replaced. An empty \`verdict\` means taken back.

${table(EVENT_COLUMNS)}

## votes.csv

The verdict of each image by majority of its raters, of the grids whose raters are all done. A tie is settled by a person, and an
adjudicated verdict stands.

${table(VOTE_COLUMNS)}

## adjudications.csv

${table(ADJUDICATION_COLUMNS)}

## agreement.json

The figures above with all that belongs to them, and the same by pattern, by length of the prompt (terciles), over time, for each two
raters, and for each rater against the majority of the others. \`value\` is null where a figure does not exist; \`says\` tells why.

## comparisons.json

Level-5 pairs drawn anew by several generators on one fresh seed set, one entry for each comparison and kind of judge: Levels, cost and known training of each generator
(\`levels\`: pairs at Levels 1 to 5), every method against the baseline (transitions, exact McNemar on Level 5, signed ranks of the Levels with
flipped signs, Holm over the methods), and the Level of each pair. Those Levels are in \`levels.csv\` too, and never of record.

## judges.json

Automatic judges (scorers that say correct or not) against people, for all generators and each: counts of both (\`confusion\`), sensitivity and specificity with exact
intervals of 95 %, and the share of correct images corrected for the judge's mistakes (Rogan and Gladen, limits of Lang and Reiczigel). Shares are \`count\` of \`total\`
with \`low\` and \`high\`; null where there is nothing to count. An abstention counts as not correct. No verdict of a judge is in any other file.

## rounds.csv

A round is a time of rating under one set of rules.

${table(ROUND_COLUMNS)}

## guidelines.json

What raters read, version by version: \`version\`, \`text\`, \`examples\` (image, verdict, caption), \`by\`, \`created_at\`.

## images

The originals as the generator returned them: \`images/<pair>/<generator>-r<revision>/<prompt>-<seed>\`. A prompt that came with a later
prompt set carries \`set<number>-\` in front. Those of a quick look are \`look-<seed>\`; where one concept alone was drawn, they lie in
\`images/concepts/<concept>\`.

## manifest.json

Name, size and SHA-256 of each file above, and the number of rows.
`;
