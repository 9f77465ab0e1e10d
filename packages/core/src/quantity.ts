import { ConfigError } from './config-error';

/** An amount that must be a finite number, zero or more. @throws QUANTITY */
export function amount(where: string, value: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new ConfigError(where, 'QUANTITY', 'the amount must be a finite number, 0 or more', { got: value, fix: `write ${where}(1)` });
  }
  return value;
}

/** A conversion that must come out whole, so that nothing is rounded unseen. @throws QUANTITY_FRACTION */
export function whole(what: string, value: number, unit: string): number {
  if (!Number.isInteger(value)) {
    throw new ConfigError(what, 'QUANTITY_FRACTION', `is ${value} ${unit}, and a whole number is needed`, {
      fix: `choose a multiple of one ${unit.replace(/s$/, '')}`,
    });
  }
  return value;
}
