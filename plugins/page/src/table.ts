// Files of rows: CSV after RFC 4180 and TSV in, CSV out.
import type { Item } from './engine';

export interface Table { names: string[]; rows: string[][]; encoding: string }

const NAMES: Record<string, keyof Item> = {
  id: 'id', description: 'description', part_number: 'part_number', nsn: 'nsn', manufacturer: 'manufacturer',
  destination: 'destination', 番号: 'id', 品名: 'description', 品目: 'description', 名称: 'description',
  部品番号: 'part_number', 型番: 'part_number', 型式: 'part_number', 製造者: 'manufacturer', メーカー: 'manufacturer',
  仕向国: 'destination', 仕向地: 'destination',
};

/** Files of Japanese spreadsheets are often not UTF-8. */
export function decode(bytes: ArrayBuffer): { text: string; encoding: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return { text: new TextDecoder('shift_jis').decode(bytes), encoding: 'Shift_JIS' };
  }
}

export function parse(text: string, encoding: string): Table {
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const separator = firstLine.includes('\t') ? '\t' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  const end = () => {
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  const cell = new RegExp(`("(?:[^"]|"")*"(?=${separator}|\\r?\\n|$)|[^${separator}\\n]*)(${separator}|\\n|$)|\\r\\n`, 'y');
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) break;
    const raw = found[1].replace(/\r$/, '');
    const quoted = separator === ',' && /^"(?:[^"]|"")*"$/.test(raw);
    row.push(quoted ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (found[2] !== separator) end();
  }
  if (row.length > 0) end();
  return { names: rows[0] ?? [], rows: rows.slice(1), encoding };
}

const column = (name: string) => NAMES[name.trim().toLowerCase().replaceAll(/[ -]/g, '_')];

export const hasItems = (table: Table) =>
  table.names.some((n) => column(n) === 'description' || column(n) === 'part_number');

/** The item of a row; a row that does not fit the header is not guessed at. */
export function itemOf(table: Table, row: string[]): Item | null {
  if (row.length !== table.names.length) return null;
  const item: Item = {};
  table.names.forEach((name, i) => {
    const key = column(name);
    if (key !== undefined && row[i] !== '' && item[key] === undefined) item[key] = row[i];
  });
  return item;
}

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** With the mark by which spreadsheets know UTF-8. */
export const csv = (rows: string[][]) => '\ufeff' + rows.map((r) => r.map(quote).join(',') + '\r\n').join('');
