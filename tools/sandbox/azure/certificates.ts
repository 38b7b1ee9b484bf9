import { generate } from "selfsigned";

export interface Certificates {
  /** Certificate of the authority, for NODE_EXTRA_CA_CERTS. */
  ca: string;
  key: string;
  cert: string;
}

export const createCertificates = async (): Promise<Certificates> => {
  const authority = await generate([{ name: "commonName", value: "Azure stand-ins" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "*.vault.azure.net" },
          { type: 2, value: "*.in.applicationinsights.azure.com" },
          { type: 2, value: "*.table.core.windows.net" },
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { ca: authority.cert, key: server.private, cert: server.cert };
};
