package dev.infermux.mist;

import java.util.zip.CRC32;

/** The checksum of the protocol. */
final class Checksums {

  private Checksums() {}

  /** CRC-32 (IEEE) of the bytes. */
  static long of(byte[] payload) {
    CRC32 crc = new CRC32();
    crc.update(payload);
    return crc.getValue();
  }
}
