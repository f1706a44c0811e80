import type { RevisionSettings } from "../schemas";

/** What a new project can be given: a small diffusion model with its repairs, or clip art. Both run on this machine. */
export const DEFAULT_GENERATORS = ["tiny-world", "sketch"] as const;
export type DefaultGenerators = (typeof DEFAULT_GENERATORS)[number];

export type NamedGenerator = { name: string; content: RevisionSettings };

/** The first of each is the generator under test until a run says otherwise. */
export const GENERATORS: Record<DefaultGenerators, readonly [NamedGenerator, ...NamedGenerator[]]> =
  {
    "tiny-world": [
      tinyWorld("Tiny World", "tiny-world", "plain"),
      tinyWorld("Tiny World + MoCE", "tiny-world-moce", "moce"),
      tinyWorld(
        "Tiny World + ConceptDiffusion",
        "tiny-world-concept-diffusion",
        "concept_diffusion",
      ),
    ],
    sketch: [
      {
        name: "Sketch simulator",
        content: {
          endpointName: "sketch",
          method: "sketch",
          parameters: {
            negative_prompt: "",
            steps: 1,
            guidance_scale: 1,
            width: 512,
            height: 512,
            scheduler: "none",
            method_params: {},
          },
        },
      },
    ],
  };

/** Equal but for the method, so that a comparison of two compares methods. */
function tinyWorld(name: string, endpointName: string, method: string): NamedGenerator {
  return {
    name,
    content: {
      endpointName,
      method,
      parameters: {
        negative_prompt: "",
        steps: 20,
        guidance_scale: 5,
        // The only size that its VAE was trained at.
        width: 64,
        height: 64,
        scheduler: "",
        method_params: {},
      },
    },
  };
}
