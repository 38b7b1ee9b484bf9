/** Returns the spellings and encodings in which a value could be printed. */
export function formsOf(value: string): string[] {
  const plain = value.replace(/^\+/, "");
  const base64 = [0, 1, 2].map((shift) => {
    // Cut off the characters at both ends, because they depend on the text around the value.
    const encoded = Buffer.from("x".repeat(shift) + plain).toString("base64");
    return encoded.slice(shift === 0 ? 0 : 4, Math.floor((shift + plain.length) / 3) * 4);
  });
  const separated = [" ", ", ", "-", "."].map((separator) => plain.split("").join(separator));
  const grouped = plain.replace(/(?<=^\d{2})(?=\d)/, " ");
  const url = [encodeURIComponent(value), encodeURIComponent(plain)];
  return [
    ...new Set([
      value,
      plain,
      grouped,
      Buffer.from(plain).toString("hex"),
      ...base64,
      ...separated,
      ...url,
    ]),
  ];
}
