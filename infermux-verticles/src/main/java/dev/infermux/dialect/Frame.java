package dev.infermux.dialect;

/**
 * One value of a stream, as a view into the bytes it came in. The splitter reuses it: it is valid
 * only while it is handed out.
 */
public final class Frame {
  byte[] bytes = {};
  int from;
  int to;
  boolean clean;
  byte[] data = {};
  int dataFrom;
  int dataTo;
  boolean error;

  /** In {@link #bytes}; the same where it has no name that counts. */
  int nameFrom;

  int nameTo;

  /** The same frame, which stays valid: the bytes that it is a view of do not change. */
  public Frame copy() {
    Frame copy = new Frame();
    copy.bytes = bytes;
    copy.from = from;
    copy.to = to;
    copy.clean = clean;
    copy.data = data;
    copy.dataFrom = dataFrom;
    copy.dataTo = dataTo;
    copy.error = error;
    copy.nameFrom = nameFrom;
    copy.nameTo = nameTo;
    return copy;
  }

  /** Its data, in an array of its own. */
  public byte[] bytes() {
    return java.util.Arrays.copyOfRange(data, dataFrom, dataTo);
  }

  /** Whether it has a name, in a dialect whose frames have names. */
  public boolean named() {
    return nameTo > nameFrom;
  }

  /** The array that holds {@link #dataFrom()} to {@link #dataTo()}. */
  public byte[] data() {
    return data;
  }

  public int dataFrom() {
    return dataFrom;
  }

  public int dataTo() {
    return dataTo;
  }

  /** Whether the frame calls itself an error. */
  public boolean error() {
    return error;
  }

  /** Whether the data is exactly this. */
  public boolean is(byte[] text) {
    return java.util.Arrays.equals(data, dataFrom, dataTo, text, 0, text.length);
  }
}
