import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { compressWithDictionary } from '../../shared/report-dictionary.ts';
import type { Envelope, Report, ReportProbe } from '../../shared/report-schema.ts';
import { agentIdOf, exportPublicKey, importKeyPair, type KeyPair, signBytes } from '../../shared/signing.ts';
import { agentHeader, dictionaryEncoding, signatureHeader } from '../../shared/wire.ts';
import { evidenceOf, type RoundContent } from './round-content.ts';
import { createSimulatedHost } from './simulated-host.ts';

export type RequestEncoding = 'dictionary' | 'gzip' | 'identity';

/** A request as it goes over the wire; headers are complete but for `host`. */
export interface SignedRequest {
  headers: Record<string, string>;
  body: Buffer;
}

/** The host's own two probes, both answering, stand in for absent `probes`. */
export interface ReportOptions extends RoundContent {
  takenAtMs: number;
  /** The next number when absent. The same number and time give the same report again, byte for byte. */
  seq?: number;
  /** Reports that wait in the spool; 0 when absent. */
  queuedCount?: number;
}

/** An agent that says what a typical departmental server would say, with a key of its own and the real wire format. */
export interface SimulatedAgent {
  seed: number;
  id: string;
  pd: string;
  /** What the machine calls itself when it enrols. */
  node: string;
  session: string;
  keys: KeyPair;
  intervalSeconds: number;
  /** Two filesystems, two interfaces, two probes; counters grow with the time. */
  report(options: ReportOptions): Report;
  /** What its sensors find. */
  measured(atMs: number): Pick<Report, 'cpu' | 'memory' | 'filesystems' | 'interfaces'>;
  /** The host's own two probes, for a round that adds others to them. */
  ownProbes(atMs: number): ReportProbe[];
  /** @param reports at most 50. */
  envelope(reports: readonly Report[], sentAtMs: number): Envelope;
  signedRequest(envelope: Envelope, options: { encoding: RequestEncoding }): SignedRequest;
}

export interface SimulatedAgentOptions {
  /** A whole number: all figures follow from it. */
  seed: number;
  /** Derived from the seed when absent. */
  keys?: KeyPair;
  intervalSeconds: number;
  pd: string;
  node: string;
  /** A new start of the same agent needs a new one; derived from the seed when absent. */
  session?: string;
  /** When the machine was started; a day in early 2026 when absent. Reports must be younger. */
  bootedAtMs?: number;
}

const dayMs = 86_400_000;

export function createSimulatedAgent(options: SimulatedAgentOptions): SimulatedAgent {
  const { seed, intervalSeconds, pd, node } = options;
  const keys = options.keys ?? keysFromSeed(seed);
  const id = agentIdOf(exportPublicKey(keys.publicKey));
  const session = options.session ?? sessionName(seed, 0);
  const host = createSimulatedHost(seed, options.bootedAtMs ?? Date.UTC(2026, 0, 5) + (Math.abs(seed) % 40) * dayMs);
  let nextSeq = 1;

  function report({ takenAtMs, seq = nextSeq, queuedCount = 0, ...content }: ReportOptions): Report {
    nextSeq = Math.max(nextSeq, seq + 1);
    return {
      session,
      seq,
      takenAt: new Date(takenAtMs).toISOString(),
      intervalSeconds,
      ...host.measure(takenAtMs, seq),
      ...content.figures,
      probes: [...(content.probes ?? host.probes(seq))],
      ...evidenceOf(content),
      spool: { queuedCount, droppedCount: 0 },
    };
  }

  function signedRequest(envelope: Envelope, { encoding }: { encoding: RequestEncoding }): SignedRequest {
    const body = encode(Buffer.from(JSON.stringify(envelope)), encoding);
    const headers = {
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding === 'gzip' ? 'gzip' : dictionaryEncoding }),
      [agentHeader]: id,
      [signatureHeader]: signBytes('report', body, keys.privateKey),
      'content-length': String(body.length),
    };
    return { headers, body };
  }

  return {
    seed,
    id,
    pd,
    node,
    session,
    keys,
    intervalSeconds,
    report,
    measured: (atMs) => host.measure(atMs, Math.floor(atMs / 1000)),
    ownProbes: (atMs) => host.probes(Math.floor(atMs / 1000)),
    envelope: (reports, sentAtMs) => ({
      schema: 'pantau.report/1',
      agent: id,
      sentAt: new Date(sentAtMs).toISOString(),
      bootId: host.bootId,
      uptimeSeconds: host.uptimeSeconds(sentAtMs),
      reports: [...reports],
    }),
    signedRequest,
  };
}

/** Name of the session of one start of an agent. @param start how often it was started before. */
export function sessionName(seed: number, start: number): string {
  return createHash('sha256').update(`session/${seed}/${start}`).digest('base64url').slice(0, 12);
}

function encode(bytes: Buffer, encoding: RequestEncoding): Buffer {
  if (encoding === 'identity') return bytes;
  return encoding === 'gzip' ? gzipSync(bytes) : compressWithDictionary(bytes);
}

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410, section 7). */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex');

function keysFromSeed(seed: number): KeyPair {
  const secret = createHash('sha256').update(`simulated agent ${seed}`).digest();
  const der = Buffer.concat([privateKeyHead, secret]).toString('base64');
  return importKeyPair(`-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`);
}
