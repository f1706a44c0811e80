import { sha256 } from "@/server/core/secret";
import { canonicalJson } from "./domain/canonical-json";
import type { GeneratorParameters, RenderInput } from "./schemas";

export type RevisionContent = {
  endpointName: string;
  method: string;
  parameters: GeneratorParameters;
  /** The content hash of the revision with the same settings and other weights, if there was one. */
  replaces?: string | undefined;
};

export const revisionHash = (content: RevisionContent): string => sha256(canonicalJson(content));

/** Covers the whole contract input, so that any change of it is another render. */
export const inputHash = (input: RenderInput): string => sha256(canonicalJson(input));

/** The hash of whatever else stands for itself: an imported revision, an imported render. */
export const hashOf = (content: Record<string, unknown>): string => sha256(canonicalJson(content));
