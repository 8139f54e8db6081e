import { createHash } from 'node:crypto';
import type { ChannelMessage } from './channel.ts';

export interface EmailContent {
  subject: string;
  text: string;
  html: string;
  messageId: string;
  references?: string;
  inReplyTo?: string;
  headers: Record<string, string>;
}

/**
 * A mail's content without its addresses. Its Message-ID comes from the idempotency key, so that a repeat is the same
 * mail to those who compare, and later notices answer the opened one.
 * @param domain of the sender's address.
 */
export function emailContent({ notice, subject, text }: ChannelMessage, domain: string): EmailContent {
  const openedId = messageIdOf(`${notice.incident.id}/opened`, domain);
  return {
    subject: singleLine(subject),
    text,
    html: htmlOf(text, notice.language),
    messageId: messageIdOf(notice.idempotencyKey, domain),
    ...(notice.event === 'opened' ? {} : { references: openedId, inReplyTo: openedId }),
    // RFC 3834: no robot answers a robot. The second is how Exchange spells it.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

/** `name@host` out of `name@host` or `Name <name@host>`. */
export function bareAddress(address: string): string {
  return /<([^<>]+)>$/.exec(address)?.[1] ?? address;
}

export function domainOf(address: string): string {
  const bare = bareAddress(address);
  return bare.slice(bare.lastIndexOf('@') + 1);
}

function messageIdOf(key: string, domain: string): string {
  return `<pantau.${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}>`;
}

function htmlOf(text: string, language: string): string {
  const style = 'font-family: Consolas, Menlo, monospace; font-size: 14px; white-space: pre-wrap';
  return `<!doctype html><html lang="${language}"><body><pre style="${style}">${escapeHtml(text)}</pre></body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function singleLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- a line break in a subject would start another header
  return text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ');
}
