import Type from 'typebox';
import { type ChannelConfigs, channels } from './registry.ts';

/** One entry of `notify` in `pantau.yaml`: the union of the registered channels' own configurations. */
export const ChannelConfigSchema = Type.Union(channels.map((channel) => channel.config) as ChannelConfigs);
