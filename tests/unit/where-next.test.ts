import { expect, test } from "vitest";
import { whereNext } from "@/app/(rate)/rate/where-next";

const queue = (project: string, given: object = {}) => ({
  project,
  name: project.toUpperCase(),
  open: 0,
  begun: 0,
  refusal: null,
  role: "researcher" as const,
  ...given,
});

test("a rater with nothing left here is led to the other projects that have grids for them", () => {
  const queues = [
    queue("here", { open: 3 }),
    queue("done"),
    queue("one", { open: 1 }),
    queue("many", { open: 7 }),
    queue("used-up", { open: 2, refusal: "Your time is used up." }),
    queue("begun", { open: 2, begun: 1, refusal: "Your time is used up." }),
  ];

  expect(whereNext(queues, "here").others).toEqual([
    { project: "one", words: "ONE: 1 grid waits" },
    { project: "many", words: "MANY: 7 grids wait" },
    { project: "begun", words: "BEGUN: 2 grids wait" },
  ]);
});

test("only who may see Levels is led to them", () => {
  expect(whereNext([queue("here")], "here")).toEqual({ others: [], seesLevels: true });
  expect(whereNext([queue("here", { role: "expert" })], "here").seesLevels).toBe(false);
  expect(whereNext([], "here").seesLevels).toBe(false);
});
