import type { Offer, OfferedMethod } from "./offer";

type Told = { name: string; offer: Offer | null };
type Drawing = { endpointName: string; method: string };

/** The method that a revision draws by, as its endpoint describes it; undefined: it told nothing of such a method. */
export const offeredMethod = (
  endpoints: readonly Told[],
  { endpointName, method }: Drawing,
): OfferedMethod | undefined =>
  endpoints
    .find(({ name }) => name === endpointName)
    ?.offer?.methods.find(({ name }) => name === method);

/** A method's title, by which people know it; its id, by which endpoints do, where no title was told. */
export const methodTitle = (endpoints: readonly Told[], drawing: Drawing): string =>
  offeredMethod(endpoints, drawing)?.title ?? drawing.method;
