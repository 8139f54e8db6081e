/** Lines for the journal: time, level, sentence, then key=value. Values that look like secrets never reach it. */
export type LogFields = Record<string, string | number | boolean | undefined>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const secretNames = /secret|token|password|authorization|privatekey/i;

export function formatLogLine(level: string, message: string, fields: LogFields, at: Date): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${secretNames.test(name) ? '<secret>' : quote(String(value))}`);
  return [at.toISOString(), level, quoteControls(message), ...pairs].join(' ');
}

/** @param write takes one whole line with its newline. */
export function createLogger(write: (line: string) => void, nowMs: () => number): Logger {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      write(`${formatLogLine(level, message, fields, new Date(nowMs()))}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };

function quote(value: string): string {
  return /^[\w.:/@+-]*$/.test(value) ? value : JSON.stringify(value);
}

function quoteControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must not reach a terminal
  return text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ');
}
