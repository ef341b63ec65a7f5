/** Who may connect to the broker: each role is a user of it, with permissions of its own. */
export const roles = ['coordinator', 'trainer', 'attacker', 'client'] as const;

/** In which a process connects to the broker; `Role`, of the protocol, is a worker's alone. */
export type BrokerRole = (typeof roles)[number];

export function isRole(name: string): name is BrokerRole {
  return (roles as readonly string[]).includes(name);
}

/** What the subjects begin with on which a role receives answers. A role may subscribe to no other inboxes than its own. */
export function inboxPrefix(role: BrokerRole): string {
  return `_INBOX_${role}`;
}

/**
 * Whether answers may be sent to this subject. Whoever answers must ask: the broker checks what a client publishes, but not where it
 * wants its answers, and the coordinator may publish what others may not. Clients without a role use NATS's own `_INBOX`.
 */
export function isInbox(subject: string): boolean {
  return inboxes.some((inbox) => subject.startsWith(inbox));
}

const inboxes = ['_INBOX.', ...roles.map((role) => `${inboxPrefix(role)}.`)];
