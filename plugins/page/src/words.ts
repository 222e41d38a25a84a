// What the page says, in its two languages.
const en = {
  title: 'export-control pre-screening',
  skip: 'Skip to the results',
  language: 'Language',
  purpose:
    'Finds the entries of US and Japanese control lists that an item may fall under, and shows why. It never says that an item is free to go: “nothing found” is no clearance.',
  oneItem: 'One item',
  description: 'Description (English, Japanese or both)',
  partNumber: 'Part number',
  destination: 'Destination (two letters)',
  classify: 'Classify',
  aFile: 'A file',
  fileHint: 'Drop a CSV or TSV file here, or choose one. A column “description” or “part_number” is needed.',
  choose: 'Choose a file',
  local: 'The lines go to this server only, which keeps none of them.',
  results: 'Results',
  working: (done: number, all: number) => `${done} of ${all} items classified`,
  finished: (all: number) => `Done: ${all} items`,
  cancelled: (done: number) => `Stopped after ${done} items`,
  cancel: 'Stop',
  judged: 'Classified',
  failed: 'It could not be classified: ',
  unreachable: 'The server does not answer. Please try again.',
  emptyItem: 'Please give a description or a part number.',
  noColumns: (names: string) => `The file has no column “description” or “part_number”. Its columns: ${names}`,
  badRow: (row: number) => `row ${row} has another number of cells than the header`,
  decoded: (name: string) => `read as ${name}`,
  more: (shown: number, all: number) => `The first ${shown} of ${all} rows are shown; the downloads have all.`,
  downloadCsv: 'Download CSV',
  downloadJson: 'Download JSONL',
  matching: 'Matching words',
  noMatchingWords: 'No words matched.',
  candidates: 'Entries',
  cite: 'Citation',
  missing: 'Still to be found out',
  treaties: 'Treaty exemptions (hypothetical ones are not judged)',
  treaty: 'Exemption',
  verdict: 'Verdict',
  row: 'Row of the exclusion list',
  conditions: 'To be verified by a person',
  notices: 'Notices',
  id: 'Id',
  details: 'Details',
  note: 'Note',
  clause: 'Clause',
  error: 'Error',
  taxonomy: (version: string, day: string) => `Lists ${version}, law of ${day}`,
  match: 'match',
  possible: 'possible',
  catch_all: 'catch-all',
  unknown: 'not judged',
  excluded: 'excluded by a note',
  no_match: 'nothing found',
  treaty_excluded: 'excluded',
  treaty_undetermined: 'cannot be told',
  treaty_not_excluded: 'no row applies',
  treaty_not_applicable: 'does not apply',
};

export type Words = typeof en;

const ja: Words = {
  title: '輸出管理の事前判定',
  skip: '結果へ移動',
  language: '言語',
  purpose:
    '品目が該当しうる米国・日本の規制リストの項番とその根拠を示します。規制対象外と判定することはありません。「該当なし」は非該当の証明ではありません。',
  oneItem: '品目を入力',
  description: '品名・仕様（日本語・英語・混在可）',
  partNumber: '部品番号・型番',
  destination: '仕向国（2文字）',
  classify: '判定する',
  aFile: 'ファイルを判定',
  fileHint: 'CSV・TSVファイルをここにドロップするか、選択してください。「品名」または「部品番号」の列が必要です。',
  choose: 'ファイルを選択',
  local: '内容はこのサーバーにのみ送られ、保存されません。',
  results: '判定結果',
  working: (done, all) => `${all}件中${done}件を判定しました`,
  finished: (all) => `完了：${all}件`,
  cancelled: (done) => `${done}件で中止しました`,
  cancel: '中止',
  judged: '判定しました',
  failed: '判定できませんでした：',
  unreachable: 'サーバーが応答しません。もう一度お試しください。',
  emptyItem: '品名か部品番号を入力してください。',
  noColumns: (names) => `「品名」「部品番号」の列がありません。列名：${names}`,
  badRow: (row) => `${row}行目の列数が見出しと異なります`,
  decoded: (name) => `文字コード：${name}`,
  more: (shown, all) => `${all}行中、先頭の${shown}行を表示しています。ダウンロードには全行が含まれます。`,
  downloadCsv: 'CSVをダウンロード',
  downloadJson: 'JSONLをダウンロード',
  matching: '一致した語',
  noMatchingWords: '一致した語はありません。',
  candidates: '項番',
  cite: '根拠条文',
  missing: '確認が必要な事項',
  treaties: '条約・協定による許可例外（仮定のものは判定しません）',
  treaty: '例外規定',
  verdict: '判定',
  row: '除外リストの行',
  conditions: '担当者が確認する条件',
  notices: '注意事項',
  id: '番号',
  details: '詳細',
  note: '注',
  clause: '条項',
  error: 'エラー',
  taxonomy: (version, day) => `リスト ${version}、${day}時点の法令`,
  match: '該当',
  possible: '該当の可能性',
  catch_all: '包括規定',
  unknown: '判定不能',
  excluded: '注により除外',
  no_match: '該当なし',
  treaty_excluded: '除外',
  treaty_undetermined: '判断できず',
  treaty_not_excluded: '除外行なし',
  treaty_not_applicable: '対象外',
};

export type Language = 'en' | 'ja';
const all = { en, ja };
let current: Language = navigator.language.startsWith('ja') ? 'ja' : 'en';

export const language = () => current;
export const words = (): Words => all[current];
/** Of a pair of texts the one in the language of the page; some have one only. */
export const either = (english?: string, japanese?: string) => (current === 'ja' ? japanese || english : english || japanese) ?? '';
export const verdictWord = (verdict: string) => String(words()[verdict as keyof Words] ?? verdict);

/** Sets the language, and all texts of the page that say by data-word or data-label which they are. */
export function speak(to: Language): void {
  current = to;
  document.documentElement.lang = to;
  document.title = `Sekisho – ${words().title}`;
  const text = (name: string | undefined) => String(words()[name as keyof Words]);
  for (const e of document.querySelectorAll<HTMLElement>('[data-word]')) e.textContent = text(e.dataset.word);
  for (const e of document.querySelectorAll<HTMLElement>('[data-label]')) e.setAttribute('aria-label', text(e.dataset.label));
  for (const b of document.querySelectorAll<HTMLButtonElement>('.languages button')) {
    b.setAttribute('aria-pressed', String(b.value === to));
  }
}
