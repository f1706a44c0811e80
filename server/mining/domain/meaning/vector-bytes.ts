/** As it is stored: float32, little-endian, which every machine that Node runs on is. */
export const toBytes = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** A copy: the driver's bytes need not start where a float may. */
export const fromBytes = (bytes: Buffer): Float32Array =>
  new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
