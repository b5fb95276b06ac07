/** One number that design or README promise. */
export interface Result {
  name: string;
  value: number;
  unit: string;
  bound: { atMost: number } | { atLeast: number };
}

export function isWithinBound({ value, bound }: Result): boolean {
  return 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast;
}
