import { type ChannelConfig, channelOfKind } from './registry.ts';

export interface ChannelProblem {
  /** Path in the configuration: `notify/0`. */
  field: string;
  /** One sentence with the remedy, without a secret. */
  message: string;
}

/** What the schema cannot say about the configured channels. An alert that cannot leave must stop the start. */
export function channelProblems(configs: readonly ChannelConfig[]): ChannelProblem[] {
  const problems: ChannelProblem[] = [];
  const seen = new Set<string>();
  for (const [index, config] of configs.entries()) {
    if (seen.has(config.id))
      problems.push({
        field: `notify/${index}/id`,
        message: `the id "${config.id}" is used twice; give each channel its own`,
      });
    seen.add(config.id);
    const message = channelOfKind(config.kind).problem(config);
    if (message !== undefined) problems.push({ field: `notify/${index}`, message });
  }
  return problems;
}
