/** '2.13 %' of a fraction. */
export function percent(fraction: number, digits = 2): string {
  return `${(100 * fraction).toFixed(digits)} %`;
}

/** '12,345' */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** '0.8 s', '42 s', '3 min 05 s', '2 h 04 min' */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${padded(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`;
}

/** '2026-11-23 10:15', in local time. */
export function moment(ms: number): string {
  const at = new Date(ms);
  const day = [at.getFullYear(), padded(at.getMonth() + 1), padded(at.getDate())].join('-');
  return `${day} ${padded(at.getHours())}:${padded(at.getMinutes())}`;
}

/** '1 trainer', '2 trainers' */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** The 16 digits of a digest that are shown. */
export function shortHex(digest: string): string {
  return digest.slice(0, 16);
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}
