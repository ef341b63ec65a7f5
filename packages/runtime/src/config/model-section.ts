import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { InitConfig, LayerConfig, ModelConfig } from './run-config.js';
import { above, keepProbability, oneOf, section, text, wholeAtLeast } from './values.js';

const initKinds = '{kind: glorot}, {kind: uniform, range: .005} or {kind: zeros}';
const init = z.discriminatedUnion(
  'kind',
  [
    section(initKinds, { kind: z.literal('glorot') }),
    section(initKinds, {
      kind: z.literal('uniform'),
      range: above(0).describe('Weights are drawn from [−range, range]'),
    }),
    section(initKinds, { kind: z.literal('zeros') }),
  ],
  { error: initKinds },
);

const keep = keepProbability().describe('Probability that a unit survives dropout; 1: no dropout').optional();
const scale = above(0).describe('What surviving units are multiplied by; default 1 / keep').optional();
const layer = { units: wholeAtLeast(1), keep, scale };
const input = { inputKeep: keep, inputScale: scale, init: init.optional() };
const layerList = <Layer extends z.ZodType>(takes: string, shape: Layer) =>
  z.array(shape, { error: takes }).min(1, { error: takes });

const mlpLayers = 'a list of layers such as [{units: 100}, {units: 100}]';
const maxoutLayers = 'a list of layers such as [{units: 240, pieces: 5}, {units: 240, pieces: 5}]';
const takes =
  'a model {kind: softmax | logistic | mlp | maxout, …}, or the path of a JavaScript module such as ./my-model.js';

export const modelSchema = z.union(
  [
    text(takes),
    z.discriminatedUnion(
      'kind',
      [
        section(takes, { kind: z.literal('softmax'), init: init.optional() }),
        section(takes, { kind: z.literal('logistic'), init: init.optional() }),
        section(takes, {
          kind: z.literal('mlp'),
          activation: oneOf('relu', 'sigmoid', 'tanh').optional(),
          layers: layerList(mlpLayers, section('a layer {units, keep, scale}', layer)),
          ...input,
        }),
        section(takes, {
          kind: z.literal('maxout'),
          layers: layerList(
            maxoutLayers,
            section('a layer {units, pieces, keep, scale}', { ...layer, pieces: wholeAtLeast(1) }),
          ),
          ...input,
        }),
        section(takes, {
          kind: z.literal('file'),
          path: text('the path of a JavaScript module'),
          sha256: text('64 hex digits').optional(),
        }),
      ],
      { error: 'one of softmax, logistic, mlp, maxout, file' },
    ),
  ],
  { error: takes },
);

type WrittenModel = z.infer<typeof modelSchema>;
type Dropout = { keep?: number | undefined; scale?: number | undefined };

export function fillModel(written: WrittenModel): ModelConfig {
  if (typeof written === 'string') return { kind: 'file', path: written, sha256: fileHash(written) };
  switch (written.kind) {
    case 'file':
      return { kind: 'file', path: written.path, sha256: written.sha256 ?? fileHash(written.path) };
    case 'softmax':
    case 'logistic':
      // Both are convex: where they start makes no difference to where they end.
      return { kind: written.kind, init: written.init ?? { kind: 'zeros' } };
    case 'mlp':
      return {
        kind: 'mlp',
        activation: written.activation ?? 'relu',
        layers: written.layers.map(fillLayer),
        ...fillInput(written),
      };
    case 'maxout':
      return {
        kind: 'maxout',
        layers: written.layers.map((layer) => ({ ...fillLayer(layer), pieces: layer.pieces })),
        ...fillInput(written),
      };
  }
}

/** In bytes. A client names the path, and a coordinator reads it: a device or a pipe would never end. */
const largestModule = 4 * 1024 * 1024;

/** SHA-256 of a module's bytes in hex; empty where it is no file, too large or cannot be read (the cross-checks say so). */
export function fileHash(path: string): string {
  try {
    const file = statSync(path);
    if (!file.isFile() || file.size > largestModule) return '';
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return '';
  }
}

function fillLayer({ units, ...dropout }: { units: number } & Dropout): LayerConfig {
  return { units, ...fillDropout(dropout) };
}

function fillInput(written: {
  inputKeep?: number | undefined;
  inputScale?: number | undefined;
  init?: InitConfig | undefined;
}) {
  const { keep, scale } = fillDropout({ keep: written.inputKeep, scale: written.inputScale });
  return { inputKeep: keep, inputScale: scale, init: written.init ?? ({ kind: 'glorot' } as const) };
}

// Rescaled by 1 / keep unless told otherwise, so that a unit's mean is the same with and without dropout.
function fillDropout({ keep = 1, scale = 1 / keep }: Dropout) {
  return { keep, scale };
}
