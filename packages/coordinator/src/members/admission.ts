import {
  type JoinReply,
  type JoinRequest,
  protocolVersion,
  type Qualification,
  type SettingsRequest,
} from '@sparring/protocol';
import type { Membership } from './membership.js';

export interface AdmissionRules {
  readonly membership: Membership;
  readonly term: number;
  /** What the coordinator computes with; null where workers share its process. */
  readonly own: Qualification | null;
  readonly allowMixedHardware: boolean;
}

/** Why a worker of another version cannot take part; null where it can. */
export function versionFault({ protocolVersion: given }: Pick<SettingsRequest, 'protocolVersion'>): string | null {
  if (given === protocolVersion) return null;
  return `it speaks version ${given} of the protocol, this coordinator version ${protocolVersion}: install the same sparring on both`;
}

/** Decides whether a worker may take part: whoever computes differently would change the bits. */
export function admit(request: JoinRequest, { membership, term, own, allowMixedHardware }: AdmissionRules): JoinReply {
  const refused = (reason: string): JoinReply => ({ kind: 'refused', reason });
  if (request.term !== term) return refused(`term ${request.term} is over, this is term ${term}`);
  if (membership.all().length >= mostMembers && !membership.get(request.workerId))
    return refused(`${mostMembers} workers take part already`);
  if (membership.isEvicted(request))
    return refused('its process was evicted: it alone failed at tasks that others performed');
  if (own === null) return { kind: 'welcome' };
  const { dataChecksum, engine, fingerprint, cpu } = request.qualification;
  if (dataChecksum !== own.dataChecksum) {
    return refused(`its data differ: checksum ${short(dataChecksum)}, here ${short(own.dataChecksum)}`);
  }
  if (allowMixedHardware) return { kind: 'welcome' };
  if (engine !== own.engine) return refused(`it computes with ${engine}, the coordinator with ${own.engine}`);
  if (fingerprint !== own.fingerprint) {
    const how =
      'set allowMixedHardware to take it all the same, and give up that the bits do not depend on who computes';
    return refused(`its arithmetic differs: ${cpu} comes to other bits than the coordinator's ${own.cpu}; ${how}`);
  }
  return { kind: 'welcome' };
}

/** Many more than a run can use. */
const mostMembers = 1_024;

function short(checksum: string): string {
  return checksum.slice(0, 16);
}
