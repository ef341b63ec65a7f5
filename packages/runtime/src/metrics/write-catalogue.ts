import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogueTables } from './catalogue.js';

// Run after a change of a definition: node packages/runtime/dist/metrics/write-catalogue.js
const file = fileURLToPath(new URL('../../../../docs/METRICS.md', import.meta.url));
const between = /(<!-- catalogue -->\n)[\s\S]*(<!-- end -->)/;
writeFileSync(
  file,
  readFileSync(file, 'utf8').replace(between, (_, start, end) => `${start}\n${catalogueTables()}\n\n${end}`),
);
