import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { AppError } from "@/server/core/errors";

// 64 MiB and about 0.2 s a guess. The costs stand in each hash, so that raising them later leaves
// older passwords valid.
const COST = { N: 2 ** 16, r: 8, p: 2 };
const KEY_BYTES = 32;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await deriveKey(password, salt, COST);
  const { N, r, p } = COST;
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = hash.split("$");
  if (scheme !== "scrypt" || !salt || !key) throw new Error("A stored password hash is malformed");
  const expected = Buffer.from(key, "base64url");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return timingSafeEqual(await deriveKey(password, Buffer.from(salt, "base64url"), cost), expected);
}

/** Costs as much as a real comparison: an unknown mail must not answer faster. */
export async function pretendToMatch(password: string): Promise<false> {
  await deriveKey(password, Buffer.alloc(16), COST);
  return false;
}

// A flood of guesses must neither take the memory of the whole machine nor wait without end.
const MAX_PARALLEL = 2;
const MAX_WAITING = 50;
let running = 0;
const waiting: (() => void)[] = [];

async function deriveKey(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  if (waiting.length >= MAX_WAITING) {
    throw new AppError(
      "TOO_MANY",
      "Too many people sign in right now. Please try again in a minute",
    );
  }
  if (running >= MAX_PARALLEL) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await scryptKey(password.normalize("NFKC"), salt, {
      ...cost,
      maxmem: 256 * cost.N * cost.r,
    });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

const scryptKey = (password: string, salt: Buffer, options: ScryptOptions) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
