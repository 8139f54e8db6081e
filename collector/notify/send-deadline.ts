import { AppError } from '../../shared/errors.ts';

export interface DeadlineOptions {
  /** What is being done, as the start of the error's sentence: `webhook at https://…`. */
  what: string;
  timeoutMs: number;
  /** Ends the work from outside. */
  signal: AbortSignal;
}

/**
 * Runs work that must end. The work gets a signal that fires at the deadline or when the outer signal does; the
 * promise then rejects even when the work ignores it.
 * @throws AppError `delivery-timeout` or `delivery-aborted`, both retryable, or whatever the work throws in time.
 */
export async function withDeadline<T>(options: DeadlineOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const end = Promise.withResolvers<never>();
  const stop = (code: string, reason: string) => {
    const error = new AppError(code, `${options.what} ${reason}`, { status: 504, retryable: true });
    end.reject(error);
    controller.abort(error);
  };
  const onAbort = () => stop('delivery-aborted', 'was given up because the sender stops');
  const timer = setTimeout(
    () => stop('delivery-timeout', `gave no answer within ${options.timeoutMs / 1000} s`),
    options.timeoutMs,
  );
  options.signal.addEventListener('abort', onAbort, { once: true });
  if (options.signal.aborted) onAbort();
  try {
    end.promise.catch(() => {});
    controller.signal.throwIfAborted();
    const working = work(controller.signal);
    working.catch(() => {});
    return await Promise.race([end.promise, working]);
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
  }
}
