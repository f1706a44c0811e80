import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { ExportContents } from "@/server/release/count-contents";
import { many } from "./words";

export type ContentsProps = { contents: ExportContents };

/** What the archive will hold, file by file. */
export function Contents({ contents }: ContentsProps) {
  const files = [
    {
      name: "pairs.jsonl",
      amount: many(contents.pairs, "pair"),
      says: "The whole chain of each pair: pattern, LLM calls, prompts, first looks, seeds, image hashes, Levels, decisions.",
    },
    {
      name: "pairs.csv",
      amount: many(contents.acceptedPairs, "accepted pair"),
      says: "Concepts, latent concept and pattern. It can be imported again.",
    },
    {
      name: "authors.json",
      amount: many(contents.acceptedPairs, "accepted pair"),
      says: "Rows of A, B and prompt[], the shape of the published LC-Mis data.",
    },
    {
      name: "levels.csv",
      amount: apart(contents.levels, contents.simulatedLevels, "Level"),
      says: "One line per Level with its count, interval and rule: each rater's, and the one of record.",
    },
    {
      name: "looks.csv",
      amount: many(contents.looks, "quick look"),
      says: "First looks at pairs and at concepts alone: who judged, what was seen, what came of it.",
    },
    {
      name: "verdicts.csv",
      amount: apart(contents.verdicts, contents.simulatedVerdicts, "verdict"),
      says: "One line per image and rater, raters under pseudonyms. verdict-events.csv adds what was taken back.",
    },
    {
      name: "votes.csv, adjudications.csv",
      amount: "",
      says: "Votes of each image, its final verdict and where that comes from; every last word with its reason.",
    },
    {
      name: "agreement.json",
      amount: "",
      says: "Alpha, AC1, Fleiss, Cohen and raw shares with their intervals; the README has them as a table.",
    },
    {
      name: "comparisons.json",
      amount: "",
      says: "Level-5 pairs drawn anew by several generators: Levels, costs and tests of each comparison.",
    },
    {
      name: "judges.json",
      amount: "",
      says: "Automatic judges against people: counts of both, sensitivity, specificity, corrected shares.",
    },
    {
      name: "raters.csv, sittings.csv",
      amount: "",
      says: "Pace, silent repeats and gold of each rater, under a pseudonym; every sitting with its times.",
    },
    {
      name: "rounds.csv, guidelines.json",
      amount: "",
      says: "When was rated, and by which text.",
    },
    {
      name: "images/",
      amount: many(contents.images, "original"),
      says: "As the generator returned them, never encoded again.",
    },
    {
      name: "README.md, manifest.json",
      amount: "",
      says: "Every column explained; size and SHA-256 of every file.",
    },
  ];
  return (
    <section className="mb-6">
      <h2 className="mb-2">What will be in it</h2>
      <Table
        label="What an export holds"
        head={
          <>
            <Th>File</Th>
            <Th>Holds now</Th>
            <Th>What it is</Th>
          </>
        }
      >
        {files.map((file) => (
          <Tr key={file.name}>
            <Td className="font-mono text-12 whitespace-nowrap text-ink">{file.name}</Td>
            <Td className="whitespace-nowrap">{file.amount}</Td>
            <Td className="text-ink-3">{file.says}</Td>
          </Tr>
        ))}
      </Table>
    </section>
  );
}

/** People's and simulators' are counted apart everywhere. */
function apart(all: number, simulated: number, thing: string): string {
  if (simulated === 0) return many(all, thing);
  if (simulated === all) return `${many(all, thing)}, all simulated`;
  return `${many(all - simulated, thing)} by people, ${simulated} simulated`;
}
