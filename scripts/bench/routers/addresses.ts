/** An address of its own for each simulated router; all of 127.0.0.0/8 is this machine. */
export function routerAddress(number: number): string {
  return `127.77.${number >> 8}.${number & 0xff}`;
}

export const routerPort = 16_161;
export const interfaceCount = 8;
