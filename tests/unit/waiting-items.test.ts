import { expect, test } from "vitest";
import { isGrowing } from "@/app/(lab)/_home/waiting-items";
import type { ListedProject } from "@/server/project/list-projects";

const project = (waiting: object) => ({ waiting }) as Pick<ListedProject, "waiting">;

test("the home page reads itself anew only while prompts are being written in one of its projects", () => {
  const still = project({ promptsUnderWay: 0, openRenders: 40, toRender: 1 });

  expect(isGrowing([still, project({ promptsUnderWay: 3 })])).toBe(true);
  expect(isGrowing([still, project({ toRate: 9 })])).toBe(false);
});
