/*
 * The parts of the package `ping` that we use: per operating system, how its ping program is called and how its
 * output is read. The package's own `probe` starts the program itself, without a way to end it, and throws parsing
 * errors where nobody can catch them; run-ping.ts therefore starts it.
 */
interface PingSettings {
  numeric?: boolean;
  /** Seconds. */
  timeout?: number | false;
  min_reply?: number;
  packetSize?: number;
  v6?: boolean;
  extra?: string[];
}

declare module 'ping/lib/builder/factory.js' {
  interface Builder {
    getCommandArguments(address: string, settings: PingSettings): string[];
    getSpawnOptions(): { env?: NodeJS.ProcessEnv };
  }
  const factory: {
    createBuilder(platform: NodeJS.Platform): Builder;
    getExecutablePath(platform: NodeJS.Platform, v6: boolean): string;
  };
  export default factory;
}

declare module 'ping/lib/parser/factory.js' {
  interface Parser {
    eat(line: string): unknown;
    /** `times` in milliseconds, one for each answer. */
    getResult(): { times: (number | string)[] };
  }
  const factory: {
    createParser(address: string, platform: NodeJS.Platform, settings: PingSettings): Parser;
  };
  export default factory;
}
