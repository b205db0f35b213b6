import { readFile, writeFile } from 'node:fs/promises';
import { chromium, type Page } from 'playwright-core';

/**
 * Makes every icon of the desktop from `souk.svg` and `tray.svg`; the results are kept beside them. Needs
 * Chromium: CHROMIUM names it where it is not at /usr/bin/chromium. Run it with: npm run icons
 */

const sizes = [16, 32, 48, 64, 128, 256, 512, 1024] as const;
type Size = (typeof sizes)[number];
/** A Windows icon holds at most 256 pixels a side. */
const icoSizes: readonly Size[] = [16, 32, 48, 64, 128, 256];
/** Apple's names for the pictures in an icns file, some of them for screens with double pixels. */
const icnsParts: readonly (readonly [string, Size])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];
const here = (name: string) => new URL(name, import.meta.url);

async function render(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  const image = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<style>*{margin:0}img{display:block;width:${size}px;height:${size}px}</style><img src="${image}">`,
  );
  await page
    .locator('img')
    .evaluate((element) => (element as { decode(): unknown } & Element).decode());
  return await page.screenshot({ omitBackground: true });
}

/** An icon directory with PNGs in it, as Windows reads it since Vista. */
function icoOf(pictures: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    // 0 stands for 256.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** An Apple icon: a head and named parts, each with its length. */
function icnsOf(pictures: readonly { readonly name: string; readonly png: Buffer }[]): Buffer {
  const parts = pictures.flatMap(({ name, png }) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(png.length + 8, 4);
    return [head, png];
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
try {
  const page = await browser.newPage();
  const mark = await readFile(here('./souk.svg'), 'utf8');
  const pngs = new Map<Size, Buffer>();
  for (const size of sizes) pngs.set(size, await render(page, mark, size));
  const png = (size: Size) => pngs.get(size) ?? Buffer.alloc(0);
  for (const size of sizes) await writeFile(here(`./png/${size}x${size}.png`), png(size));
  await writeFile(here('./souk.ico'), icoOf(icoSizes.map((size) => ({ size, png: png(size) }))));
  await writeFile(
    here('./souk.icns'),
    icnsOf(icnsParts.map(([name, size]) => ({ name, png: png(size) }))),
  );
  // macOS colors a template by itself; elsewhere the mark in its own colors is seen on any ground.
  const template = await readFile(here('./tray.svg'), 'utf8');
  await writeFile(here('./trayTemplate.png'), await render(page, template, 18));
  await writeFile(here('./trayTemplate@2x.png'), await render(page, template, 36));
  await writeFile(here('./tray.png'), png(32));
  await writeFile(here('./tray@2x.png'), png(64));
} finally {
  await browser.close();
}
