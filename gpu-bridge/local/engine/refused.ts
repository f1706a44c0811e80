import { PermanentFailure } from "../serve/endpoint";

/** What was asked cannot be drawn, and why: a sentence for whoever asked. */
export class Refused extends PermanentFailure {
  override readonly name = "Refused";
}
