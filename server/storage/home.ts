import { join, resolve } from "node:path";

/** Where files live. Read from the process, not cached: `.env.example` documents the variable. */
export const storageHome = (): string => resolve(process.env.TEACUP_HOME || ".teacup");

export const blobsFolder = (): string => join(storageHome(), "blobs");
export const renditionsFolder = (): string => join(storageHome(), "renditions");
