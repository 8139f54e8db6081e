// Prints what one verification of a report's signature costs, in microseconds of processor time.
import { createKeyPair, signBytes, verifyBytes } from '../../shared/signing.ts';

const typicalBodyBytes = 350;
const callCount = 5000;

const { privateKey, publicKey } = createKeyPair();
const body = Buffer.alloc(typicalBodyBytes, 7);
const signature = signBytes('report', body, privateKey);

function microsecondsPerCall(): number {
  const before = process.cpuUsage();
  for (let call = 0; call < callCount; call++) verifyBytes('report', body, publicKey, signature);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / callCount;
}

// The first time is for the compiler.
microsecondsPerCall();
process.stdout.write(`${microsecondsPerCall()}\n`);
