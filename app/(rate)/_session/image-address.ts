// Opaque on purpose: neither address nor file name tells where an image comes from.
export const thumbnail = (imageId: string) => `/api/images/${imageId}?w=320`;
export const enlarged = (imageId: string) => `/api/images/${imageId}?w=640`;
export const fullSize = (imageId: string) => `/api/images/${imageId}?w=full`;
