import { availableParallelism, cpus, freemem, release, totalmem } from 'node:os';
import { count, plural } from '../presentation/figures.js';
import { type Finding, missing, present } from './finding.js';

const oldestNode = [20, 15] as const;

/** Node, operating system, processor and memory. */
export function examineMachine(): Finding[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const node = `${process.version} (${process.execPath})`;
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() || process.arch;
  return [
    isNew
      ? present('machine', 'Node', node)
      : missing(
          'machine',
          'Node',
          `${node}: too old`,
          `Node ${oldestNode.join('.')} or newer, from https://nodejs.org`,
        ),
    present('machine', 'system', `${process.platform} ${process.arch}, ${release()}`),
    present('machine', 'processor', `${model}, ${plural(cores, 'thread')} for trainers and attackers`),
    present('machine', 'memory', `${gigabytes(freemem())} of ${gigabytes(totalmem())} free`),
  ];
}

/** '1,234 MB', '12.3 GB' */
export function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${count(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
