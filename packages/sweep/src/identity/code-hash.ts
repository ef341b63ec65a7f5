import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packages = ['core', 'engine', 'data', 'training'];
const libraries = ['@tensorflow/tfjs-core', 'onnxruntime-node'];

/**
 * SHA-256, in hex, of the built files of core, engine, data and training, with the versions of tfjs-core and onnxruntime-node: runs of
 * another code may have other bits.
 */
export async function codeHash(): Promise<string> {
  const require = createRequire(import.meta.url);
  const hash = createHash('sha256');
  for (const name of packages) {
    const folder = dirname(require.resolve(`@sparring/${name}`));
    for (const file of await builtFiles(folder)) {
      hash.update(`${name}/${file}\0`).update(await readFile(join(folder, file)));
    }
  }
  const engine = createRequire(require.resolve('@sparring/engine'));
  for (const name of libraries) hash.update(`${name} ${await versionOf(engine.resolve(name), name)}\0`);
  return hash.digest('hex');
}

async function builtFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

/** Of the package that a module belongs to: packages need not export their package.json. */
async function versionOf(module: string, name: string): Promise<string> {
  for (let folder = dirname(module); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const found = JSON.parse(await readFile(file, 'utf8')) as { name?: string; version?: string };
    if (found.name === name && found.version !== undefined) return found.version;
  }
  throw new Error(`${module}: no package.json of ${name} above it`);
}
