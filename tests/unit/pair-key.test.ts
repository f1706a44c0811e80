import { expect, test } from "vitest";
import { checkPair, findPairProblem } from "@/server/mining/domain/check-pair";
import { comparableWords, conceptKey } from "@/server/mining/domain/concept";
import { pairKey } from "@/server/mining/domain/pair-key";
import { seededDraws } from "@/server/mining/domain/random";
import { singular } from "@/server/mining/domain/singular";

test.each([
  ["a Tea-Cup", "tea cups"],
  ["teacup", "tea cup"],
  ["the wine glasses", "Wine Glass"],
  ["knives and forks", "a knife and a fork"],
  ["cherries", "cherry"],
  ["ice floes", "ice floe"],
  ["tomatoes", "tomato"],
  ["shoes", "shoe"],
  ["cookies", "cookie"],
  ["walruses", "walrus"],
  ["houses", "house"],
  ["children", "child"],
  ["ｆｉｓｈ　ｂｏｗｌ", "fish bowl"],
  ["the lion's den", "lion den"],
  ["  Red   Wine ", "red wine"],
])("“%s” and “%s” are one concept", (one, other) => {
  expect(conceptKey(one)).toBe(conceptKey(other));
});

test.each([
  ["tea", "tea cup"],
  ["glass", "glue"],
  ["cactus", "cacto"],
  ["vitamin a", "vitamin"],
  ["茶碗", "茶"],
])("“%s” and “%s” are two concepts", (one, other) => {
  expect(conceptKey(one)).not.toBe(conceptKey(other));
});

test("the key of a pair knows no order", () => {
  expect(pairKey("iced coke", "a tea cup")).toBe(pairKey("teacups", "Iced Coke"));
});

test("the parts of a key cannot run into each other", () => {
  expect(pairKey("tea cup", "iced coke")).not.toBe(pairKey("coke cup", "iced tea"));
  expect(pairKey("ab", "c")).not.toBe(pairKey("a", "bc"));
});

const ENDINGS = ["s", "es", "ies", "ves", "ss", "us", "oes", "ches", "xes", "ases", "is", "y", ""];

test("normalising what is normalised changes nothing, whatever the word", () => {
  const draw = seededDraws(7);
  const letters = "abcdefghilmnoprstuvz";
  for (let round = 0; round < 5000; round += 1) {
    const stem = Array.from(
      { length: 1 + Math.floor(draw() * 6) },
      () => letters[Math.floor(draw() * letters.length)],
    ).join("");
    const word = stem + ENDINGS[Math.floor(draw() * ENDINGS.length)];
    const once = singular(word);
    expect(singular(once), word).toBe(once);
    expect(conceptKey(comparableWords(word).join(" ")), word).toBe(conceptKey(word));
  }
});

test.each([
  [{ a: "", b: "cup" }, "a", "Concept A is empty"],
  [{ a: "milk", b: "!!!" }, "b", "Concept B has no word in it"],
  [{ a: "Milk", b: "the milks" }, "b", "A and B are the same concept"],
  [{ a: "x".repeat(121), b: "cup" }, "a", "Concept A is longer than 120 characters"],
  [{ a: "milk", b: "cup", latent: "cups" }, "latent", "The latent concept is A or B itself"],
])("%j is no pair for its words %s: %s", (pair, field, says) => {
  expect(findPairProblem(pair)).toEqual({ field, says });
  expect(checkPair(pair)).toBe(says);
});

test("a good pair has nothing wrong with it", () => {
  expect(checkPair({ a: "iced coke", b: "tea cup", latent: "glass" })).toBeNull();
  expect(checkPair({ a: "iced coke", b: "tea cup" })).toBeNull();
});
