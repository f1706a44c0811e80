import { expect, test } from "vitest";
import { levelsTable } from "@/server/demo/levels-table";

test("each pair is shown with its Levels before and after, then how many are at each Level", () => {
  const table = levelsTable({
    number: 1,
    generators: ["Tiny World", "Tiny World + MoCE"],
    pairs: [
      { pair: "iced coke × tea cup", levels: [5, 3] },
      { pair: "owl × beach", levels: [4, null] },
      { pair: "milk × jar", levels: [5, 1] },
    ],
  });

  expect(table).toBe(`pair                 at first  Tiny World  Tiny World + MoCE
iced coke × tea cup         5           5                  3
owl × beach                 5           4                  -
milk × jar                  5           5                  1

pairs at           Level 1  Level 2  Level 3  Level 4  Level 5
at first                 0        0        0        0        3
Tiny World               0        0        0        1        2
Tiny World + MoCE        1        0        1        0        0`);
});
