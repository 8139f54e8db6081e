import type { KeyObject } from 'node:crypto';

/** Who this agent is, and which collector it trusts. */
export interface Identity {
  /** 16 characters, made from the public key. */
  agent: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Base URL of the collector, without a trailing slash. */
  collectorUrl: string;
  /** SHA-256 of the certificate that the collector must show, lower-case hex; absent with plain HTTP. */
  fingerprint?: string;
  /** Checks the signature on each configuration. */
  collectorPublicKey: KeyObject;
  /** True when the administrator said at enrolment that plain HTTP beyond this machine is acceptable. */
  allowPlainHttp: boolean;
}
