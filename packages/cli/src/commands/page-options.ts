import { type Command, InvalidArgumentError, Option } from 'commander';

const usual = { host: '127.0.0.1', port: 9464 } as const;

/** The options by which a command opens the page of its runs. */
export function withPage(command: Command): Command {
  return withListen(command).option('--no-page', 'open no page');
}

export function withListen(command: Command): Command {
  return command.addOption(
    new Option('--listen <host:port>', 'where the page is; the next free port where that one is taken')
      .argParser(parseListen)
      .default(usual, `${usual.host}:${usual.port}`),
  );
}

function parseListen(value: string): { readonly host: string; readonly port: number } {
  const [, host, port] = /^(?:(.+):)?(\d+)$/.exec(value) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    throw new InvalidArgumentError('It takes host:port, such as 0.0.0.0:9464, or a port.');
  }
  return { host: host?.replace(/^\[(.*)\]$/, '$1') ?? usual.host, port: Number(port) };
}
