// Writes the code that packages/protocol/src/generated holds, from the .proto files in /proto (`npm run proto`). With `--check`, as each
// build of the package calls it: fails where that code is of other files, of another generator, or edited, and else lays it into dist.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const protocol = join(root, 'packages', 'protocol');
const folder = join(protocol, 'src', 'generated');

if (process.argv[2] === '--check') checkAndCopy();
else await generate();

async function generate() {
  const pbjs = promisify(require('protobufjs-cli/pbjs').main);
  const scratch = mkdtempSync(join(tmpdir(), 'sparring-proto-'));
  const options = [
    ...['--target=static-module', '--wrap=esm', '--root=sparring', '--alt-comment', `--path=${join(root, 'proto')}`],
    ...['create', 'verify', 'convert', 'delimited', 'typeurl', 'service'].map((part) => `--no-${part}`),
  ];
  try {
    // The types are read out of the comments, which the code itself is better without.
    await pbjs([...options, '--dts', `--out=${join(scratch, 'messages.js')}`, ...protoFiles()]);
    write('messages.d.ts', readFileSync(join(scratch, 'messages.d.ts'), 'utf8'));
    write('messages.js', await pbjs([...options, '--no-comments', ...protoFiles()]));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function write(name, code) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${header(code)}\n${code}`);
}

function checkAndCopy() {
  for (const name of ['messages.js', 'messages.d.ts']) {
    const [first, ...rest] = read(join(folder, name)).split('\n');
    if (first === header(rest.join('\n'))) continue;
    process.stderr.write(
      `packages/protocol/src/generated/${name} is not what is made of /proto now; to make it anew: npm run proto\n`,
    );
    process.exit(1);
  }
  cpSync(folder, join(protocol, 'dist', 'generated'), { recursive: true });
}

/** Says of what the code is made: the .proto files, this script and the generator's version; and that it is as it was made. */
function header(code) {
  const hash = createHash('sha256').update(code);
  for (const file of [...protoFiles(), fileURLToPath(import.meta.url)]) hash.update('\0').update(read(file));
  const { version } = require('protobufjs-cli/package.json');
  return `// Made of /proto by protobufjs-cli ${version}, sha256 ${hash.digest('hex')}. Change what it is made of, and: npm run proto`;
}

function protoFiles() {
  const files = join(root, 'proto', 'sparring', 'v1');
  return readdirSync(files)
    .sort()
    .map((file) => join(files, file));
}

/** A file's text, whatever ends its lines; empty where there is none. */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '';
}
