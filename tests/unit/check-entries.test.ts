import { expect, test } from "vitest";
import { checkEntries, type EntryFacts } from "@/server/import/domain/check-entries";

const MIB = 1024 * 1024;
const entry = (facts: Partial<EntryFacts>): EntryFacts => ({
  name: "one.png",
  compressed: 100,
  uncompressed: 100,
  method: 0,
  flags: 0,
  mode: 0,
  start: 0,
  end: 100,
  ...facts,
});
const inRow = (count: number, facts: Partial<EntryFacts> = {}) =>
  Array.from({ length: count }, (_, at) =>
    entry({ name: `${at}.png`, start: at * 100, end: at * 100 + 100, ...facts }),
  );

test("files one behind the other may be opened", () => {
  expect(checkEntries(inRow(100), 10_000)).toBeNull();
});

test("200,000 entries may be opened, one more may not", () => {
  expect(checkEntries(inRow(200_000), 20_000_000)).toBeNull();
  expect(checkEntries(inRow(200_001), 20_000_100)).toContain("200001 entries");
});

test.each([
  ["half of another's bytes", [entry({}), entry({ name: "two.png", start: 50, end: 150 })]],
  ["all of another's bytes", [entry({}), entry({ name: "two.png", start: 10, end: 90 })]],
  ["the directory's bytes", [entry({ end: 201 })]],
])("an entry that takes %s is refused", (_, entries) => {
  expect(checkEntries(entries, 200)).toContain("shares its bytes");
});

test("what would fill the disk is refused by what it claims", () => {
  const big = { compressed: 400 * MIB, uncompressed: 500 * MIB, method: 8 };

  expect(checkEntries(inRow(16, big), 10_000)).toBeNull();
  expect(checkEntries(inRow(17, big), 10_000)).toContain("more than 8 GB");
  expect(checkEntries(inRow(1, { uncompressed: 513 * MIB }), 100)).toContain("larger than 512 MB");
});

test("a small file may be packed as tightly as it likes, a large one not", () => {
  expect(checkEntries([entry({ compressed: 100, uncompressed: MIB })], 200)).toBeNull();
  expect(checkEntries([entry({ compressed: 100, uncompressed: MIB + 1 })], 200)).toContain("bomb");
});

test("what hides in a name is not shown as it is", () => {
  expect(checkEntries([entry({ name: "one\u202Egnp.exe" })], 200)).toContain("one�gnp.exe");
});
