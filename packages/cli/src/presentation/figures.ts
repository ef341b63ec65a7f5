/** '2.13 %' of a fraction. */
export function percent(fraction: number, digits = 2): string {
  return `${(100 * fraction).toFixed(digits)} %`;
}

/** '12,345' */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** '12,345 examples/s'; small rates keep a digit behind the point. */
export function rate(examplesPerSecond: number): string {
  return `${examplesPerSecond < 10 ? examplesPerSecond.toFixed(1) : count(examplesPerSecond)} examples/s`;
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

/** '0:09', '12:34', '1:02:03' */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return `${hours > 0 ? `${hours}:${padded(minutes)}` : minutes}:${padded(whole % 60)}`;
}

/** '1 trainer', '2 trainers' */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}
