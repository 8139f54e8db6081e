import type { Command } from './command.ts';

/** Every command in the order of the help text. They are loaded on demand: a check needs no web server. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  'check-config': async () => (await import('./check-config.ts')).checkConfig,
  why: async () => (await import('./why.ts')).why,
  token: async () => (await import('./token.ts')).token,
  export: async () => (await import('./export.ts')).exportCommand,
  ledger: async () => (await import('./ledger.ts')).ledger,
  verify: async () => (await import('./verify.ts')).verify,
  report: async () => (await import('./report.ts')).report,
  register: async () => (await import('./register.ts')).register,
  operator: async () => (await import('./operator.ts')).operator,
  letter: async () => (await import('./letter.ts')).letter,
  'ping-url': async () => (await import('./ping-url.ts')).pingUrl,
};
