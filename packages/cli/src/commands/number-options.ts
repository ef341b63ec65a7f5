import { InvalidArgumentError } from 'commander';

/** Parses an option that takes a whole number, at least `least`. */
export function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() !== '' && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It takes a whole number, at least ${least}.`);
  };
}

/** Parses an option that takes a number, at least `least`. */
export function numberAtLeast(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() !== '' && Number.isFinite(number) && number >= least) return number;
    throw new InvalidArgumentError(`It takes a number, at least ${least}.`);
  };
}
