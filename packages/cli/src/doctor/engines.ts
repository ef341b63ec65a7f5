import { listEngines } from '@sparring/engine';
import type { Finding } from './finding.js';

/** No run can do without one of these; the others are faster ways. */
const required = ['onnx:cpu'];

/** Every engine, whether it computes here, and how to get it. */
export async function examineEngines(): Promise<Finding[]> {
  const statuses = await listEngines();
  return statuses.map(({ name, available, detail, howToGet, ranOnHardware }) => ({
    section: 'engines',
    name,
    state: available ? 'present' : required.includes(name) ? 'missing' : 'absent',
    detail: ranOnHardware || detail.includes('not yet run on hardware') ? detail : `${detail}; not yet run on hardware`,
    howToGet: available ? null : howToGet,
  }));
}
