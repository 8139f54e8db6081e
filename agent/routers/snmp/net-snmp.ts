import type * as NetSnmpModule from 'net-snmp';
import type { SnmpCredential, UserCredential } from './credential.ts';
import type { GuardedSocket } from './guarded-socket.ts';
import type { Varbind } from './values.ts';

/** The part of net-snmp that is used here. */
export interface NetSnmpSession {
  get(oids: string[], callback: (error: Error | null, varbinds?: Varbind[]) => void): unknown;
  getBulk(
    oids: string[],
    nonRepeaters: number,
    maxRepetitions: number,
    callback: (error: Error | null, varbinds?: Varbind[][]) => void,
  ): unknown;
  close(): unknown;
}

export interface NetSnmpTarget {
  /** An IP address. */
  address: string;
  port: number;
  credential: SnmpCredential;
  timeoutMs: number;
}

/** What net-snmp does not declare, and this file has to get hold of. */
interface OpenSession {
  on(event: 'error', handler: (error: Error) => void): unknown;
  onSimpleGetResponse: (request: Request, message: Message) => void;
}

interface Request {
  responseCb(error: Error): void;
}

interface Message {
  msgGlobalData?: { msgFlags?: number };
}

const authenticatedAndEncrypted = 3;

/**
 * Opens a session on a socket that is connected already. The package is loaded here, at the first use: an agent that
 * reads no router goes without.
 */
export async function createNetSnmpSession(socket: GuardedSocket, target: NetSnmpTarget): Promise<NetSnmpSession> {
  const snmp = await import('net-snmp');
  const { address, port, credential, timeoutMs } = target;
  const options = {
    port,
    retries: 1,
    timeout: timeoutMs / 2,
    dgramModule: { createSocket: () => socket },
  };
  const session =
    credential.version === '2c'
      ? snmp.createSession(address, credential.community, { ...options, version: snmp.Version2c })
      : snmp.createV3Session(address, userOf(credential, snmp), { ...options, version: snmp.Version3 });
  // Bytes that are no answer are told by this event; without a listener it would throw.
  session.on('error', (error: Error) => socket.tell(error));
  if (credential.version === '3') refuseUnprotected(session as unknown as OpenSession);
  return session as unknown as NetSnmpSession;
}

type NetSnmp = typeof NetSnmpModule;

function userOf({ user, authProtocol, authKey, privProtocol, privKey }: UserCredential, snmp: NetSnmp) {
  return {
    name: user,
    level: snmp.SecurityLevel.authPriv,
    authProtocol: snmp.AuthProtocols[authProtocol],
    authKey,
    privProtocol: snmp.PrivProtocols[privProtocol],
    privKey,
  };
}

/** net-snmp takes an answer without signature for one that was asked for with it, which anybody could send. */
function refuseUnprotected(session: OpenSession): void {
  const usual = session.onSimpleGetResponse;
  session.onSimpleGetResponse = (request, message) => {
    const flags = message.msgGlobalData?.msgFlags ?? 0;
    if ((flags & authenticatedAndEncrypted) === authenticatedAndEncrypted) usual.call(session, request, message);
    else request.responseCb(new Error('it is not authenticated and encrypted'));
  };
}
