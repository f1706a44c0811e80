import { z } from "zod";
import {
  HealthCheck,
  Prediction,
  PredictionRequest,
  Refusal,
  RenderInput,
  RenderOutput,
} from "./schemas";

const inputOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input" });

/** The contract as JSON Schema, for people who write endpoints in another language. */
export const JSON_SCHEMAS = {
  "render-input": inputOf(RenderInput),
  "render-output": inputOf(RenderOutput),
  "prediction-request": inputOf(PredictionRequest),
  prediction: inputOf(Prediction),
  "health-check": inputOf(HealthCheck),
  refusal: inputOf(Refusal),
};
