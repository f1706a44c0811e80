import { JSON_SCHEMAS } from "../contract/json-schemas";
import { CONTRACT_VERSION } from "../contract/schemas";
import { SIMULATOR } from "./render-prompt";

const NO_PARAMETERS = { type: "object", properties: {}, additionalProperties: false };
const json = (schema: object) => ({ content: { "application/json": { schema } } });
const answers = (description: string, schema: object) => ({ description, ...json(schema) });
const ID = { name: "prediction_id", in: "path", required: true, schema: { type: "string" } };

/** The routes of the contract as OpenAPI 3.1, and `concepts`, all that it can draw. */
export function openApi(concepts: readonly string[]) {
  const refusal = (description: string) => answers(description, JSON_SCHEMAS.refusal);
  return {
    openapi: "3.1.0",
    info: { title: SIMULATOR.name, version: SIMULATOR.version },
    // Its only method has no parameters.
    "x-teacup": {
      contract_version: CONTRACT_VERSION,
      method: { name: SIMULATOR.method, version: SIMULATOR.version, title: SIMULATOR.name },
      vocabulary: { concepts },
    },
    components: { schemas: { MethodParams: NO_PARAMETERS } },
    paths: {
      "/health-check": {
        get: {
          summary: "Whether it is ready, and what it is",
          responses: { 200: answers("Its state", JSON_SCHEMAS["health-check"]) },
        },
      },
      "/predictions/{prediction_id}": {
        put: {
          summary: "Draws one prompt at several seeds; answers when the images are there",
          parameters: [ID],
          requestBody: { required: true, ...json(JSON_SCHEMAS["prediction-request"]) },
          responses: {
            200: answers("The prediction, also a failed one", JSON_SCHEMAS.prediction),
            409: refusal("Busy"),
            422: refusal("Bad input"),
            503: refusal("Not ready"),
          },
        },
      },
      "/predictions/{prediction_id}/cancel": {
        post: {
          summary: "Stops a running prediction",
          parameters: [ID],
          responses: { 200: { description: "Stopped" }, 404: refusal("None is running") },
        },
      },
    },
  };
}
