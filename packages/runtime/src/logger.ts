import { type Logger, pino, stdSerializers } from 'pino';
import { ConfigError } from './config/config-error.js';

export type { Logger };

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** Where lines go; process.stderr is one. */
interface LogStream {
  readonly isTTY?: boolean;
  write(line: string): unknown;
}

/**
 * A logger to stderr, since stdout is for results: one readable line a message on a terminal, JSON lines elsewhere.
 * The level is the option's, else SPARRING_LOG_LEVEL's, else `info`. @throws ConfigError where there is no such level
 */
export function createLogger(
  name: string,
  options: { readonly level?: string | undefined; readonly stream?: LogStream } = {},
): Logger {
  const level = checkLogLevel(options.level);
  const stream = options.stream ?? process.stderr;
  const target = stream.isTTY ? { write: (line: string) => stream.write(readable(line)) } : stream;
  return pino(
    { name, level, base: { pid: process.pid }, serializers: { error: stdSerializers.err } },
    {
      write: (line: string) => void target.write(line),
    },
  );
}

/** The level that a logger has. @throws ConfigError where there is none of this name */
export function checkLogLevel(level: string = process.env.SPARRING_LOG_LEVEL || 'info'): LogLevel {
  if (logLevels.includes(level as LogLevel)) return level as LogLevel;
  const takes = `one of ${logLevels.join(', ')}`;
  throw new ConfigError('environment', [{ path: 'SPARRING_LOG_LEVEL', got: JSON.stringify(level), takes, hint: null }]);
}

// pino's numbers for levels.
const levelNames: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};

function readable(line: string): string {
  const { level, time, pid: _pid, name, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const facts = Object.entries(rest).map(([key, value]) => ` ${key}=${showFact(value)}`);
  return `${clock} ${levelNames[Number(level)] ?? level} ${name}: ${msg ?? ''}${facts.join('')}\n`;
}

// Of an error the message is for people; its stack is in the JSON lines.
function showFact(value: unknown): string {
  if (typeof value === 'string') return value;
  const message = (value as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : JSON.stringify(value);
}
