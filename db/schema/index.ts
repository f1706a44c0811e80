export * from "./generation";
export * from "./mining";
export * from "./people";
export * from "./pg-enums";
export * from "./project";
export * from "./rating";
export * from "./system";
