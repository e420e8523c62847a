/**
 * libsodium's sealed box (crypto_box_seal): X25519 with a key made for this box alone, XSalsa20 and
 * Poly1305; the nonce is BLAKE2b of both public keys. Whoever seals cannot open again.
 */

import { blake2b } from "@noble/hashes/blake2.js";
import nacl from "tweetnacl";

const KEY = 32;

/** ISO/IEC 7816-4, as sodium_pad: a 0x80, then zeros, so that every box has one length. */
export function padded(text: string, size: number): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length >= size) throw new RangeError(`${bytes.length} bytes do not fit into ${size}`);
  const whole = new Uint8Array(size);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  bytes.fill(0);
  return whole;
}

/** 48 bytes longer than `plain`. */
export function sealed(plain: Uint8Array, receiver: Uint8Array): Uint8Array {
  const once = nacl.box.keyPair();
  const keys = new Uint8Array(2 * KEY);
  keys.set(once.publicKey);
  keys.set(receiver, KEY);
  const nonce = blake2b(keys, { dkLen: nacl.box.nonceLength });
  const box = nacl.box(plain, nonce, receiver, once.secretKey);
  once.secretKey.fill(0);
  const whole = new Uint8Array(KEY + box.length);
  whole.set(once.publicKey);
  whole.set(box, KEY);
  return whole;
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
