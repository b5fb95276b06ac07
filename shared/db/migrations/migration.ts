export interface Migration {
  name: string;
  /** One statement each, run in order in one transaction. */
  up: readonly string[];
  down: readonly string[];
}
