import { useState } from "react";
import { checkContent } from "@/server/generation/domain/method/check-content";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import type { GeneratorParameters, RevisionSettings } from "@/server/generation/schemas";
import { isDrawnTwice } from "@/server/realign/domain/drawn-twice";
import { type Draft, fieldsIn, keptSizes, parametersOf, startDraft } from "./draft";

export type KnownSettings = Pick<RevisionSettings, "endpointName" | "method"> & {
  parameters: Partial<GeneratorParameters>;
};

const NOTHING_WRONG = { settings: {}, params: {} };

/** What a form is about to send: another endpoint or method asks for other parameters, and keeps what both know. */
export function useRevisionDraft(endpoints: readonly ListedEndpoint[], known: KnownSettings) {
  const [endpointName, setEndpointName] = useState(known.endpointName);
  const [methodName, setMethodName] = useState(known.method);
  const offer = offerOf(endpoints, endpointName);
  const method = offer?.methods.find(({ name }) => name === methodName);
  const fields = fieldsIn(offer, method);
  const [draft, setDraft] = useState(() => startDraft(offer, fields, known.parameters));
  const [isReworded, setIsReworded] = useState(known.parameters.reworded === true);
  const taggers = endpoints.flatMap(({ name, tags }) => (tags ? name : []));
  const [chosenTagger, chooseTagger] = useState(known.parameters.tagged_by);
  const taggedBy = isDrawnTwice(methodName) ? (chosenTagger ?? taggers[0]) : undefined;
  const parameters = {
    ...parametersOf(fields, draft),
    ...(taggedBy === undefined ? {} : { tagged_by: taggedBy }),
  };
  const wrongs = offer && method ? checkContent(offer, method, parameters) : NOTHING_WRONG;

  function choose(endpoint: string, wanted?: string) {
    const next = offerOf(endpoints, endpoint);
    const nextMethod = next?.methods.find(({ name }) => name === wanted) ?? next?.methods[0];
    setEndpointName(endpoint);
    setMethodName(nextMethod?.name ?? known.method);
    const isBack = endpoint === known.endpointName && nextMethod?.name === known.method;
    // Another endpoint has other settings of its own.
    const { method_params } = parameters;
    const settings =
      endpoint === endpointName
        ? parameters
        : keptSizes(parameters, known.parameters, [offer, next]);
    const kept = isBack ? known.parameters : { ...settings, method_params };
    setDraft(startDraft(next, fieldsIn(next, nextMethod), kept));
  }

  return {
    endpointName,
    methodName,
    method,
    offer,
    fields,
    draft,
    wrongs,
    isReworded,
    setIsReworded,
    taggers,
    taggedBy,
    chooseTagger,
    content: {
      endpointName,
      method: methodName,
      parameters: isReworded ? { ...parameters, reworded: true as const } : parameters,
    },
    chooseEndpoint: (name: string) => choose(name),
    chooseMethod: (name: string) => choose(endpointName, name),
    change: (part: Partial<Draft>) => setDraft({ ...draft, ...part }),
  };
}
export type RevisionDraft = ReturnType<typeof useRevisionDraft>;

const offerOf = (endpoints: readonly ListedEndpoint[], name: string) =>
  endpoints.find((endpoint) => endpoint.name === name)?.offer ?? null;
