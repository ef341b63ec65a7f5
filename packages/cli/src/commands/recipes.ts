import type { Command } from 'commander';
import { openScreen } from '../presentation/screen.js';

export function addRecipes(program: Command): void {
  program
    .command('recipes')
    .summary('list the recipes that come with sparring')
    .description('Lists the recipes: what each trains, and what that costs.')
    .option('--json', 'print the list as JSON on one line')
    .addHelpText(
      'after',
      `
Examples:
  sparring recipes
  sparring recipes --json`,
    )
    .action(async (options: { readonly json?: boolean }) => {
      const { listRecipes, recipesFolder } = await import('@sparring/runtime');
      const { shortPath } = await import('../presentation/invocation.js');
      const recipes = listRecipes();
      const screen = openScreen(options);
      screen.result(recipes);
      if (options.json) return;
      const width = Math.max(...recipes.map(({ name }) => name.length));
      for (const { name, description, estimate } of recipes) {
        screen.say(`${screen.colors.bold(name.padEnd(width))}  ${description}`);
        screen.say(`${' '.repeat(width)}  ${screen.colors.dim(estimate)}`);
      }
      screen.say();
      screen.say(
        `Train one: sparring train demo. They are YAML files in ${shortPath(recipesFolder)}, to copy and change.`,
      );
    });
}
