import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where people read. With --json that is stderr, since stdout's last line belongs to programs. */
export interface Screen {
  readonly stream: NodeJS.WriteStream;
  readonly colors: Colors;
  /** Lines can be redrawn. */
  readonly isTerminal: boolean;
  /** Whether --json asks for `result`. */
  readonly isJson: boolean;
  /** Prints a line; without text an empty one. */
  say(text?: string): void;
  /** Prints a value as one line of JSON on stdout, where --json asks for it. */
  result(value: unknown): void;
}

export function openScreen({ json = false }: { json?: boolean | undefined } = {}): Screen {
  const stream = json ? process.stderr : process.stdout;
  const isTerminal = Boolean(stream.isTTY) && process.env.TERM !== 'dumb';
  return {
    stream,
    colors: picocolors.createColors(wantsColors(isTerminal)),
    isTerminal,
    isJson: json,
    say: (text = '') => void stream.write(`${text}\n`),
    result: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
  };
}

// https://no-color.org and its counterpart force-color.org
function wantsColors(isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR !== undefined && FORCE_COLOR !== '' ? FORCE_COLOR !== '0' : isTerminal;
}
