import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import type { ChannelMessage } from './channel.ts';

export const webhookSchemaName = 'pantau.notice/1';

export type TemplateFields = Record<string, string | number | boolean>;

/** The full notice for programs; times as milliseconds since the epoch and as RFC 3339 in the notice's zone. */
export function noticeBody({ notice, subject, text }: ChannelMessage): Record<string, unknown> {
  const { sinceMs, resolvedAtMs } = notice.incident;
  const incident = {
    ...notice.incident,
    since: formatZonedRfc3339(sinceMs, notice.timezone),
    ...(resolvedAtMs === undefined ? {} : { resolvedAt: formatZonedRfc3339(resolvedAtMs, notice.timezone) }),
  };
  return { schema: webhookSchemaName, notice: { ...notice, incident }, subject, text };
}

/** The body that a messaging gateway wants: the template's fields with {{text}} and {{subject}} filled in, once. */
export function templateBody(template: TemplateFields, { subject, text }: ChannelMessage): TemplateFields {
  const fill = (value: string) =>
    value.replaceAll(/\{\{(text|subject)\}\}/g, (_match, name: string) => (name === 'text' ? text : subject));
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, typeof value === 'string' ? fill(value) : value]),
  );
}
