// The page in headless Chromium, in front of the module in a real nginx. SEKISHO_SHOTS=FOLDER keeps screenshots.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import puppeteer from 'puppeteer-core';

const { SEKISHO_BUILD, SEKISHO_SHOTS, SEKISHO_NGINX, CHROMIUM } = process.env;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-page-'));
let nginx, browser, url, page, foreign;

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

// The example configuration, at another port and place.
async function startNginx() {
  const port = await freePort();
  const conf = fs.readFileSync(path.join(import.meta.dirname, '..', '..', 'nginx', 'example.conf'), 'utf8')
    .replace('ngx_http_sekisho_module.so', path.join(SEKISHO_BUILD, 'nginx', 'ngx_http_sekisho_module.so'))
    .replace('listen 127.0.0.1:8080', `listen 127.0.0.1:${port}`)
    .replace('root ../page', `root ${path.join(SEKISHO_BUILD, 'page')}`)
    .replace('pid nginx.pid;', `pid nginx.pid; daemon off; ${process.getuid() === 0 ? 'user root;' : ''}`);
  fs.writeFileSync(path.join(home, 'nginx.conf'), conf);
  nginx = spawn(SEKISHO_NGINX, ['-e', path.join(home, 'error.log'), '-p', home, '-c', path.join(home, 'nginx.conf')], { stdio: 'ignore' });
  url = `http://127.0.0.1:${port}/`;
  for (let i = 0; i < 100; ++i) {
    if (await fetch(`${url}health`).then((r) => r.ok, () => false)) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(fs.readFileSync(path.join(home, 'error.log'), 'utf8'));
}

async function open(language, options = {}) {
  await page?.close();
  page = await browser.newPage();
  foreign = [];
  page.on('request', (r) => /^(http|ws)/.test(r.url()) && !r.url().startsWith(url) && foreign.push(r.url()));
  page.on('pageerror', (e) => foreign.push(String(e)));
  page.on('console', (m) => m.type() === 'error' && foreign.push(m.text()));
  const { width = 1200, scheme = 'light' } = options;
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url, { waitUntil: 'networkidle0' });
  await page.click(`.languages button[value=${language}]`);
}

const text = (selector) => page.$eval(selector, (e) => e.textContent);
const texts = (selector) => page.$$eval(selector, (all) => all.map((e) => e.textContent));
const status = (words) => page.waitForFunction((w) => document.getElementById('status').textContent.includes(w), { timeout: 60000 }, words);

async function classify(description, part = '') {
  await page.$eval('#description', (e, v) => (e.value = v), description);
  await page.$eval('#part', (e, v) => (e.value = v), part);
  await page.click('#item button.go');
}

async function give(name, content) {
  const file = path.join(home, name);
  fs.writeFileSync(file, content);
  await (await page.$('#file')).uploadFile(file);
}

async function shot(name, fullPage = false) {
  if (SEKISHO_SHOTS) await page.screenshot({ path: path.join(SEKISHO_SHOTS, `${name}.png`), fullPage });
}

async function downloaded(button) {
  await page.evaluate(() => {
    window.saved = [];
    URL.createObjectURL = (blob) => (window.saved.push(blob), 'blob:none');
    HTMLAnchorElement.prototype.click = () => {};
  });
  await (await page.$$('.buttons button'))[button].click();
  return page.evaluate(async () => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await window.saved[0].arrayBuffer()));
}

before(async () => {
  await startNginx();
  const args = ['--disable-dev-shm-usage', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])];
  browser = await puppeteer.launch({ executablePath: CHROMIUM, args });
});

after(async () => {
  await browser?.close();
  const ended = new Promise((resolve) => nginx.once('exit', resolve));
  nginx.kill();
  await ended;
  fs.rmSync(home, { recursive: true });
});

test('one item: verdicts, marked words, citations, what is missing, treaties', async () => {
  await open('en');
  await classify('😀 V-22用ギアボックス；AN/PVS-14', 'X-1');
  await status('Classified');
  const marks = await texts('.item mark');
  assert.ok(marks.includes('AN/PVS-14') && marks.includes('V-22'), marks.join());
  assert.deepEqual(await page.$$eval('.list', (all) => all.map((e) => e.dataset.list)), ['us-usml', 'us-ccl', 'jp-etco', 'jp-feo']);
  assert.match(await text('[data-list=us-usml]'), /XII\(c\).*22 CFR 121\.1 XII\(c\).*Still to be found out/s);
  assert.match(await text('.result table'), /us-uk-126\.17.*22 CFR Part 126/s);
  assert.ok((await texts('.result details li')).length > 10);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'results');
  assert.deepEqual(foreign, []);
});

test('the language changes what is shown, not what was found', async () => {
  await open('en');
  await classify('night vision goggle');
  await status('Classified');
  const entries = await texts('.entry strong');
  await page.click('.languages button[value=ja]');
  assert.equal(await page.$eval('html', (e) => e.lang), 'ja');
  assert.match(await text('[data-list=us-usml]'), /該当の可能性.*根拠条文.*確認が必要な事項/s);
  assert.deepEqual(await texts('.entry strong'), entries);
  assert.deepEqual(await texts('[data-word]').then((all) => all.filter((t) => t === '' || t === 'undefined')), []);
});

test('text of an item is never markup', async () => {
  await open('en');
  await classify('<img src=x onerror=alert(1)> tank <b>M4</b>');
  await status('Classified');
  assert.equal(await page.$('.item img, .item b'), null);
  assert.match(await text('.item'), /<img src=x onerror=alert\(1\)>/);
});

test('by keyboard alone, and what is wrong is said', async () => {
  await open('en');
  await page.click('#item button.go');
  await status('Please give a description');
  await page.focus('#description');
  await page.keyboard.type('M4 carbine');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'part');
  await page.keyboard.press('Enter');
  await status('Classified');
  await page.type('#destination', 'q1');
  await page.focus('#description');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await status('could not be classified');
});

test('every control has a name, every status is read aloud', async () => {
  await open('ja');
  const tree = await page.accessibility.snapshot({ interestingOnly: true });
  const nameless = [];
  const walk = (node) => {
    if (['button', 'textbox', 'table', 'region', 'progressbar'].includes(node.role) && !node.name) nameless.push(node.role);
    node.children?.forEach(walk);
  };
  walk(tree);
  assert.deepEqual(nameless, []);
  assert.equal(await page.$eval('#status', (e) => e.getAttribute('aria-live')), 'polite');
});

test('a file of a thousand lines, with progress and downloads', async () => {
  await open('en');
  const seen = await page.evaluateHandle(() => {
    const all = [];
    new MutationObserver(() => all.push(document.getElementById('status').textContent))
      .observe(document.getElementById('status'), { childList: true });
    return all;
  });
  const rows = Array.from({ length: 1000 }, (_, i) => `${i},"TANK, ""M1""",,x${i}`);
  rows[500] = '500,broken';
  await give('items.csv', ['id,Description,part number,note', ...rows].join('\r\n'));
  await status('Done: 1000 items');
  const progress = (await seen.jsonValue()).filter((t) => /\d+ of 1000/.test(t));
  assert.ok(progress.length > 5, progress.join());
  assert.equal((await page.$$('tbody > tr:not([hidden])')).length, 1000);
  assert.match(await text('tr.fault'), /row 502/);
  const csv = await downloaded(0);
  assert.equal(csv.split('\r\n').length, 1002);
  assert.match(csv, /^\ufeffid,Description,part number,note,us-usml,us-usml entries,/);
  assert.match(csv, /\r\n7,"TANK, ""M1""",,x7,match,/);
  assert.match(csv, /\r\n500,broken,.*row 502/);
  const lines = (await downloaded(1)).trimEnd().split('\n').map((l) => JSON.parse(l));
  assert.deepEqual([lines.length, lines[999].id, lines[500].error !== undefined], [1000, '999', true]);
  await page.click('tbody button');
  assert.equal(await page.$eval('tbody button', (b) => b.getAttribute('aria-expanded')), 'true');
  assert.match(await text('tbody tr:nth-child(2)'), /22 CFR 121\.1 VII/);
  assert.deepEqual(foreign, []);
});

test('Japanese spreadsheets: Shift_JIS and Japanese column names', async () => {
  await open('ja');
  const sjis = Buffer.from([0x95, 0x69, 0x96, 0xbc, 0x0d, 0x0a, 0x90, 0xed, 0x8e, 0xd4, 0x0d, 0x0a]); // 品名 / 戦車
  await give('items.csv', sjis);
  await status('完了：1件');
  assert.equal(await text('td.what mark'), '戦車');
  assert.match(await text('.filed h2'), /Shift_JIS/);
});

test('files that cannot be read, and stopping', async () => {
  await open('en');
  await give('other.csv', 'a,b\n1,2\n');
  await status('Its columns: a, b');
  await give('long.csv', 'description\n' + 'night vision goggle AN/PVS-14 for V-22\n'.repeat(20000));
  await page.waitForSelector('.buttons button');
  await page.click('.buttons button');
  await status('Stopped after');
});

test('nothing is wider than the window, in either language, light and dark', async () => {
  for (const language of ['en', 'ja']) {
    for (const scheme of ['light', 'dark']) {
      for (const width of [360, 1200]) {
        await open(language, { width, scheme });
        await shot(`empty-${language}-${scheme}-${width}`);
        await classify('双眼型暗視ゴーグル AN/PVS-15, night vision goggle', 'AN/PVS-15');
        await status(language === 'en' ? 'Classified' : '判定しました');
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${over} px too wide: ${language} ${width}`);
        await shot(`item-${language}-${scheme}-${width}`, true);
      }
    }
    await open(language);
    await give('items.csv', 'id,description\n1,M4 carbine\n2,ＳＨ－６０Ｋ機体定期修理\n3,MAT FLOOR\n4,night vision goggle\n');
    await status(language === 'en' ? 'Done' : '完了');
    await shot(`file-${language}`);
  }
});
