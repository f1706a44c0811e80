import { expect, test } from "vitest";
import { decodeAs, decodeText } from "@/server/import/domain/decode-text";
import { parseTable } from "@/server/import/domain/parse-table";
import { readImport } from "@/server/import/domain/read-import";
import { detectDelimiter } from "@/server/import/domain/read-table";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, mark: boolean) =>
  new Uint8Array(Buffer.from((mark ? "\uFEFF" : "") + text, "utf16le"));
const TEXT = "concept_a,concept_b\ncafé au lait,jug\n";

test.each([
  ["UTF-8", utf8(TEXT), "utf-8"],
  ["UTF-8 with a mark", utf8(`\uFEFF${TEXT}`), "utf-8"],
  ["UTF-16 with a mark", utf16(TEXT, true), "utf-16le"],
  ["UTF-16 without one", utf16(TEXT, false), "utf-16le"],
  ["UTF-16 big-endian", bigEndian(TEXT), "utf-16be"],
])("%s is recognised", (_, bytes, encoding) => {
  expect(decodeText(bytes)).toEqual({ encoding, text: TEXT });
});

function bigEndian(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le").swap16());
}

test("Latin-1 is asked for, never guessed", () => {
  const bytes = new Uint8Array(Buffer.from(TEXT, "latin1"));

  expect(decodeText(bytes)).toBeNull();
  expect(decodeAs(bytes, "windows-1252")?.text).toBe(TEXT);
});

test.each([
  ["concept_a,concept_b", ","],
  ["concept_a;concept_b;latent", ";"],
  ["A\tB", "\t"],
  ['"first";"second"', ";"],
] as const)("the header %j is parted by %j", (header, delimiter) => {
  expect(detectDelimiter(`${header}\nmilk,cup;x\ty`)).toBe(delimiter);
});

test.each(["concept_a,concept_b", "A,B", "first,second", "Concept A,Concept B", "id,second,first"])(
  "the header %j names both concepts",
  (header) => {
    const row = header.startsWith("id") ? "7,cup,milk" : "milk,cup";
    expect(readImport(`${header}\n${row}`)).toMatchObject({
      problem: null,
      items: [{ line: 2, a: "milk", b: "cup" }],
    });
  },
);

test.each(["latent", "expected", "Expected instead"])("%j is the latent concept", (header) => {
  expect(readImport(`A,B,${header}\nmilk,cup,jug`)).toMatchObject({
    leftOut: [],
    items: [{ a: "milk", b: "cup", latent: "jug" }],
  });
  expect(readImport(JSON.stringify([{ A: "milk", B: "cup", [header]: "jug" }]))).toMatchObject({
    items: [{ latent: "jug" }],
  });
});

test("each column that is not read is named, also a second one of the same meaning", () => {
  expect(readImport("id,A,B,latent,expected,\n7,milk,cup,jug,mug,").leftOut).toEqual([
    "the columns “id”, “expected”: not read",
  ]);
  expect(readImport("A,B,note\nmilk,cup,x").leftOut).toEqual(["the column “note”: not read"]);
});

test("a missing column names what was found and what to write", () => {
  const { problem, items } = readImport("concept_a,container\nmilk,cup");

  expect(items).toEqual([]);
  expect(problem?.line).toBe(1);
  expect(problem?.reason).toContain("no column concept_b");
  expect(problem?.reason).toContain("concept_a, container");
});

test("a quote that never closes names the line it opens on", () => {
  const { problem } = readImport('a,b\nmilk,cup\n"tea\npot,jar\nsoup,bowl\n');

  expect(problem).toEqual({ line: 3, reason: "A quote opens here and is never closed" });
});

test("text after a closing quote names its line", () => {
  expect(readImport('a,b\nmilk,"cup" x\n').problem?.line).toBe(2);
});

test("quoted line breaks keep the lines of later rows right", () => {
  const { rows } = parseTable('a,b\r\n"one\r\ntwo",x\r\n\r\ny,"say ""hi"""\r\n', ",");

  expect(rows).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 2, cells: ["one\r\ntwo", "x"] },
    { line: 5, cells: ["y", 'say "hi"'] },
  ]);
});

test("a formula is refused, one that an export made harmless is read back", () => {
  const { items } = readImport("a,b\n=cmd|x,cup\n'=cmd|x,cup\n");

  expect(items[0]).toMatchObject({ problem: expect.stringContaining("spreadsheet formula") });
  expect(items[1]).toMatchObject({ a: "=cmd|x", problem: null });
});

test("a row with too many cells says so", () => {
  expect(readImport("a,b\nmilk,cup,extra").items[0]?.problem).toBe(
    "It has 3 cells; the header has 2",
  );
});

test.each([
  ["", "The file is empty"],
  ["a,b\n", "There is a header but no pair below it"],
  ["a,b\nmil\u0000k,cup", "This is not a text file"],
  ["[1, 2", "This is not a JSON array"],
])("%j as a whole: %s", (text, reason) => {
  expect(readImport(text).problem?.reason).toBe(reason);
});

test.each([
  ["an array", '[{"A": "milk", "B": "cup", "prompt": ["milk in a cup"]}]'],
  ["one object a line", '{"A": "milk", "B": "cup", "prompt": ["milk in a cup"]}\n'],
])("the authors' shape is read as %s", (_, text) => {
  expect(readImport(text)).toMatchObject({
    format: "rows",
    problem: null,
    items: [{ line: 1, a: "milk", b: "cup", promptSets: [["milk in a cup"]] }],
  });
});

test("a JSON row without B says so", () => {
  expect(readImport('[{"A": "milk"}]').items[0]?.problem).toBe("B is missing or not a text");
});
