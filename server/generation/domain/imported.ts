/** Endpoint and method of generators whose images were brought in: no bridge serves it, no run may ask it. */
export const IMPORTED = "imported";
