// Runs the tests in a browser, if there is one and the nginx module; status 77 otherwise.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const { SEKISHO_BUILD, SEKISHO_NGINX = '' } = process.env;
const folders = (process.env.PATH ?? '').split(path.delimiter);
const chromium = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
const needed = [[chromium, 'Chromium'], [existsSync(SEKISHO_NGINX), 'nginx'],
  [existsSync(path.join(SEKISHO_BUILD, 'nginx', 'ngx_http_sekisho_module.so')), 'the nginx module']];
const missing = needed.filter(([there]) => !there).map(([, name]) => name);
if (missing.length > 0) {
  console.error(`skipped: ${missing.join(', ')} not there (./dev test page installs them)`);
  process.exit(77);
}
const run = spawnSync(process.execPath, ['--test', path.join(import.meta.dirname, 'page.test.js')],
  { stdio: 'inherit', env: { ...process.env, CHROMIUM: chromium } });
process.exit(run.status ?? 1);
