// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { EndBar, KeyBar } from "@/app/(rate)/rate/[sitting]/_room/key-bar";
import { NoteDialog } from "@/app/(rate)/rate/[sitting]/_room/note-dialog";
import { obey } from "@/app/(rate)/rate/[sitting]/_room/obey";
import type { Notice } from "@/server/rating/domain/grid-state";
import type { RatingCommand } from "@/server/rating/domain/key-map";
import { closeRooms, openRoom, paint, shown, view } from "@/tests/support/rating-session";
import { renderPart } from "@/tests/support/render";

afterEach(closeRooms);

const preferences = { keyLayout: "block", singleKeys: true, firstPress: "incorrect" } as const;
const LEAVING: RatingCommand[] = [
  { type: "later" },
  { type: "cannotJudge" },
  { type: "next" },
  { type: "submit" },
];

test("no key leaves a grid that is still loading, and the rater hears why", async () => {
  const cells = view("a").cells.map((cell) => ({ ...cell, verdict: "correct" as const }));
  const { session, outbox } = await openRoom({ first: { ...view("a"), cells } });
  const setLayer = vi.fn();
  for (const command of LEAVING) obey(command, { session, preferences, setLayer, columns: 5 });

  expect(shown(session)).toBe("a");
  expect(setLayer).not.toHaveBeenCalled();
  expect(await outbox.pendingItems()).toEqual([]);
  expect(session.state().table?.grid.notice).toMatchObject({
    text: "This grid is still loading.",
    isShown: true,
  });

  paint(session);
  obey({ type: "cannotJudge" }, { session, preferences, setLayer, columns: 5 });
  expect(setLayer).toHaveBeenCalledWith("cannotJudge");
});

test("without a grid no key opens what would lie over the next one", async () => {
  const { session } = await openRoom();
  const setLayer = vi.fn();
  paint(session);
  session.putOff();
  expect(session.state().table).toBeNull();

  for (const type of ["note", "cannotJudge", "guidelines", "zoom"] as const) {
    obey({ type }, { session, preferences, setLayer, columns: 5 });
  }

  expect(setLayer).not.toHaveBeenCalled();
});

test("Ctrl+Enter in the note saves it, then submits; Enter alone is a new line", async () => {
  const { session } = await openRoom();
  const told: string[] = [];
  await renderPart(
    <NoteDialog
      table={session.state().table!}
      onSave={(note) => told.push(`save ${note}`)}
      onClose={() => told.push("close")}
      onSubmit={() => told.push("submit")}
    />,
  );
  const text = document.querySelector("textarea")!;
  const enter = (more: KeyboardEventInit) =>
    act(async () => {
      text.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...more }));
    });

  await enter({});
  await enter({ ctrlKey: true, repeat: true });
  expect(told).toEqual([]);
  await enter({ ctrlKey: true });

  expect(told).toEqual(["save ", "close", "submit"]);
});

const keys = { layout: "block", name: String, cell: String, detail: String } as const;
const nothing = () => {};
const barSaying = (notice: Notice | null) =>
  renderPart(
    <KeyBar
      mode="full"
      notice={notice}
      open={3}
      firstOpen={19}
      firstPress="incorrect"
      keys={keys}
      onUndo={nothing}
      onLater={nothing}
      onCannotJudge={nothing}
      onNote={nothing}
      onSubmit={nothing}
    />,
  );

test("a notice stands beside Submit for who sees, and is read aloud once only", async () => {
  const bar = await barSaying({ text: "3 open. Gone to image 19.", isShown: true });

  const notice = bar.querySelector("[data-notice]");
  expect(notice?.textContent).toBe("3 open. Gone to image 19.");
  expect(notice?.getAttribute("aria-hidden")).toBe("true");
});

test("a verdict is announced to screen readers alone: its cell shows it", async () => {
  const bar = await barSaying({ text: "Image 2 incorrect.", isShown: false });

  expect(bar.textContent).not.toContain("Image 2 incorrect.");
});

test("where nothing is left to rate the bar offers the last grid back, and nothing to submit", async () => {
  const bar = await renderPart(<EndBar onUndo={nothing} />);

  expect([...bar.querySelectorAll("button")].map((one) => one.textContent)).toEqual(["undo"]);
});
