/**
 * So many zeros, which take memory only where they are written over. Shared, though with nobody: V8 counts ordinary ones of this
 * size as garbage to come, and collects while the worker starts, for 30 ms.
 */
export function zeros32(count: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(4 * count));
}

export function zeros16(count: number): Uint16Array {
  return new Uint16Array(new SharedArrayBuffer(2 * count));
}
