/** MiB in use, and MiB that the system has given. */
export function memory(): { readonly used: number; readonly rss: number } {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: Math.round((heapUsed + external) / 2 ** 20), rss: Math.round(rss / 2 ** 20) };
}
