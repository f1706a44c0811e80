// Words whose plural no rule reaches, and words that only look like plurals.
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    axes: "axe",
    buses: "bus",
    cacti: "cactus",
    calves: "calf",
    children: "child",
    dice: "die",
    elves: "elf",
    feet: "foot",
    gases: "gas",
    geese: "goose",
    halves: "half",
    hooves: "hoof",
    knives: "knife",
    leaves: "leaf",
    lenses: "lens",
    lives: "life",
    loaves: "loaf",
    men: "man",
    mice: "mouse",
    octopi: "octopus",
    oxen: "ox",
    people: "person",
    quizzes: "quiz",
    scarves: "scarf",
    shelves: "shelf",
    snowmen: "snowman",
    teeth: "tooth",
    thieves: "thief",
    vertices: "vertex",
    wives: "wife",
    wolves: "wolf",
    women: "woman",
  }),
);
const NEVER_PLURAL = new Set([...IRREGULAR.values(), "always", "perhaps", "series", "species"]);
const KEEPS_E =
  /^(?:aloe|avalanche|brioche|cache|canoe|doe|floe|foe|hoe|headache|horseshoe|moustache|mustache|oboe|quiche|shoe|toe)s$/;
const KEEPS_IE =
  /^(?:birdie|brownie|calorie|cookie|genie|hoodie|movie|pixie|prairie|rookie|selfie|smoothie|zombie)s$/;

/** The singular of one lower-case English word. Applying it twice changes nothing. */
export function singular(word: string): string {
  if (NEVER_PLURAL.has(word)) return word;
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  if (word.length < 4 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  if (KEEPS_E.test(word) || KEEPS_IE.test(word)) return word.slice(0, -1);
  if (/(?:ss|sh|ch|x|zz|o|\w{2}[^aeo]us)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  return word.slice(0, -1);
}
