import type { Role } from '@sparring/protocol';

export interface Member {
  readonly workerId: string;
  readonly role: Role;
}

/** Who is alive, in the coordinator's memory alone. */
export class Membership {
  readonly #members = new Map<string, Member>();

  add(member: Member): void {
    this.#members.set(member.workerId, member);
  }

  remove(workerId: string): Member | undefined {
    const member = this.#members.get(workerId);
    this.#members.delete(workerId);
    return member;
  }

  get(workerId: string): Member | undefined {
    return this.#members.get(workerId);
  }

  count(role: Role): number {
    return [...this.#members.values()].filter((member) => member.role === role).length;
  }
}
