import { processFacts } from './process-facts.ts';

const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
const fromAnywhere: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];

/**
 * Takes the signals that were meant for the command. Ctrl-C in a terminal reaches the command by itself, and a second
 * one would make tools that clean up after the first break off: it is not passed on then.
 * @returns ends it.
 */
export function onSignals(pass: (signal: NodeJS.Signals) => void): () => void {
  if (process.platform === 'win32') return () => {};
  const passOn = (signal: NodeJS.Signals) => void (isReachedByTerminal(signal) || pass(signal));
  const names = [...fromTerminal, ...fromAnywhere];
  for (const name of names) process.on(name, passOn);
  return () => {
    for (const name of names) process.off(name, passOn);
  };
}

function isReachedByTerminal(signal: NodeJS.Signals): boolean {
  if (!fromTerminal.includes(signal)) return false;
  const facts = processFacts('self');
  return facts !== undefined && facts.terminal !== 0 && facts.groupId === facts.foregroundGroupId;
}
