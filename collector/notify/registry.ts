import type { Static, TSchema } from 'typebox';
import type { Channel } from './channel.ts';
import { email } from './email.ts';
import { webhook } from './webhook.ts';

/** Every kind of channel. Names, the configuration's union and the contract tests derive from this list. */
export const channels = [webhook, email] as const;

type SchemaOf<Kind> = Kind extends { config: infer Schema extends TSchema } ? Schema : never;
type SchemasOf<List extends readonly unknown[]> = { -readonly [Index in keyof List]: SchemaOf<List[Index]> };
/** The configurations' schemas in the list's order. */
export type ChannelConfigs = SchemasOf<typeof channels>;
export type ChannelConfig = Static<ChannelConfigs[number]>;

/** @throws RangeError for a kind that is not in the list (the configuration's schema checks first). */
export function channelOfKind(kind: string): Channel {
  const channel = channels.find((candidate) => candidate.kind === kind);
  if (channel === undefined) throw new RangeError(`there is no channel of kind "${kind}"`);
  return channel;
}
