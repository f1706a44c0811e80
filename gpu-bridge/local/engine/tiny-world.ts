import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RenderInput } from "../../contract/schemas";
import { ScoreInput } from "../../contract/score-schemas";
import { vocabularyOf } from "../scene/vocabulary";
import type { Ready } from "../serve/endpoint";
import { Lexicon } from "../world-schemas";
import type { Method, ModelAbout } from "./asking";
import { makeClipScore } from "./clipscore";
import { around, describeMethod } from "./describe";
import { draw } from "./draw";
import { readEndpointFile } from "./endpoint-file";
import { CONCEPT_DIFFUSION } from "./methods/concept-diffusion";
import { MOCE } from "./methods/moce";
import { PLAIN } from "./methods/plain";
import type { Generator } from "./model";
import { filesBelow, hashOfFiles, type ModelFolder, openModelFolder } from "./model-folder";
import { type Networks, openNetworks } from "./networks";
import { judge, ORACLE, type Oracle } from "./oracle";
import type { Parameters } from "./parameters";
import { SchedulerConfig } from "./schedule";
import { Marks, makeTokenizer, WordTokenizer } from "./tokenizer";

const TOKENIZER = "generator/tokenizer/tokenizer.json";
export const TITLE = "Tiny World";
const GENERATOR = "generator";

/** By the base of each endpoint's address. */
export type TinyWorld = Record<"/plain" | "/moce" | "/concept-diffusion" | "/oracle", Ready>;

/** @throws Error that names what is missing or damaged, in a sentence. */
export async function openTinyWorld(path: string, threads: number): Promise<TinyWorld> {
  const folder = await openModelFolder(path);
  const networks = await openNetworks(folder, threads);
  const words = folder.jsonOf(TOKENIZER, WordTokenizer);
  const marks = folder.jsonOf("generator/tokenizer/tokenizer_config.json", Marks);
  const generator = { networks, tokenize: makeTokenizer(words, marks), kept: new Map() };
  return {
    "/plain": drawing(folder, generator, "plain.toml", PLAIN),
    "/moce": drawing(folder, generator, "moce.toml", MOCE),
    "/concept-diffusion": drawing(folder, generator, "concept-diffusion.toml", CONCEPT_DIFFUSION),
    "/oracle": judging(folder, networks),
  };
}

function drawing<P extends Parameters>(
  folder: ModelFolder,
  generator: Generator,
  name: string,
  method: Method<P>,
): Ready {
  const file = readEndpointFile(folder, name);
  if (file.method !== method.name) {
    throw new Error(`${folder.pathOf(name)} names the method ${file.method}, not ${method.name}.`);
  }
  const scheduler = folder.jsonOf("generator/scheduler/scheduler_config.json", SchedulerConfig);
  const { clipscore: settings } = file.scorer;
  const dual = aboutOf(folder, "dual");
  const scorer = settings ? makeClipScore(folder, generator.networks, settings, dual) : null;
  const base = aboutOf(folder, GENERATOR);
  // Whatever decides what is drawn: a search follows its scorer.
  const about = scorer
    ? {
        ...base,
        scorers: [scorer.about],
        weights_hash: `${base.weights_hash}+${dual.weights_hash}`,
      }
    : base;
  const drawer = { file, method, generator, scheduler, scorer, about };
  return {
    model: about,
    methods: [{ name: method.name, version: method.version }],
    openApi: describeMethod(method, file, { concepts: conceptsOf(folder), words: wordsIn(folder) }),
    run: (input, signal) => draw(drawer, RenderInput.parse(input), signal),
  };
}

function judging(folder: ModelFolder, networks: Networks): Ready {
  const lexicon = readLexicon();
  const oracle: Oracle = {
    networks,
    // What it was never shown it cannot miss: a family that is not learnt is abstained on.
    vocabulary: vocabularyOf({ lexicon: learntIn(folder) }),
    classes: {
      contents: lexicon.families.flatMap(({ contents }) => contents.map(({ name }) => name)),
      hosts: lexicon.families.flatMap(({ hosts }) => hosts.map(({ name }) => name)),
    },
    about: aboutOf(folder, "oracle"),
  };
  const judges = [modelName(GENERATOR)];
  return {
    model: oracle.about,
    methods: [],
    openApi: around("score-input", `${TITLE}: the oracle`, {}, { scorers: [ORACLE], judges }),
    run: (input, signal) => judge(oracle, ScoreInput.parse(input), signal),
  };
}

const modelName = (part: string) => `${TITLE}: ${part}`;

function aboutOf({ about }: ModelFolder, part: string): ModelAbout {
  const files = filesBelow(about, part);
  const revision = `${about.families.join("+")}, seed ${about.seed}`;
  return { name: modelName(part), revision, weights_hash: hashOfFiles(files), files };
}

/** What of the learnt families can be drawn, by the names that people know. */
function conceptsOf(folder: ModelFolder): string[] {
  const { families } = learntIn(folder);
  const names = families.flatMap(({ contents, hosts }) => [...contents, ...hosts]);
  return [...new Set(names.map(({ name }) => name))];
}

/** The lexicon, of the families alone that the folder's networks have learnt. */
function learntIn({ about }: ModelFolder) {
  const lexicon = readLexicon();
  return { ...lexicon, families: lexicon.families.filter(({ id }) => about.families.includes(id)) };
}

/** Whatever the text encoder knows. */
function wordsIn(folder: ModelFolder): string[] {
  const { model, added_tokens } = folder.jsonOf(TOKENIZER, WordTokenizer);
  const marks = new Set(added_tokens.map(({ content }) => content));
  return Object.keys(model.vocab).filter((word) => !marks.has(word));
}

const readLexicon = () =>
  Lexicon.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, "../data/lexicon.json"), "utf8")),
  );
