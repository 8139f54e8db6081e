/** Where something stands in the configuration: keys and list positions from the top. */
export type ConfigPath = readonly (string | number)[];

export interface ConfigProblem {
  path: ConfigPath;
  /** One sentence without a full stop that follows the path and names the remedy; it holds no secret. */
  message: string;
  /** True when the key itself is the mistake, not its value. */
  atKey?: boolean;
}

/** The path as people write it: `perangkatDaerah[2].datasets[0].schedule`. */
export function formatPath(path: ConfigPath): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}
