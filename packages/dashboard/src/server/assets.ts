import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { escaped } from '../report/html.js';

export interface Asset {
  readonly content: Buffer;
  readonly type: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * All that the page is made of, by its path: `/page/main.js`. Read once; nothing else of the disk can be asked for.
 * @param invocation How the program was called: the page has it from its own HTML, since it also says what to type when nobody answers.
 */
export function readAssets(invocation: string): ReadonlyMap<string, Asset> {
  const dist = dirname(dirname(fileURLToPath(import.meta.url)));
  const assets = new Map<string, Asset>();
  for (const folder of ['page', 'page/vendor', 'view']) {
    for (const name of readdirSync(join(dist, folder))) {
      const type = types[extname(name)];
      if (type) assets.set(`/${folder}/${name}`, { content: readFileSync(join(dist, folder, name)), type });
    }
  }
  const { content, type } = assets.get('/page/index.html')!;
  const named = String(content).replace('{{invocation}}', () => escaped(invocation));
  assets.set('/page/index.html', { content: Buffer.from(named), type });
  return assets;
}
