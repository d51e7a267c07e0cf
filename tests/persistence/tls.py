"""A certificate authority of our own and PostgreSQL servers that carry, or do not carry, its certificates."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.postgres import Prepare

HOST = "database.centre.test"  # never looked up: the address is given beside it, on the loopback
LOG = "connections"


@dataclass(frozen=True)
class Authority:
    """Signs for servers; ``file`` is what a centre would be given."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def write(self, file: Path) -> Path:
        """The authority's certificate as PEM."""
        file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return file

    def prepare(self, host: str) -> Prepare:
        """Give a cluster a certificate for ``host``, and let it tell every session it authorized."""

        def files(home: Path, user: int | None) -> Mapping[str, str]:
            key = ec.generate_private_key(ec.SECP256R1())
            signed = _certificate(host, key.public_key(), self.certificate.subject, self.key, authority=False)
            (home / "server.crt").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
            (home / "server.key").write_bytes(_private(key))
            for name in ("server.crt", "server.key"):
                (home / name).chmod(0o600)
                if user is not None:
                    os.chown(home / name, user, -1)
            paths = {"ssl_cert_file": str(home / "server.crt"), "ssl_key_file": str(home / "server.key")}
            return {"ssl": "on", **paths, **logged(home, user)}

        return files


def plain(home: Path, user: int | None) -> Mapping[str, str]:
    """A cluster without TLS, which tells every session too."""
    return {"ssl": "off", **logged(home, user)}


def logged(home: Path, user: int | None) -> Mapping[str, str]:
    """Options for a log of sessions in ``home``."""
    options = {"logging_collector": "on", "log_directory": str(home), "log_filename": LOG}
    return {**options, "log_connections": "on", "log_min_messages": "log"}


def new_authority(name: str) -> Authority:
    """An authority nobody else knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    return Authority(key, _certificate(name, key.public_key(), subject, key, authority=True))


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _certificate(
    name: str,
    key: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    signing: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        issuer,
        _name(name),
        key,
        x509.random_serial_number(),
        now - timedelta(days=1),
        now + timedelta(days=2),
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    if not authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return builder.sign(signing, hashes.SHA256())
