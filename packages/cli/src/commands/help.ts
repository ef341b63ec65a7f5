import { Command } from 'commander';

/** `sparring help [command...]`, of subcommands too: `sparring help sweep status`. */
export function addHelp(program: Command): void {
  const help = new Command('help')
    .argument('[command...]', 'whose help is printed')
    .description('print the help of a command')
    .action((path: readonly string[]) => {
      let found = program;
      for (const name of path) {
        const next = found.commands.find((command) => command.name() === name || command.aliases().includes(name));
        if (!next) help.error(`error: unknown command '${path.join(' ')}'`);
        found = next!;
      }
      found.help();
    });
  program.helpCommand(false).addCommand(help);
}
