package dev.infermux.mist;

/** Anything that can stand as the payload of a MIST envelope. */
public interface Payload {

  /** The payload's JSON, strict UTF-8. Nobody may change the array. */
  byte[] json();
}
