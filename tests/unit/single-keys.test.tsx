// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { SingleKeys } from "@/app/_ui/single-keys";
import { FocusedImage } from "@/app/(rate)/rate/[sitting]/_room/focused-image";
import { GridStack } from "@/app/(rate)/rate/[sitting]/_room/grid-stack";
import { KeyBar } from "@/app/(rate)/rate/[sitting]/_room/key-bar";
import { keyRows } from "@/app/(rate)/rate/[sitting]/_room/key-rows";
import type { KeyNames } from "@/app/(rate)/rate/[sitting]/_room/use-key-labels";
import { CELL_KEYS, cellLabel, DETAIL_CODES, keyLabel } from "@/server/rating/domain/key-map";
import { closeRooms, openRoom } from "@/tests/support/rating-session";
import { renderPart } from "@/tests/support/render";

afterEach(closeRooms);

const nothing = () => {};
const keys = (layout: KeyNames["layout"]): KeyNames => ({
  layout,
  name: (code) => keyLabel(code, null),
  cell: (index) => cellLabel(CELL_KEYS[layout][index]!, null),
  detail: (name) => keyLabel(DETAIL_CODES[layout][name], null),
});
const capsIn = (place: Element) =>
  [...place.querySelectorAll("kbd")].map(({ textContent }) => textContent);

test.each(["block", "digits"] as const)(
  "with single keys switched off no key of the %s is promised: images have their numbers",
  async (layout) => {
    const { session } = await openRoom();
    const said = { keys: keys(layout), firstPress: "incorrect" } as const;

    const room = await renderPart(
      <SingleKeys areOn={false}>
        <GridStack session={session} columns={5} {...said} />
        <FocusedImage table={session.state().table!} onAct={nothing} {...said} />
      </SingleKeys>,
    );

    expect(capsIn(room)).toEqual([]);
    expect(room.querySelector('[data-index="16"] b')?.textContent).toBe("17");
    expect(room.textContent).not.toContain("for full size");
  },
);

test("a verdict that takes two presses prints two caps, so that 1 and 1 do not read as eleven", async () => {
  const { session } = await openRoom();
  const room = await renderPart(
    <FocusedImage
      table={session.state().table!}
      onAct={nothing}
      keys={keys("block")}
      firstPress="incorrect"
    />,
  );
  const capsOn = (verdict: string) =>
    capsIn([...room.querySelectorAll("button")].find((one) => one.textContent?.includes(verdict))!);
  expect(capsOn("Incorrect")).toEqual(["1"]);
  expect(capsOn("Correct")).toEqual(["1", "1"]);
});

test("with single keys switched off the bar below the grid names the keys that still work", async () => {
  const bar = await renderPart(
    <SingleKeys areOn={false}>
      <KeyBar
        mode="full"
        notice={null}
        open={3}
        firstOpen={19}
        firstPress="incorrect"
        keys={keys("block")}
        onUndo={nothing}
        onLater={nothing}
        onCannotJudge={nothing}
        onNote={nothing}
        onSubmit={nothing}
      />
    </SingleKeys>,
  );

  expect(capsIn(bar)).toEqual(["Space", "Ctrl+Z", ""]);
  expect(bar.querySelector("kbd svg")?.getAttribute("aria-label")).toBe("Enter");
  expect(bar.textContent).toContain("Enter goes to image 19");
});

test("with single keys switched off the sheet lists what still works, arrows among it", () => {
  const listed = keyRows(keys("block"), false).flatMap(([names]) => names);

  expect(listed).toEqual([
    ...["←", "↑", "→", "↓", "Home", "End", "Space", "Enter", "⇧Enter", "PgUp", "PgDn", "Ctrl+Z"],
    ...["Ctrl+Y", "Ctrl+⇧Z", "Esc"],
  ]);
  expect(keyRows(keys("block"), true).length).toBeGreaterThan(15);
});
