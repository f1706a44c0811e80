import type { RenderInput } from "@/server/generation/schemas";
import type { DrawnObject } from "./objects";

/** The first image: plain, by the endpoint's own rule that no objects are none. */
export function withoutObjects(input: RenderInput): RenderInput {
  const { objects: _, ...others } = input.method_params;
  return { ...input, method_params: others };
}

export const withObjects = (input: RenderInput, objects: readonly DrawnObject[]): RenderInput => ({
  ...input,
  method_params: { ...input.method_params, objects },
});
