/** PostgreSQL holds neither NUL nor half a character: such a text could be sent for ever, in vain. */
export const storable = (text: string): string =>
  text.replaceAll("\u0000", "\uFFFD").toWellFormed();
