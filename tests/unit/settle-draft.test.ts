// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  draftName,
  EMPTY_DRAFT,
  keepDraft,
  readDraft,
  watchDrafts,
} from "@/app/(lab)/p/[project]/rating/adjudication/[grid]/_settle/settle-draft";

const MINE = draftName("mira", "grid-1");
const DRAFT = {
  chosen: new Map([
    ["image-1", "incorrect" as const],
    ["image-2", null],
  ]),
  reasons: { reason: "slip" as const, note: "the handle", isGuidelineGap: true },
};
const changed = vi.fn();
let leave: () => void;

beforeEach(() => {
  localStorage.clear();
  leave = watchDrafts(changed);
});
afterEach(() => {
  leave();
  vi.restoreAllMocks();
});

/** What a page that is opened later finds: nothing but what the browser has stored. */
const openAnew = () => window.dispatchEvent(new Event("storage"));

test("what is chosen and why outlives its page, for the same account and grid alone", () => {
  keepDraft(MINE, DRAFT);
  openAnew();

  expect(readDraft(MINE)).toEqual(DRAFT);
  expect(readDraft(draftName("jonas", "grid-1"))).toEqual(EMPTY_DRAFT);
  expect(readDraft(draftName("mira", "grid-2"))).toEqual(EMPTY_DRAFT);
});

test("what is settled or discarded leaves nothing behind", () => {
  keepDraft(MINE, DRAFT);
  keepDraft(MINE, EMPTY_DRAFT);
  openAnew();

  expect(readDraft(MINE)).toEqual(EMPTY_DRAFT);
  expect(localStorage).toHaveLength(0);
});

test("a browser that stores nothing keeps the choices as long as the page is open", () => {
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("No room", "QuotaExceededError");
  });

  keepDraft(MINE, DRAFT);

  expect(readDraft(MINE)).toEqual(DRAFT);
  expect(changed).toHaveBeenCalled();
});

test.each(["{", "null", '{"chosen":[["image-1","perhaps"]]}'])(
  "what cannot be read, %j, is no choice",
  (text) => {
    vi.spyOn(console, "warn").mockReturnValue(undefined);
    localStorage.setItem(MINE, text);
    openAnew();

    expect(readDraft(MINE)).toEqual(EMPTY_DRAFT);
  },
);
