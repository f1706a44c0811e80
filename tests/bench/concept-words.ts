// Words of everyday things, so that concepts share words and trigrams the way real ones do.
const QUALITIES =
  "red blue green golden wooden iced hot warm cold tiny giant striped knitted woollen glass paper plastic porcelain rusty shiny old new broken folded frozen melted velvet leather silver copper round square tall narrow soft hard wet dry fresh rotten painted carved inflatable transparent checkered dotted quilted embroidered burnt smoked salted sweet bitter sparkling fluffy furry hairless winged armoured wheeled floating sunken antique modern rustic Victorian medieval tropical arctic".split(
    " ",
  );
const THINGS =
  "cup mug bowl glass vase bottle jar kettle pan plate spoon fork knife ladle tray basket box bag suitcase backpack hat cap helmet scarf glove sock boot shoe coat jacket jumper dress skirt shirt tie belt ring watch clock lamp candle torch mirror chair stool bench table desk bed sofa pillow blanket carpet curtain door window gate fence bridge tower castle house tent hut igloo barn church car bus tram train bicycle scooter boat ship canoe raft plane kite balloon rocket horse cow goat sheep pig dog cat rabbit mouse hamster bear wolf fox deer moose camel lion tiger zebra giraffe elephant monkey penguin owl eagle parrot swan duck goose frog turtle snake lizard fish shark whale dolphin octopus crab snail spider bee ant butterfly apple pear plum peach cherry banana lemon orange melon grape strawberry tomato potato carrot onion pumpkin mushroom bread cake pie cookie cheese butter egg soup salad pizza burger noodle rice tea coffee coke beer wine milk juice water piano violin guitar drum trumpet flute harp book pencil brush scissors hammer saw nail screw rope net umbrella ladder bucket broom".split(
    " ",
  );
const PLACES =
  "on a table,in the snow,under water,made of glass,with a lid,full of sand,for children,without a handle".split(
    ",",
  );

/** Concepts in a fixed random order; the more are wanted, the more of them take a place or a second quality. */
export function conceptWords(size: number) {
  let state = size >>> 0;
  const below = (limit: number) => {
    // A linear congruence is random enough for a bench, and the same every time.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = (words: readonly string[]) => words[below(words.length)] ?? "";
  const concept = () => {
    const kind = below(10);
    if (kind < 1) return pick(THINGS);
    if (kind < 5) return `${pick(QUALITIES)} ${pick(THINGS)}`;
    if (kind < 8) return `${pick(QUALITIES)} ${pick(QUALITIES)} ${pick(THINGS)}`;
    if (kind < 9) return `${pick(QUALITIES)} ${pick(THINGS)} ${pick(PLACES)}`;
    return `${pick(THINGS)} ${pick(THINGS)}`;
  };
  return { concept, below };
}
