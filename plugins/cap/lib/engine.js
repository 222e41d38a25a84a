// The classifier of this process, by the configuration cds.sekisho: {pack, lists, maxInputBytes}.
'use strict';

const cds = require('@sap/cds');
const { Classifier } = require('@sekisho/node');

let classifier;

function engine() {
  const { pack, lists, maxInputBytes } = cds.env.sekisho ?? {};
  const options = Object.entries({ pack, lists, maxInputBytes }).filter(([, value]) => value !== undefined);
  classifier ??= plainly(() => new Classifier(Object.fromEntries(options)));
  return classifier;
}

// CAP would take the engine's `status` for one of HTTP.
const plain = (error) => new Error(`cds.sekisho: ${error.message}`, { cause: error });
function plainly(make) {
  try {
    return make();
  } catch (error) {
    throw plain(error);
  }
}

/** Reads the configured pack anew; if that fails, the one in use stays and the error is the caller's. */
async function reload() {
  const { pack } = cds.env.sekisho ?? {};
  if (pack) await engine().load(pack).catch((error) => Promise.reject(plain(error)));
  return engine().taxonomy;
}

module.exports = { engine, reload };
