import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listRecipes, resolveConfig } from '../packages/runtime/dist/index.js';

type Schema = { readonly [key: string]: unknown };

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const readme = read('README.md');

/** The configuration table: its rows' keys, and the default where that is a value in code type. */
const rows = readme
  .split('## Configuration')[1]!
  .split('\n## ')[0]!
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(' | '))
  .map(([keys, value]) => ({
    keys: [...keys!.matchAll(/`([^`]+)`/g)].map(([, key]) => key!),
    value: /^`(.+)`$/.exec(value!)?.[1],
  }));
const documented = rows.flatMap(({ keys }) => keys);

function keysOf(schema: Schema, above: string): string[] {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const branches = [schema.anyOf, schema.oneOf].flatMap((list) => (list ?? []) as Schema[]);
  return [
    ...properties.flatMap(([key, inner]) => [above + key, ...keysOf(inner, `${above}${key}.`)]),
    ...branches.flatMap((branch) => keysOf(branch, above)),
    ...(schema.items ? keysOf(schema.items as Schema, `${above.replace(/\.$/, '')}[].`) : []),
  ];
}

describe('the README', () => {
  it('explains every option once, and no other', () => {
    const schema = JSON.parse(read('packages/runtime/recipes/sparring.schema.json')) as Schema;
    const options = keysOf(schema, '').map((key) =>
      key.replace(/^optimizer\.(learningRate|momentum)\./, '<schedule>.'),
    );
    expect([...documented].sort()).toEqual([...new Set(options)].sort());
  });

  it('gives the defaults that are filled in', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sparring-readme-'));
    const file = join(folder, 'bare.yaml');
    const bare = (model: string) => {
      writeFileSync(file, `model: ${model}\n`);
      const { checkpointEveryMs, ...config } = resolveConfig({ recipeOrFile: file }).config;
      return { ...config, checkpointEverySeconds: checkpointEveryMs / 1_000 };
    };
    const config = bare('{kind: maxout, layers: [{units: 1, pieces: 1}]}');
    const { activation } = bare('{kind: mlp, layers: [{units: 1}]}').model as { activation: string };
    rmSync(folder, { recursive: true });
    const filled = { ...config, data: { ...config.data }, model: { ...config.model, activation } };

    const wrong = rows.flatMap(({ keys, value }) =>
      value === undefined
        ? []
        : keys
            .map((key) => ({ key, documented: value, filled: shown(valueAt(filled, key)) }))
            // `data: mnist` is written out as data.set.
            .filter((default_) => default_.key !== 'data' && default_.filled !== default_.documented),
    );
    expect(wrong).toEqual([]);
  });

  it('lists every recipe', () => {
    for (const { name } of listRecipes()) expect(readme).toContain(`| \`${name}\` |`);
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);
    for (const link of links.filter((link) => !link.startsWith('http'))) {
      expect({ link, readable: isThere(link) }).toEqual({ link, readable: true });
    }
  });
});

function valueAt(tree: unknown, key: string): unknown {
  const path = key.replaceAll('[]', '.0').split('.');
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], tree);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
}

function isThere(path: string): boolean {
  return existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url)));
}
