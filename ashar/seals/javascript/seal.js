// The seal of a proposal, made and opened in the reader's own browser.
//
// A proposal is locked with a one-time age identity. Its 32 secret bytes are split k of n, and
// each share is locked to one member of the commission. Formats: age-encryption.org/v1 and the
// shares of shamir-secret-sharing (y bytes, then one byte x). Nothing here talks to a server.
import { bech32 } from "@scure/base";
import {
  armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient,
} from "age-encryption";
import { combine as combineShares, split } from "shamir-secret-sharing";
import { renderSVG } from "uqr";

const SECRET = "AGE-SECRET-KEY-";
const WORK_FACTOR = 18;
const utf8 = new TextEncoder();

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function randomHex(count) {
  return hex(crypto.getRandomValues(new Uint8Array(count)));
}

async function sha256(bytes) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

// "AB12 CD34 ..." as it stands in the announcement.
async function fingerprint(recipient) {
  const digest = await sha256(utf8.encode(recipient));
  return digest.slice(0, 16).toUpperCase().match(/.{4}/g).join(" ");
}

function newIdentity() {
  return generateX25519Identity();
}

// Typed from a sheet of paper: small letters, spaces and line ends are forgiven.
function tidyIdentity(text) {
  return text.replace(/\s+/g, "").toUpperCase();
}

function recipientOf(identity) {
  return identityToRecipient(identity);
}

function secretOf(identity) {
  const { prefix, bytes } = bech32.decodeToBytes(identity);
  if (prefix.toUpperCase() !== SECRET || bytes.length !== 32) throw new Error("not an identity");
  return bytes;
}

function identityOf(secret) {
  return bech32.encodeFromBytes(SECRET, secret).toUpperCase();
}

async function encrypt(bytes, recipient) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(bytes);
}

async function decrypt(bytes, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(bytes);
}

async function lock(identity, passphrase, workFactor = WORK_FACTOR) {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(identity));
}

async function unlock(locked, passphrase) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return decrypter.decrypt(armor.decode(locked), "text");
}

// X25519 ignores five bits of a secret. They are fixed before it is split, so that exactly one
// secret belongs to a recipient, and a share with one of these bits changed shows.
function fixed(secret) {
  const bytes = Uint8Array.from(secret);
  bytes[0] &= 248;
  bytes[31] = (bytes[31] & 127) | 64;
  return bytes;
}

// holders: [{position, recipient}]; returns [{position, share}], each share for one holder only.
async function splitFor(identity, holders, threshold) {
  const shares = await split(fixed(secretOf(identity)), holders.length, threshold);
  return Promise.all(holders.map(async (holder, at) => ({
    position: holder.position,
    share: armor.encode(await encrypt(shares[at], holder.recipient)),
  })));
}

// A holder opens the share locked to him; returns its bytes.
async function openShare(locked, identity) {
  return decrypt(armor.decode(locked), identity);
}

// k opened shares give the identity back; who uses it compares recipientOf() with the envelope's.
async function combine(shares) {
  return identityOf(await combineShares(shares));
}

// 4 bytes: length of the header; then the header as JSON. Papers are sealed one by one.
function packEnvelope(header) {
  const text = utf8.encode(JSON.stringify(header));
  const packed = new Uint8Array(4 + text.length);
  new DataView(packed.buffer).setUint32(0, text.length);
  packed.set(text, 4);
  return packed;
}

function unpackEnvelope(packed) {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const length = view.getUint32(0);
  if (packed.length !== 4 + length) throw new Error("the envelope is cut off");
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(packed.subarray(4)));
}

// A picture of a text for a printed sheet; made here, since the text is secret.
function picture(text) {
  return renderSVG(text, { ecc: "M" });
}

globalThis.asharSeal = Object.freeze({
  combine, decrypt, encrypt, fingerprint, fromBase64, identityOf, lock, newIdentity, openShare,
  packEnvelope, picture, randomHex, recipientOf, secretOf, sha256, splitFor, tidyIdentity, toBase64,
  unlock, unpackEnvelope,
});
