/**
 * Whether a Host header names this machine by an address that only it has. A page of another site can have its name resolve to a
 * loopback address, and so reach a server here (DNS rebinding), but its browser sends that name. Any port will do: ssh forwards others.
 */
export function isOwnName(host: string | undefined): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:]+)(:\d+)?$/i.exec(host ?? '')?.[1]?.toLowerCase();
  return name !== undefined && (name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name));
}
