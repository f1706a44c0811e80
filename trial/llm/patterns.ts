import { type LexiconFamily, lexicon } from "@/server/mining/domain/offline/lexicon";

/** The patterns of this world by name: the contents of one family with the hosts of another, or of their own. */
export type Families = { contents: LexiconFamily; hosts: LexiconFamily };

const JOINT = " with ";
const [CONTENTS, HOSTS] = [0, 1];
const wordOf = (family: LexiconFamily, side: number) => family.label.split(" and ")[side] ?? "";

export const patternName = ({ contents, hosts }: Families): string =>
  `${wordOf(contents, CONTENTS)}${JOINT}${wordOf(hosts, HOSTS)}`;

export const ownPattern = (family: LexiconFamily): Families => ({
  contents: family,
  hosts: family,
});

/** Two merged patterns cross over: the contents of each with the hosts of the other. */
export const crossed = (one: Families, other: Families): Families[] => [
  { contents: one.contents, hosts: other.hosts },
  { contents: other.contents, hosts: one.hosts },
];

/** What a name means to who knows the world. */
export function readPattern(name: string): Families {
  const [one, other] = name.split(JOINT);
  const contents = lexicon.families.find((family) => wordOf(family, CONTENTS) === one);
  const hosts = lexicon.families.find((family) => wordOf(family, HOSTS) === other);
  if (!contents || !hosts) throw new Error(`The scripted LLM knows no pattern ${name}`);
  return { contents, hosts };
}
