import { z } from "zod";
import {
  FilteredOutput,
  HealthCheck,
  Prediction,
  PredictionRequest,
  Refusal,
  RenderInput,
} from "./schemas";
import { ScoreInput, ScoreOutput } from "./score-schemas";
import { TagInput, TagOutput } from "./tag-schemas";

const inputOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input" });

/** The contract as JSON Schema, for people who write endpoints in another language. */
export const JSON_SCHEMAS = {
  "render-input": inputOf(RenderInput),
  "render-output": inputOf(FilteredOutput),
  "score-input": inputOf(ScoreInput),
  "score-output": inputOf(ScoreOutput),
  "tag-input": inputOf(TagInput),
  "tag-output": inputOf(TagOutput),
  "prediction-request": inputOf(PredictionRequest),
  prediction: inputOf(Prediction),
  "health-check": inputOf(HealthCheck),
  refusal: inputOf(Refusal),
};
