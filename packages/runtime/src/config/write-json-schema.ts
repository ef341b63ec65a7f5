import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchema } from './config-schema.js';
import { recipesFolder } from './recipe-file.js';

// Run after a change of the schema: node packages/runtime/dist/config/write-json-schema.js
writeFileSync(join(recipesFolder, 'sparring.schema.json'), `${JSON.stringify(jsonSchema(), null, 2)}\n`);
