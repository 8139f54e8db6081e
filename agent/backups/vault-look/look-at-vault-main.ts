import { text } from 'node:stream/consumers';
import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import { systemClock } from '../../../shared/clock.ts';
import { lookAtVault } from './look-at-vault.ts';

/** The child of look-in-child.ts: a vault's configuration on stdin, milliseconds as the argument, a VaultLook on file 1. */
const untilMs = systemClock.monotonicMs() + Number(process.argv[2]);
const config = JSON.parse(await text(process.stdin)) as VaultConfig;
const look = lookAtVault(config, { clock: systemClock, untilMs });
await new Promise<void>((resolve) => {
  process.stdout.write(JSON.stringify(look), () => resolve());
});
