import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fields, fieldFault } from './field-fault.js';
import { asRunFolderError, RunFolderError } from './run-folder-error.js';

export function summaryFile(folder: string): string {
  return join(folder, 'summary.json');
}

/**
 * A run's `summary.json`, or that of a part of it, a net's; null where there is none yet.
 * @throws RunFolderError where it cannot be read, or lacks what is read of it
 */
export async function readSummary(folder: string, of: 'run' | 'net' = 'run'): Promise<unknown> {
  const file = summaryFile(folder);
  if (!existsSync(file)) return null;
  const text = await readFile(file, 'utf8').catch((error) => {
    throw asRunFolderError(error, `read ${file}`);
  });
  const [summary, fault] = parsed(text, of);
  if (fault === null) return summary;
  throw new RunFolderError(
    `${file}: ${fault}. Delete this file, and the run can be resumed from its last checkpoint: that writes it anew`,
  );
}

function parsed(text: string, of: 'run' | 'net'): [unknown, string | null] {
  try {
    const summary = JSON.parse(text);
    return [summary, fieldFault(summary, ofNet) ?? (of === 'run' ? faultOfRun(summary) : null)];
  } catch (error) {
    return [null, `not JSON: ${(error as SyntaxError).message}`];
  }
}

function faultOfRun(summary: { readonly twin?: unknown }): string | null {
  return fieldFault(summary, ofRun) ?? (summary.twin ? fieldFault(summary, ofTwin) : null);
}

const errors = (test: string): Fields =>
  Object.fromEntries(['clean', 'fgsm', 'pgd'].map((attack) => [`${test}.${attack}.error`, 'number'] as const));

const ofNet: Fields = {
  ...{ status: 'string', steps: 'number', testedStep: 'number', trainers: 'number', attackers: 'number' },
  ...{ trainingSeconds: 'number', examplesPerSecond: 'number' },
  ...{ parametersDigest: 'string', optimizerDigest: 'string' },
  ...errors('test'),
};

const ofRun: Fields = {
  ...{ engine: 'string', seconds: 'number', dataChecksum: 'string' },
  ...{ 'evaluation.examples': 'number', machine: 'object' },
};

const ofTwin = errors('twin.test');
