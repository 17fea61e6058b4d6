// Whether the code of a membership card is ours and still holds, told by the browser alone: with a list of keys and of cards that hold no more it needs no connection.
// What the bytes are, CardCode.cs says.
const place = { key: 1, number: 5, seal: 9, standing: 15, end: 16, signature: 20, whole: 84 };
const curve = { name: "ECDSA", namedCurve: "P-256" };
const method = { name: "ECDSA", hash: "SHA-256" };

// Without https there is none of it, and only the portal can say.
export const canCheck = !!globalThis.crypto?.subtle;

// A camera gives the whole address.
export const codeOf = text => text.slice(text.indexOf("#") + 1).trim();

export const hex = bytes => [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");

function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

// What names the card in lists; said without checking anything.
export const sealOf = code => hex(bytesOf(code).subarray(place.seal, place.standing));

export async function download(address) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status);
  const list = await answer.json();
  // Whose clock is wrong would call every card ended.
  return { ...list, ahead: list.at - Date.now(), cameAt: Date.now() };
}

// "valid", "expired", "revoked" or "unknown", and what the card says.
export async function read(code, list) {
  const bytes = bytesOf(code);
  const known = bytes.length === place.whole && bytes[0] === 1 && list.keys.find(each => each.id === hex(bytes.subarray(place.key, place.number)));
  if (!known) return { state: "unknown" };
  const key = await crypto.subtle.importKey("spki", bytesOf(known.key), curve, false, ["verify"]);
  if (!await crypto.subtle.verify(method, key, bytes.subarray(place.signature), bytes.subarray(0, place.signature))) return { state: "unknown" };
  const view = new DataView(bytes.buffer);
  const card = {
    number: String(view.getUint32(place.number)).padStart(8, "0").replace(/(?=.{4}$)/, " "),
    seal: sealOf(code),
  };
  const isOver = view.getUint32(place.end) * 1000 <= Date.now() + list.ahead;
  return { ...card, state: isOver ? "expired" : list.revoked.includes(card.seal) ? "revoked" : "valid" };
}

// What the portal says of it now; nothing where it cannot be asked.
export async function ask(address, code, patience = 5000) {
  try {
    const answer = await fetch(address, { method: "POST", body: code, headers: { "Content-Type": "text/plain" }, signal: AbortSignal.timeout(patience) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
