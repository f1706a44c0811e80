// Apart from the schemas: the rating room keeps to them without carrying the schema library.
export const MAX_NOTE_LENGTH = 2000;
export const MAX_SEEN_LENGTH = 80;
export const MAX_REASON_LENGTH = 500;
