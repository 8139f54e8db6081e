import type { RouterConfig } from '../../../shared/agent-config-schema.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { ReadingProblem } from '../reader.ts';
import type { SnmpCredential } from './credential.ts';
import { credentialsPathOf, readCredential, versionIn } from './credentials.ts';

/** What a reason of the SNMP reader means, and what to do. */
export function explainProblem(
  router: RouterConfig,
  reason: string,
  { dataFolder }: { dataFolder: string },
): ReadingProblem {
  const path = credentialsPathOf(dataFolder);
  const known = problems(router, path, versionIn(dataFolder, router.credential ?? ''))[reason];
  if (known === undefined) return { text: `it could not be read (${reason}).`, remedy: 'read the log of the agent.' };
  const [text, remedy] = known;
  return { text: text ?? credentialMessage(dataFolder, router.credential ?? ''), remedy };
}

const entries = {
  '2c': '{"version": "2c", "community": "…"}',
  '3': '{"version": "3", "user": "…", "authProtocol": "sha256", "authKey": "…", "privProtocol": "aes", "privKey": "…"}',
} as const;

const silence = {
  '2c': 'a wrong community is met with silence',
  '3': 'a wrong key or protocol for privacy is met with silence',
} as const;

/** Undefined where the message of the file itself says more. */
function problems(
  { host, credential = '' }: RouterConfig,
  path: string,
  version: SnmpCredential['version'] | undefined,
): Record<string, [string | undefined, string]> {
  const entryOf = (each: SnmpCredential['version']) => `{"${credential}": ${entries[each]}}`;
  const entry = version === undefined ? `${entryOf('2c')} or ${entryOf('3')}` : entryOf(version);
  return {
    'no-such-credential': [undefined, `write an entry such as ${entry} into ${path}, and run "chmod 600 ${path}".`],
    'credentials-open-to-others': [undefined, `run "chmod 600 ${path}", and change what others may have read.`],
    'credentials-damaged': [undefined, `correct ${path}; an entry looks like ${entry}.`],
    'authentication-failed': [
      'it does not accept the user or a key.',
      `correct the entry "${credential}" in ${path}: user, protocols and keys as they stand on the router.`,
    ],
    'bad-credential': [
      'net-snmp cannot use this entry.',
      `correct the entry "${credential}" in ${path}, the protocol for privacy above all.`,
    ],
    'access-denied': [
      'it lets this user or community read nothing of what is asked.',
      'let it read system, interfaces and ifMIB on the router.',
    ],
    timeout: [
      'it does not answer.',
      `switch SNMP on there, let this machine's address in, and compare the entry "${credential}" in ${path}: ${silence[version ?? '2c']}.`,
    ],
    'port-closed': [
      'nobody listens for SNMP there.',
      'switch SNMP on at the router, or correct its port in pantau.yaml.',
    ],
    unreachable: [`there is no way to ${host}.`, 'correct its address in pantau.yaml, or the routes of this machine.'],
    'unknown-host': [`the name ${host} has no address.`, 'correct its address in pantau.yaml.'],
    'stopped-in-mid-walk': [
      'it stopped to answer in the middle.',
      'look how busy its processor is; read it less often (router.snmp.every in pantau.yaml).',
    ],
    'too-slow': [
      'it answers too slowly.',
      'look how busy its processor is, or give it more time (router.snmp.timeout in pantau.yaml).',
    ],
    'too-big': ['it cannot answer even small questions.', 'bring its firmware up to date.'],
    'bad-answer': [
      'its answers cannot be understood.',
      'look what listens on that port; bring its firmware up to date.',
    ],
    'error-answer': ['it answers with errors.', 'bring its firmware up to date.'],
  };
}

function credentialMessage(dataFolder: string, name: string): string {
  try {
    readCredential(dataFolder, name);
    return 'the entry could not be used, and can be now.';
  } catch (error) {
    return messageOf(error);
  }
}
