// A CAP server of the example in a process of its own, and OData requests to it.
'use strict';

const { spawn } = require('node:child_process');
const path = require('node:path');

const HOME = process.env.SEKISHO_EXAMPLE;

/** Starts cds-serve on a free port. @returns {url, stop, ask} */
async function start(config = {}) {
  const serve = path.join(HOME, 'node_modules/@sap/cds/bin/serve.js');
  const env = { ...process.env, PORT: '0', CDS_CONFIG: JSON.stringify({ sekisho: config }) };
  const child = spawn(process.execPath, [serve], { cwd: HOME, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const url = await new Promise((resolve, reject) => {
    const read = (bytes) => {
      log += bytes;
      const found = /listening on \{ url: '([^']+)'/.exec(log);
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`cds-serve ended with ${code}:\n${log}`)));
  });
  const stop = () => new Promise((resolve) => (child.on('exit', resolve), child.kill()));
  return { stop, log: () => log, ...requests(`${url}/odata/v4`) };
}

function requests(root) {
  async function ask(user, method, where, body) {
    const response = await fetch(`${root}/${where}`, {
      method,
      headers: { 'content-type': 'application/json', connection: 'close', authorization: `Basic ${btoa(`${user}:`)}` },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  }
  const good = async (...request) => {
    const { status, body } = await ask(...request);
    if (status >= 300) throw new Error(`${request.slice(0, 3).join(' ')}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  return { ask, good };
}

module.exports = { start };
