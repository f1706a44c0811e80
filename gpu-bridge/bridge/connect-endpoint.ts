import { connectCog } from "./cog-endpoint";
import type { Endpoint } from "./endpoint";
import { connectOpenAiImages } from "./hosted/openai-images";
import { connectReplicate } from "./hosted/replicate";
import type { EndpointAddress } from "./settings";

export function connectEndpoint(address: EndpointAddress): Endpoint {
  if (address.kind === "replicate") return connectReplicate(address);
  if (address.kind === "openai") return connectOpenAiImages(address);
  return connectCog(address.url);
}
