/**
 * The one error type that crosses our own borders. It becomes an RFC 9457 problem in HTTP answers and one sentence
 * on a terminal.
 */
export interface AppErrorOptions {
  /** HTTP status when it becomes an answer. */
  status?: number;
  /** JSON pointer or configuration path of the part that is wrong. */
  field?: string;
  /** True when the same request may succeed later. */
  retryable?: boolean;
  /** How long to wait before trying again. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

export class AppError extends Error {
  /** Stable kebab-case name of the kind of failure; also the end of the problem's `type`. */
  readonly code: string;
  readonly status: number;
  readonly field: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = options.status ?? 400;
    this.field = options.field;
    this.retryable = options.retryable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** RFC 9457 problem document; `field` is our extension member. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  field?: string;
}

export function toProblem(error: AppError): Problem {
  return {
    type: `urn:pantau:problem:${error.code}`,
    title: error.code.replaceAll('-', ' '),
    status: error.status,
    detail: error.message,
    ...(error.field === undefined ? {} : { field: error.field }),
  };
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
