/**
 * A program for the server: prints the SCRAM-SHA-256 verifier of the password in a file, as PostgreSQL stores it. So the password
 * itself is in no statement, no log and no process list. It takes printable ASCII, for which normalization (SASLprep) changes nothing.
 * @see https://www.rfc-editor.org/rfc/rfc5803
 */
export const SCRAM_VERIFIER = `#!/usr/bin/python3 -I
"""Prints the SCRAM-SHA-256 verifier (RFC 5803) of the password in a file."""
import base64
import hashlib
import hmac
import os
import sys

ITERATIONS = 4096

with open(sys.argv[1], 'rb') as file:
    password = file.read().rstrip(b'\\r\\n')
if not password or any(byte < 0x20 or byte > 0x7E for byte in password):
    sys.exit(f'{sys.argv[1]}: a password is printable ASCII, and not empty')
salt = os.urandom(16)
salted = hashlib.pbkdf2_hmac('sha256', password, salt, ITERATIONS)
stored = hashlib.sha256(hmac.digest(salted, b'Client Key', 'sha256')).digest()
server = hmac.digest(salted, b'Server Key', 'sha256')
text = [base64.b64encode(part).decode() for part in (salt, stored, server)]
print(f'SCRAM-SHA-256\${ITERATIONS}:{text[0]}\${text[1]}:{text[2]}')
`;
