import Papa from "papaparse";
import { expect, test } from "vitest";
import { csvLine, neutralise, restoreText } from "@/server/core/csv";

const DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=cmd|" /C calc"!A0'];
const HARMLESS = ["tea cup", "", "it's", "'quoted'", "a=b", "5 > 3", "'", "naïve café", "茶碗"];
const TRICKY = ["'=1", "''=1", "'-", 'say "hi", she said', "two\nlines", "two\r\nlines", " space "];

test.each(DANGEROUS)("the cell %j starts with an apostrophe in a spreadsheet", (text) => {
  expect(neutralise(text)).toBe(`'${text}`);
});

test.each(HARMLESS)("the cell %j stays as it is", (text) => {
  expect(neutralise(text)).toBe(text);
});

test.each([...DANGEROUS, ...HARMLESS, ...TRICKY])(
  "the text %j survives the way out and back",
  (text) => {
    expect(restoreText(neutralise(text))).toBe(text);
  },
);

test("a line written by us is read by a CSV parser as the same cells", () => {
  const cells = [...DANGEROUS, ...HARMLESS, ...TRICKY];

  const [row] = Papa.parse<string[]>(csvLine(cells)).data;

  expect(row?.map(restoreText)).toEqual(cells);
});

test("numbers, moments and gaps are written plainly", () => {
  const moment = new Date("2026-11-03T10:00:00.000Z");

  expect(csvLine([-3, 0.5, true, null, moment, "a,b"])).toBe(
    '-3,0.5,true,,2026-11-03T10:00:00.000Z,"a,b"\r\n',
  );
});
