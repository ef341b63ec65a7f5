import { count } from '@sparring/dashboard/figures';

export { count, duration, percent, plural } from '@sparring/dashboard/figures';

/** '12,345 examples/s'; small rates keep a digit behind the point. */
export function rate(examplesPerSecond: number): string {
  return `${examplesPerSecond < 10 ? examplesPerSecond.toFixed(1) : count(examplesPerSecond)} examples/s`;
}

/** '0:09', '12:34', '1:02:03' */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const padded = (number: number) => String(number).padStart(2, '0');
  return `${hours > 0 ? `${hours}:${padded(minutes)}` : minutes}:${padded(whole % 60)}`;
}
