import { z } from "zod";
import type { PhaseState } from "@/db/enums";
import type { Handlers } from "./context";

const Numbered = z.object({ number: z.number() });

const to =
  (state: PhaseState): Handlers[string] =>
  (fold, _id, payload) => {
    fold.state.phases[Numbered.parse(payload).number] = state;
  };

export const phaseHandlers: Handlers = {
  "project.create": ({ state }) => {
    state.phases = { 1: "open", 2: "open", 3: "closed", 4: "closed" };
  },
  "phase.offer": to("offered"),
  "phase.open": to("open"),
  "phase.pause": to("paused"),
  "phase.resume": to("open"),
};
