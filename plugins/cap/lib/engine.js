// The classifier of this process, by the configuration cds.sekisho: {pack, lists, and limits of an item}.
'use strict';

const cds = require('@sap/cds');
const { Classifier } = require('@sekisho/node');

// Not all that a Classifier takes: what is written here is judged in batches of the plugin's own.
const OPTIONS = ['pack', 'lists', 'maxInputBytes', 'maxMatches', 'maxSteps', 'maxMemoryBytes'];
let classifier;

function engine() {
  const given = cds.env.sekisho ?? {};
  const options = OPTIONS.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
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
