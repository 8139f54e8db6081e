import { AppError } from '../../shared/errors.ts';
import type { ChannelDeps } from './channel.ts';
import { renderMessage } from './message.ts';
import type { OutboxEntry } from './outbox-port.ts';
import { type ChannelConfig, channelOfKind } from './registry.ts';
import { withDeadline } from './send-deadline.ts';

/** A channel ends itself after its own timeout (at most 120 s); this holds for one that does not. */
const deadlineMs = 130_000;
export const unknownChannel = 'unknown-channel';

/**
 * One attempt to deliver one entry.
 * @param config undefined when the configuration has no channel of that name (any more).
 * @throws AppError `unknown-channel`, or what the channel throws.
 */
export async function deliver(
  entry: OutboxEntry,
  config: ChannelConfig | undefined,
  { signal, logger }: ChannelDeps,
): Promise<void> {
  if (config === undefined)
    throw new AppError(unknownChannel, `the configuration has no channel "${entry.channel}"; add it to notify again`);
  const { notice } = entry;
  const message = { notice, ...renderMessage(notice) };
  await withDeadline({ what: `channel ${config.id}`, timeoutMs: deadlineMs, signal }, (signal) =>
    channelOfKind(config.kind).send(config, message, { signal, logger }),
  );
}
