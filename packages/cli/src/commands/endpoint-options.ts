import { type Command, InvalidArgumentError, Option } from 'commander';

/** The option by which every long-lived command says where it tells its metrics; what the environment says is checked with it. */
export function withEndpoint(command: Command): Command {
  command.hook('preAction', async (own, called) => {
    // A command's subcommands may have no such port.
    if (own !== called) return;
    const { endpointSettings } = await import('../endpoint/endpoint-settings.js');
    endpointSettings(called.opts(), process.env);
  });
  return command.addOption(
    new Option(
      '--metrics-port <port>',
      'where /metrics, /healthz and /readyz are answered, or "off"; default: SPARRING_METRICS_PORT, else 9464 or the next free port',
    ).argParser(portOrOff),
  );
}

function portOrOff(value: string): string {
  if (value === 'off' || (/^\d{1,5}$/.test(value) && Number(value) <= 65_535)) return value;
  throw new InvalidArgumentError('It takes a port, from 0 (any that is free) to 65535, or off.');
}
