import { z } from "zod";

const Model = z.looseObject({ name: z.string(), revision: z.string() });
const Method = z.looseObject({
  name: z.string(),
  version: z.string(),
  mode: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
});
const Asked = z.object({ method_params: z.record(z.string(), z.unknown()).default({}) });

/** What made a render's images, as its endpoint told; null: told of by nobody, as of images from before it was kept. */
export type DrawnBy = {
  model: z.infer<typeof Model> | null;
  /** All its parameters as they were resolved: what was asked, and what the endpoint filled in. */
  method: z.infer<typeof Method> | null;
};

type Answered = { answeredModel: unknown; answeredMethod: unknown };

/** A render says only what differs from the first answer of its revision, and of the parameters only what was not asked. */
export function drawnBy(render: Answered & { input: unknown }, revision: Answered): DrawnBy {
  const model = Model.safeParse(render.answeredModel ?? revision.answeredModel).data ?? null;
  const method = Method.safeParse(render.answeredMethod ?? revision.answeredMethod).data ?? null;
  const asked = Asked.safeParse(render.input).data?.method_params ?? {};
  return {
    model,
    method: method && { ...method, parameters: { ...asked, ...method.parameters } },
  };
}
