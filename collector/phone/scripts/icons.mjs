/** Draws the app's icon as PNG, the shapes of public/icon.svg, without any library. */

import { deflateSync } from "node:zlib";

const ACCENT = [0x0b, 0x5d, 0x54];
const WHITE = [0xff, 0xff, 0xff];
const SPINE = [0xb7, 0xdc, 0xd4];
const SAMPLES = 4;

/** PNG bytes of the icon, `size` pixels square, on a full ground (so that a mask may cut it). */
export function iconPng(size) {
  const rows = [];
  for (let y = 0; y < size; y++) {
    const row = Buffer.alloc(1 + size * 3);
    for (let x = 0; x < size; x++) row.set(pixel(x, y, 64 / size), 1 + x * 3);
    rows.push(row);
  }
  return png(size, deflateSync(Buffer.concat(rows), { level: 9 }));
}

function pixel(x, y, scale) {
  const sum = [0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const px = (x + ((i % SAMPLES) + 0.5) / SAMPLES) * scale;
    const py = (y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * scale;
    colourAt(px, py).forEach((value, channel) => (sum[channel] += value));
  }
  return sum.map((value) => Math.round(value / (SAMPLES * SAMPLES)));
}

function colourAt(x, y) {
  if (toSegment(x, y, 28, 33, 33.5, 38.5) <= 2.25 || toSegment(x, y, 33.5, 38.5, 43, 27) <= 2.25) return ACCENT;
  if (inRound(x, y, 17, 13, 6, 38, 3)) return SPINE;
  return inRound(x, y, 17, 13, 31, 38, 4) ? WHITE : ACCENT;
}

function inRound(x, y, left, top, width, height, radius) {
  const dx = Math.max(left + radius - x, x - (left + width - radius), 0);
  const dy = Math.max(top + radius - y, y - (top + height - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

function toSegment(x, y, x1, y1, x2, y2) {
  const t = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2);
  const at = Math.min(1, Math.max(0, t));
  return Math.hypot(x - (x1 + at * (x2 - x1)), y - (y1 + at * (y2 - y1)));
}

function png(size, data) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
