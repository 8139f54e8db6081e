/** Why a reading did not come about, or only in part. */
export class SnmpProblem extends Error {
  /** Kebab-case, as it stands in a report. */
  readonly reason: string;

  constructor(reason: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'SnmpProblem';
    this.reason = reason;
  }
}
