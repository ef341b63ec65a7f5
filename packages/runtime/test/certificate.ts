import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a certificate for 127.0.0.1, signed by itself, and its key. For tests alone: the key is here for all to read. */
export function writeCertificate(folder: string): { certFile: string; keyFile: string } {
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  writeFileSync(files.certFile, certificate);
  writeFileSync(files.keyFile, key);
  return files;
}

// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj '/CN=sparring test'
//   -addext 'subjectAltName=IP:127.0.0.1,DNS:localhost'
const certificate = `-----BEGIN CERTIFICATE-----
MIIBozCCAUmgAwIBAgIUJsE1PGQ+570TELG5J6RtqPV3nSAwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNc3BhcnJpbmcgdGVzdDAgFw0yNjExMjMwODI2NTRaGA8yMTI2
MTAzMDA4MjY1NFowGDEWMBQGA1UEAwwNc3BhcnJpbmcgdGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABGdl/qwbkw+AwsDYtWaFJeYCDhE20GAKTB4D+sctItGR
qytvFar98LDPY1gu1HWxBPeKgigXM4snbqQsIa60n0OjbzBtMB0GA1UdDgQWBBQ9
cGh+L29V2om3iU4URX/R41h48TAfBgNVHSMEGDAWgBQ9cGh+L29V2om3iU4URX/R
41h48TAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGHBH8AAAGCCWxvY2FsaG9z
dDAKBggqhkjOPQQDAgNIADBFAiBbxW8XCcBuEmcukR5hqe/HhIVoOyLFvo3lSsYQ
7TeyEgIhAI6bui4NgAmyehEvRnQul5dYvxvGif6ENJ35aEp7oYQc
-----END CERTIFICATE-----
`;

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgox5RqrvshCs7iW/T
ywZs2AqQcH+J2DQXIg6LI4Qs+42hRANCAARnZf6sG5MPgMLA2LVmhSXmAg4RNtBg
CkweA/rHLSLRkasrbxWq/fCwz2NYLtR1sQT3ioIoFzOLJ26kLCGutJ9D
-----END PRIVATE KEY-----
`;
