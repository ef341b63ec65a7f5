import type { Role } from '@sparring/protocol';

export interface Member {
  readonly workerId: string;
  readonly role: Role;
  readonly host: string;
  readonly pid: number;
}

/** Who takes part in a run, in the coordinator's memory alone. */
export class Membership {
  readonly #members = new Map<string, Member>();
  /** Processes whose worker was evicted. */
  readonly #evicted = new Set<string>();

  add(member: Member): void {
    this.#members.set(member.workerId, member);
  }

  remove(workerId: string): Member | undefined {
    const member = this.#members.get(workerId);
    this.#members.delete(workerId);
    return member;
  }

  /** Removes a worker, and its process with it: under another id it would only come back. */
  evict(workerId: string): Member | undefined {
    const member = this.remove(workerId);
    if (member) this.#evicted.add(processOf(member));
    return member;
  }

  isEvicted(place: Pick<Member, 'host' | 'pid'>): boolean {
    return this.#evicted.has(processOf(place));
  }

  get(workerId: string): Member | undefined {
    return this.#members.get(workerId);
  }

  all(): readonly Member[] {
    return [...this.#members.values()];
  }

  count(role: Role): number {
    return this.all().filter((member) => member.role === role).length;
  }
}

function processOf({ host, pid }: Pick<Member, 'host' | 'pid'>): string {
  return `${host} ${pid}`;
}
