import { createHash } from 'node:crypto';
import { canonicalJson, type RunConfig } from '@sparring/runtime';

/** All that decides what a run comes to. */
export interface Ingredients {
  /** `configurationHash` */
  readonly configuration: string;
  readonly dataChecksum: string;
  /** `codeHash` */
  readonly code: string;
  readonly seed: number;
}

/** SHA-256, in hex, by which a run is known: two runs of the same identity come to the same bits. */
export function runIdentity({ configuration, dataChecksum, code, seed }: Ingredients): string {
  return createHash('sha256').update(`${configuration} ${dataChecksum} ${code} ${seed}`).digest('hex');
}

/**
 * SHA-256, in hex, of a resolved configuration but for its seed, and for what neither a bit nor a measured figure depends on: who computes
 * (`trainers`, `attackers`, `stepsPerCall`, `attack.placement`), how often is saved, and where files lie (their contents count: by the
 * data's checksum, and the module's hash).
 */
export function configurationHash(config: RunConfig): string {
  const { seed: _, trainers: __, attackers: ___, stepsPerCall: ____, checkpointEveryMs: _____, ...rest } = config;
  const { placement: ______, ...attack } = rest.attack;
  const { folder: _______, ...data } = rest.data;
  const model = rest.model.kind === 'file' ? { kind: 'file', sha256: rest.model.sha256 } : rest.model;
  return createHash('sha256')
    .update(canonicalJson({ ...rest, attack, data, model }))
    .digest('hex');
}
