// node.js [PACKAGE]: what Node.js' own ICU says of some texts and, with a package, what the library says of the lines of
// standard input, in turns. One object as JSON.
'use strict';

const { readFileSync } = require('node:fs');

const [, , path] = process.argv;
const sekisho = path && require(path);
const classifier = sekisho && new sekisho.Classifier();
const words = ['ロケット', 'ろけっと', 'ﾛｹｯﾄ', 'zebra', 'Äpfel', 'apple', '弾', '砲', '\u{1C89}', 'ﬁn', 'İ'];

function own() {
  const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
  return {
    order: [...words].sort(new Intl.Collator('ja').compare),
    normal: words.map((w) => w.normalize('NFKC')),
    lower: words.map((w) => w.toLocaleLowerCase('tr')),
    region: new Intl.DisplayNames('ja', { type: 'region' }).of('GB'),
    words: [...segmenter.segment('暗視ゴーグルの輸出許可')].map((s) => s.segment),
    letter: /^\p{Lu}$/u.test('\u{1C89}'), // since Unicode 16
  };
}

const results = [];
const before = own();
if (classifier) {
  for (const line of readFileSync(0, 'utf8').split('\n')) {
    results.push(line ? classifier.classifySync(line) : null);
    own();
  }
}
process.stdout.write(JSON.stringify({
  icu: process.versions.icu, unicode: process.versions.unicode, library: sekisho?.versions.unicode,
  before, after: own(), results,
}));
