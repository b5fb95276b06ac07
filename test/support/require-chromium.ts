import { existsSync } from 'node:fs';
import { chromiumPath } from './chromium';

/** Says once what is missing, where every test would fail with a page of its own. */
export default function requireChromium() {
  if (existsSync(chromiumPath)) return;
  console.error(
    `There is no Chromium at ${chromiumPath}: install it (apt-get install chromium) or set CHROMIUM to its path.`,
  );
  process.exit(1);
}
