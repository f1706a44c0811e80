import { expect, test } from "vitest";
import { outsideOf, outsideVocabulary } from "@/server/generation/domain/vocabulary";

const WORLD = { concepts: ["iced coke", "tea cup", "Fish-Bowl"] };

test.each<[(string | null)[], string[]]>([
  [["iced coke", "tea cup"], []],
  // What is one concept to the search for twins is one here.
  [["an Iced Coke", "teacups", "fish bowl"], []],
  [["tea cup", "samovar"], ["samovar"]],
  [
    ["a snow globe", "snow globes", " opal ", "samovar"],
    ["a snow globe", "opal", "samovar"],
  ],
  [["", "  ", null], []],
  // The field says that it is too long: nobody reads it here once more.
  [["tea cup", "samovar ".repeat(20)], []],
  // A part of a name is another thing.
  [
    ["cup", "cracked tea cup"],
    ["cup", "cracked tea cup"],
  ],
])("of %j it does not know %j", (asked, strange) => {
  expect(outsideVocabulary(WORLD, asked)).toEqual(strange);
});

test("a list asks of each of its concepts, however another row spells it", () => {
  const isOutside = outsideOf(WORLD);

  expect(["a snow globe", "snow globes", "Teacups", " "].map(isOutside)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
